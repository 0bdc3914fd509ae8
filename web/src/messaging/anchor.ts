/** What one reads stays where it is, while something above or below it grows. */
export type Anchor = { line: Element; top: number };

/** The first line that can be seen. */
export function firstSeen(scroller: HTMLElement): Anchor | null {
  const { top } = scroller.getBoundingClientRect();
  for (const line of scroller.querySelectorAll("[data-line]")) {
    const box = line.getBoundingClientRect();
    if (box.bottom > top) return { line, top: box.top };
  }
  return null;
}

/** Scrolls so that the line is again where it was. */
export function putBack(scroller: HTMLElement, anchor: Anchor | null): void {
  if (!anchor?.line.isConnected) return;
  const moved = anchor.line.getBoundingClientRect().top - anchor.top;
  if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved;
}

/** The line of a message that something on the page belongs to. */
export function lineOf(target: EventTarget | null): HTMLElement | null {
  const line = target instanceof Element ? target.closest("[data-line]") : null;
  return line instanceof HTMLElement ? line : null;
}

/** The line of a message above or below one; from none to the last, or the first. */
export function lineBeside(
  scroller: HTMLElement,
  key: string | null,
  by: 1 | -1,
): HTMLElement | null {
  const all = [...scroller.querySelectorAll<HTMLElement>('[data-line][tabindex="-1"]')];
  const now = all.findIndex((one) => one.dataset["line"] === key);
  return all[now < 0 ? (by < 0 ? all.length - 1 : 0) : now + by] ?? null;
}

export function lineCalled(scroller: HTMLElement | undefined, key: string): Element | null {
  return scroller?.querySelector(`[data-line="${CSS.escape(key)}"]`) ?? null;
}
