import { afterPaint } from "../../kit/paint.ts";

/** What a finger or a mouse does on a frame: tap, hold, swipe down, swipe sideways. */
export type Doings = {
  /** What is tapped; outside of it a tap closes. */
  card: HTMLElement | undefined;
  hold: (on: boolean) => void;
  go: (by: 1 | -1) => void;
  person: (by: 1 | -1) => void;
  close: () => void;
};

const HOLD_MS = 220;
const SWIPE = 56;
/** Taps so far left go back. */
const BACK = 0.32;
/** These have presses of their own. */
const OWN = "button, a, input, textarea, form, .before, .after, [role=menu], [role=group]";

export function touching(node: HTMLElement, doings: () => Doings): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let from: { x: number; y: number; at: number; id: number } | null = null;

  let holding = (): void => undefined;
  /** What stands still under the finger does so once a tap has shown what it brings. */
  const hold = (on: boolean): void => {
    holding();
    holding = afterPaint(() => doings().hold(on));
  };
  const end = (): void => {
    from = null;
    node.style.removeProperty("translate");
    hold(false);
  };
  const isOwn = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest(OWN) !== null;

  node.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || isOwn(event)) return;
      from = { x: event.clientX, y: event.clientY, at: event.timeStamp, id: event.pointerId };
      hold(true);
    },
    { signal },
  );
  node.addEventListener(
    "pointermove",
    (event) => {
      if (!from || event.pointerId !== from.id || event.pointerType === "mouse") return;
      const down = event.clientY - from.y;
      if (down > 8 && down > Math.abs(event.clientX - from.x))
        node.style.translate = `0 ${Math.min(160, down)}px`;
    },
    { signal },
  );
  // Also where it is let go outside of the window's page.
  window.addEventListener(
    "pointerup",
    (event) => {
      const begun = from;
      if (!begun || event.pointerId !== begun.id) return;
      end();
      const { card, close, go, person } = doings();
      const across = event.clientX - begun.x;
      const down = event.clientY - begun.y;
      if (Math.abs(across) > SWIPE && Math.abs(across) > Math.abs(down))
        return person(across < 0 ? 1 : -1);
      if (down > SWIPE * 1.5) return close();
      if (event.timeStamp - begun.at >= HOLD_MS || !card) return;
      const box = card.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right) close();
      else go(event.clientX - box.left < box.width * BACK ? -1 : 1);
    },
    { signal },
  );
  window.addEventListener("pointercancel", () => from && end(), { signal });
  // The browser's own menu would lie on a frame that is held.
  node.addEventListener(
    "contextmenu",
    (event) => {
      if (!isOwn(event)) event.preventDefault();
    },
    { signal },
  );
  return () => stop.abort();
}
