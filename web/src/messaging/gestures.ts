/** What a finger does in a thread: a swipe answers, a long press shows what can be done. */
import type { Talk } from "./talk.svelte.ts";
import { keyOf } from "./talk.svelte.ts";

const HOLD_MS = 450;
const SLACK = 8;
const ENOUGH = 56;
const MOST = 72;

export function gestures(node: HTMLElement, talk: Talk, writable: () => boolean): () => void {
  let line: HTMLElement | null = null;
  let x = 0;
  let y = 0;
  let swiping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = new AbortController();
  const { signal } = stop;

  const message = () =>
    talk.thread.shown.find((one) => keyOf(one) === line?.dataset["line"] && !one.deleted);

  const end = (): void => {
    clearTimeout(timer);
    line?.style.removeProperty("translate");
    line = null;
    swiping = false;
  };

  node.addEventListener(
    "pointerdown",
    (event) => {
      end();
      if (event.pointerType === "mouse" || !(event.target instanceof Element)) return;
      if (event.target.closest("button, a, .tools")) return;
      talk.active = null;
      line = event.target.closest<HTMLElement>('[data-line][tabindex="-1"]');
      x = event.clientX;
      y = event.clientY;
      const held = line;
      timer = setTimeout(() => {
        if (held && held === line && !swiping) talk.active = held.dataset["line"] ?? null;
      }, HOLD_MS);
    },
    { signal },
  );
  node.addEventListener(
    "pointermove",
    (event) => {
      if (!line) return;
      const across = event.clientX - x;
      const along = Math.abs(event.clientY - y);
      if (Math.abs(across) > SLACK || along > SLACK) clearTimeout(timer);
      if (!swiping && across > SLACK && across > along * 1.5 && writable()) swiping = true;
      if (swiping) line.style.translate = `${Math.max(0, Math.min(MOST, across))}px`;
    },
    { signal },
  );
  node.addEventListener(
    "pointerup",
    (event) => {
      const answered = swiping && event.clientX - x >= ENOUGH ? message() : undefined;
      end();
      if (answered) talk.answer(answered);
    },
    { signal },
  );
  node.addEventListener("pointercancel", end, { signal });
  // The browser's own menu would lie on ours.
  node.addEventListener(
    "contextmenu",
    (event) => {
      if (line && !(event.target instanceof Element && event.target.closest("a")))
        event.preventDefault();
    },
    { signal },
  );
  return () => {
    end();
    stop.abort();
  };
}
