import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { outbox } from "./outbox.ts";

/** A server whose answers, and a screen whose frames, come when the test says so. */
const asked: { path: string; answer: () => void; fail: () => void }[] = [];
let frames: (() => void)[] = [];

const rest = () => new Promise((resolve) => setTimeout(resolve, 20));

function write(path: string, afterPaint = false) {
  const change = { apply: () => {}, revert: () => {} };
  return outbox.mutate({ op: { method: "POST", path, lane: "one", afterPaint }, ...change });
}

beforeEach(async () => {
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("fetch", (path: string) => {
    return new Promise((resolve, reject) => {
      const answer = () => resolve(new Response("{}"));
      asked.push({ path, answer, fail: () => reject(new TypeError("no answer")) });
    });
  });
  await outbox.start("1");
});

afterEach(() => {
  asked.length = 0;
  frames = [];
  vi.unstubAllGlobals();
});

describe("a lane", () => {
  it("keeps its writes in sight and in order after one was taken back", async () => {
    const first = write("/first");
    await rest();
    const regretted = write("/regretted", true);
    expect(regretted.cancel()).toBe(true);
    asked[0]?.answer();
    await first.settled;
    await rest();
    const second = write("/second");
    await rest();
    // Only now comes the frame that the one taken back had waited for.
    for (const frame of frames) frame();
    await rest();
    expect([...outbox.pending()].map((op) => op.path)).toEqual(["/second"]);
    const third = write("/third");
    await rest();
    expect(asked.map((one) => one.path)).toEqual(["/first", "/second"]);
    asked[1]?.answer();
    await second.settled;
    await rest();
    asked[2]?.answer();
    expect(await third.settled).toBe("sent");
  });

  it("waits for what its first write needs, and lets that be taken back meanwhile", async () => {
    const here: (() => void)[] = [];
    outbox.verb<string, unknown>("test.needy", {
      apply() {},
      revert() {},
      ready: (op) =>
        op.body["brought"]
          ? null
          : new Promise<void>((resolve) => {
              here.push(() => {
                op.body = { ...op.body, brought: op.args };
                resolve();
              });
            }),
    });
    const needy = (args: string) =>
      outbox.do("test.needy", { method: "POST", path: `/${args}`, lane: "needy" }, args);
    const regretted = needy("regretted");
    const kept = needy("kept");
    await rest();
    expect(asked).toEqual([]);
    expect(regretted.cancel()).toBe(true);
    await rest();
    here[0]?.();
    await rest();
    here[1]?.();
    await rest();
    expect(asked.map((one) => one.path)).toEqual(["/kept"]);
    asked[0]?.answer();
    expect(await kept.settled).toBe("sent");
    expect(await regretted.settled).toBe("cancelled");
  });

  it("does not pretend to take back what the server may have done", async () => {
    const lost = write("/lost");
    await rest();
    asked[0]?.fail();
    await rest();
    expect(lost.cancel()).toBe(false);
    outbox.wake();
    await rest();
    expect(asked.map((one) => one.path)).toEqual(["/lost", "/lost"]);
    asked[1]?.answer();
    expect(await lost.settled).toBe("sent");
  });
});
