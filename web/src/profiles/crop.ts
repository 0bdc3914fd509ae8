/** Which part of a picture is taken: as large as fits, or closer, and never beside it. */
export type Size = { width: number; height: number };
/** The middle of the part, from 0 to 1 of the picture, and how much closer than need be. */
export type View = { x: number; y: number; zoom: number };
export type Box = Size & { left: number; top: number };

export const MIDDLE: View = { x: 0.5, y: 0.5, zoom: 1 };
const CLOSEST = 8;
/** Closer than this a part has too few points to be worth showing. */
const FEWEST = 160;

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

/** The widest part of that shape. */
function widest({ width, height }: Size, ratio: number): number {
  return Math.min(width, height * ratio);
}

export function mostZoom(size: Size, ratio: number): number {
  return between(widest(size, ratio) / FEWEST, 1, CLOSEST);
}

/** The part in points of the picture. */
export function boxOf(size: Size, ratio: number, view: View): Box {
  const width = widest(size, ratio) / view.zoom;
  const height = width / ratio;
  return {
    left: between(view.x * size.width - width / 2, 0, size.width - width),
    top: between(view.y * size.height - height / 2, 0, size.height - height),
    width,
    height,
  };
}

/** The nearest view that is one. */
export function held(size: Size, ratio: number, view: View): View {
  const zoom = between(view.zoom, 1, mostZoom(size, ratio));
  const box = boxOf(size, ratio, { ...view, zoom });
  return {
    x: (box.left + box.width / 2) / size.width,
    y: (box.top + box.height / 2) / size.height,
    zoom,
  };
}

/** Moved by so many widths and heights of the frame. */
export function moved(size: Size, ratio: number, view: View, dx: number, dy: number): View {
  const box = boxOf(size, ratio, view);
  const x = view.x + (dx * box.width) / size.width;
  const y = view.y + (dy * box.height) / size.height;
  return held(size, ratio, { ...view, x, y });
}

/** How far the middle can go: none where the part is as wide, or as high, as the picture. */
export function reach(
  size: Size,
  ratio: number,
  view: View,
): { x: [number, number]; y: [number, number] } {
  const { width, height } = boxOf(size, ratio, view);
  const x = width / size.width / 2;
  const y = height / size.height / 2;
  return { x: [x, 1 - x], y: [y, 1 - y] };
}

/** How large the part is sent: no larger than it is. */
export function sentAs(box: Size, ratio: number, widestSent: number): Size {
  const width = Math.max(1, Math.round(Math.min(box.width, widestSent)));
  return { width, height: Math.max(1, Math.round(width / ratio)) };
}
