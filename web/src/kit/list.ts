/** Which rows of a long list are drawn, and where; pure. */

/** Firefox stops at 17.9 million pixels: above this the scrollbar is scaled. */
export const MAX_HEIGHT = 16_000_000;

/** Rows drawn above and below those that are seen. */
export const OVERSCAN = 6;

export interface Window {
  first: number;
  /** One past the last. */
  end: number;
  /** Where the first drawn row sits in the scrolled content. */
  offset: number;
}

export function contentHeight(count: number, row: number): number {
  return Math.min(count * row, MAX_HEIGHT);
}

/** Scrolled pixels of the content → pixels of the true, unscaled list. */
function trueTop(scrollTop: number, view: number, count: number, row: number): number {
  const full = count * row;
  const shown = contentHeight(count, row);
  if (full === shown || shown <= view) return scrollTop;
  return (scrollTop / (shown - view)) * (full - view);
}

export function visible(
  scrollTop: number,
  view: number,
  count: number,
  row: number,
  overscan = OVERSCAN,
): Window {
  const top = Math.max(0, Math.min(trueTop(scrollTop, view, count, row), count * row - view));
  const first = Math.max(0, Math.floor(top / row) - overscan);
  const end = Math.min(count, Math.ceil((top + view) / row) + overscan);
  const offset = scrollTop - (top - first * row);
  return { first, end, offset: full(count, row) ? first * row : offset };
}

function full(count: number, row: number): boolean {
  return count * row <= MAX_HEIGHT;
}

/** The scroll position that shows row `index`, moving as little as can be; null if it is seen. */
export function reveal(
  index: number,
  scrollTop: number,
  view: number,
  count: number,
  row: number,
  margin = 0,
): number | null {
  const top = trueTop(scrollTop, view, count, row);
  const start = index * row - margin;
  const stop = (index + 1) * row + margin;
  let wanted: number;
  if (start < top) wanted = Math.max(0, start);
  else if (stop > top + view) wanted = Math.min(stop, count * row) - view;
  else return null;
  const shown = contentHeight(count, row);
  if (full(count, row) || shown <= view) return Math.max(0, wanted);
  return (wanted / (count * row - view)) * (shown - view);
}

/**
 * Which drawn element shows which row: a row keeps its own, one that comes takes that of one that
 * went. `held` says it of the rows that were drawn, and then of those that are.
 */
export function slotted<Key>(keys: readonly Key[], held: Map<Key, number>): number[] {
  const free = new Set(keys.keys());
  const found = keys.map((key) => {
    const slot = held.get(key);
    // A key that comes twice has one element of its own.
    held.delete(key);
    if (slot !== undefined) free.delete(slot);
    return slot;
  });
  const next = free.values();
  held.clear();
  return found.map((slot, at) => {
    const taken = slot ?? (next.next().value as number);
    held.set(keys[at] as Key, taken);
    return taken;
  });
}
