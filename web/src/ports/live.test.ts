import { afterEach, expect, it, vi } from "vitest";
import { live } from "./live.ts";

afterEach(() => {
  live.stop();
  vi.unstubAllGlobals();
});

it("lets everybody read anew what is skipped, after the state that says from where", async () => {
  const opened: string[] = [];
  const page = { addEventListener: () => undefined, location: { origin: "http://here.test" } };
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", { ...page, visibilityState: "visible" });
  vi.stubGlobal(
    "EventSource",
    class {
      addEventListener = () => undefined;
      close = () => undefined;
      constructor(url: string) {
        opened.push(url);
      }
    },
  );
  live.follow("1", "5");
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  const done: string[] = [];
  live.renew = async () => {
    await Promise.resolve();
    done.push("renewed");
    live.resume("9");
  };
  live.onReset(async () => void done.push("read"));
  await live.reset();
  expect(done).toEqual(["renewed", "read"]);
  expect(opened.map((url) => url.split("?")[1])).toEqual(["after=5", "after=9"]);
});
