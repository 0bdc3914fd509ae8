/**
 * What has no inverse is done a little later, so that it can be undone by not doing it. Leaving
 * the page does it at once.
 */
const UNDO_MS = 6000;
const waiting = new Set<() => void>();

export function later(run: () => void, ms = UNDO_MS): { cancel: () => boolean } {
  const now = (): void => {
    clearTimeout(timer);
    if (waiting.delete(now)) run();
  };
  const timer = setTimeout(now, ms);
  waiting.add(now);
  return {
    cancel: () => {
      clearTimeout(timer);
      return waiting.delete(now);
    },
  };
}

export function doAllNow(): void {
  for (const run of [...waiting]) run();
}

if (typeof addEventListener === "function") addEventListener("pagehide", doAllNow);
