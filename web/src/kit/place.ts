/** Where a floating thing goes beside its anchor; pure. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Wish {
  /** Preferred side; of the first two the other one is taken where it does not fit. */
  side: "below" | "above" | "right";
  align: "start" | "center" | "end";
  gap?: number;
}

const MARGIN = 8;

export function place(
  anchor: Box,
  size: { width: number; height: number },
  view: { width: number; height: number },
  wish: Wish,
): { left: number; top: number; above: boolean } {
  const gap = wish.gap ?? 6;
  const clamp = (value: number, room: number): number =>
    Math.round(Math.max(MARGIN, Math.min(value, room - MARGIN)));
  if (wish.side === "right")
    return {
      left: clamp(anchor.left + anchor.width + gap, view.width - size.width),
      top: clamp(anchor.top + (anchor.height - size.height) / 2, view.height - size.height),
      above: false,
    };
  const roomBelow = view.height - (anchor.top + anchor.height) - gap - MARGIN;
  const roomAbove = anchor.top - gap - MARGIN;
  const above =
    wish.side === "above"
      ? roomAbove >= size.height || roomAbove > roomBelow
      : roomBelow < size.height && roomAbove > roomBelow;
  const left =
    wish.align === "start"
      ? anchor.left
      : wish.align === "end"
        ? anchor.left + anchor.width - size.width
        : anchor.left + (anchor.width - size.width) / 2;
  const top = above ? anchor.top - gap - size.height : anchor.top + anchor.height + gap;
  return {
    left: clamp(left, view.width - size.width),
    top: clamp(top, view.height - size.height),
    above,
  };
}

/** Puts a shown popover beside its anchor. */
export function float(element: HTMLElement, anchor: Element, wish: Wish): void {
  const { left, top, above } = place(
    anchor.getBoundingClientRect(),
    { width: element.offsetWidth, height: element.offsetHeight },
    { width: document.documentElement.clientWidth, height: innerHeight },
    wish,
  );
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  element.dataset["side"] = above ? "above" : "below";
}
