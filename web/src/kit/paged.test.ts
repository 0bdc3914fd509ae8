import { expect, it } from "vitest";
import { type Page, Paged } from "./paged.svelte.ts";

type One = { id: string };
const page = (...ids: string[]): Page<One> => ({
  items: ids.map((id) => ({ id })),
  next: null,
  total: ids.length,
});

it("keeps what came and went since it was asked for", async () => {
  let answer = (_: Page<One>): void => undefined;
  const list = new Paged<One>(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const asked = list.reload();
  list.prepend({ id: "4" });
  const back = list.remove("2");
  list.remove("1");
  back();
  answer(page("3", "2", "1"));
  await asked;
  expect([list.items.map(({ id }) => id), list.total]).toEqual([["4", "3", "2"], 3]);
  // The next answer knows.
  const again = list.reload();
  answer(page("3", "2"));
  await again;
  expect(list.items.map(({ id }) => id)).toEqual(["3", "2"]);
});

it("keeps what came and went while its next page was on its way", async () => {
  const answers: ((page: Page<One>) => void)[] = [];
  const list = new Paged<One>(() => new Promise((resolve) => answers.push(resolve)));
  const asked = list.reload();
  answers[0]?.({ ...page("4", "3"), next: "3", total: 4 });
  await asked;
  const more = list.more();
  list.remove("2");
  list.prepend({ id: "5" });
  answers[1]?.(page("2", "1"));
  await more;
  expect([list.items.map(({ id }) => id), list.total]).toEqual([["5", "4", "3", "1"], 4]);
});
