/** Where things stand in a frame, in thousandths of it; nothing here knows a browser. */
import type { StoryCrop } from "../../wire/types.ts";
import { FRAME, WHOLE } from "../frame.ts";

export type Point = { x: number; y: number };
export type Size = { width: number; height: number };

/** Half as near as that to a line, a sticker goes there. */
const NEAR = 16;
/** Kept free above and below, where the viewer shows who speaks and where to answer. */
const MARGIN_PX = 64;
export const MARGIN = Math.round((MARGIN_PX / FRAME.height) * WHOLE);
const MIDDLE = WHOLE / 2;
export const SCALE = { least: 40, most: 300, step: 10 };
export const TURN_STEP = 5;
const MOST_ZOOM = 6;

export const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

const whole = (value: number): number => within(Math.round(value), 0, WHOLE);

/** From pixels of the window to thousandths of the frame. */
export function perMille(at: Point, box: { left: number; top: number } & Size): Point {
  return {
    x: whole(((at.x - box.left) / box.width) * WHOLE),
    y: whole(((at.y - box.top) / box.height) * WHOLE),
  };
}

/** Eight pixels of the design's frame by an arrow key, one with Shift. */
export function stepped({ x, y }: Point, key: string, fine: boolean): Point | null {
  const px = fine ? 1 : 8;
  const across = Math.max(1, Math.round((px / FRAME.width) * WHOLE));
  const down = Math.max(1, Math.round((px / FRAME.height) * WHOLE));
  switch (key) {
    case "ArrowLeft":
      return { x: whole(x - across), y };
    case "ArrowRight":
      return { x: whole(x + across), y };
    case "ArrowUp":
      return { x, y: whole(y - down) };
    case "ArrowDown":
      return { x, y: whole(y + down) };
    default:
      return null;
  }
}

export type Lines = { x: number | null; y: number | null };

/** A centre that comes near the middle, or an edge that comes near a margin, goes there. */
export function snapped(at: Point, size: Size): Point & { lines: Lines } {
  const lines: Lines = { x: null, y: null };
  let { x, y } = at;
  if (Math.abs(x - MIDDLE) <= NEAR) {
    x = MIDDLE;
    lines.x = MIDDLE;
  }
  const half = size.height / 2;
  const stops = [
    { to: MIDDLE, line: MIDDLE },
    { to: MARGIN + half, line: MARGIN },
    { to: WHOLE - MARGIN - half, line: WHOLE - MARGIN },
  ];
  const found = stops.find(({ to }) => Math.abs(y - to) <= NEAR / 2);
  if (found) {
    y = found.to;
    lines.y = found.line;
  }
  return { x: whole(x), y: whole(y), lines };
}

export const scaled = (scale: number, by: number): number =>
  within(Math.round(scale + by), SCALE.least, SCALE.most);

/** From -180 to 180. */
export function turned(turn: number, by: number): number {
  const all = (((turn + by + 180) % 360) + 360) % 360;
  return Math.round(all - 180);
}

/** How wide a picture is for its height, against the frame. */
const against = ({ width, height }: Size): number => width / height / (FRAME.width / FRAME.height);

function cut(size: Size, zoom: number): Size {
  const ratio = against(size);
  const wide = ratio > 1 ? WHOLE / ratio : WHOLE;
  const high = ratio > 1 ? WHOLE : WHOLE * ratio;
  return { width: wide / zoom, height: high / zoom };
}

function placed(centre: Point, size: Size): StoryCrop {
  const width = within(Math.round(size.width), 1, WHOLE);
  const height = within(Math.round(size.height), 1, WHOLE);
  return {
    x: within(Math.round(centre.x - size.width / 2), 0, WHOLE - width),
    y: within(Math.round(centre.y - size.height / 2), 0, WHOLE - height),
    width,
    height,
  };
}

const centreOf = ({ x, y, width, height }: StoryCrop): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** As much of the picture as fills the frame, from its middle. */
export const filled = (size: Size): StoryCrop => placed({ x: MIDDLE, y: MIDDLE }, cut(size, 1));

/** A picture for a phone fills the frame of itself; a slide or a landscape is shown whole. */
export const fills = (size: Size): boolean => against(size) < 1.42 && against(size) > 0.7;

export function zoomOf(crop: StoryCrop, size: Size): number {
  const all = cut(size, 1);
  return all.height > all.width ? all.height / crop.height : all.width / crop.width;
}

export function zoomed(crop: StoryCrop, size: Size, factor: number): StoryCrop {
  const zoom = within(zoomOf(crop, size) * factor, 1, MOST_ZOOM);
  return placed(centreOf(crop), cut(size, zoom));
}

/** `by` in thousandths of the frame: the picture follows the hand. */
export function panned(crop: StoryCrop, by: Point): StoryCrop {
  const { x, y } = centreOf(crop);
  const centre = {
    x: x - (by.x * crop.width) / WHOLE,
    y: y - (by.y * crop.height) / WHOLE,
  };
  return placed(centre, crop);
}

/** The list with the one at `from` standing at `to`. */
export function reordered<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(within(to, 0, next.length), 0, one);
  return next;
}

/** Points so near to the last one say nothing. */
export function drawnOn(points: readonly number[], { x, y }: Point): number[] | null {
  const [lastX, lastY] = points.slice(-2);
  if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < 4)
    return null;
  return [...points, x, y];
}
