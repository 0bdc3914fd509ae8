/**
 * Draws the mark as icon.svg and as the PNG files of the manifest: `node build/draw-icons.mjs`.
 * The shapes are measured, not rasterised by a library: distance to an arc, a bar and a dot.
 */
import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const ACCENT = [0, 108, 91];
const INK = [248, 253, 251];
// In a square of 24, as src/kit/Mark.svelte has it.
const CENTRE = 12;
const RADIUS = 5.6;
const HALF = 1.15;
const DOT = { x: 17.6, y: 16.6, r: 1.35 };
const OPEN_TO = Math.atan2(17.2 - CENTRE, 14 - CENTRE);

const publicFolder = new URL("../public/", import.meta.url);

function crcOf(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crcOf(body), body.length + 4);
  return out;
}

/** Distance from a point to the letter: negative inside. */
function letter(x, y) {
  const dx = x - CENTRE;
  const dy = y - CENTRE;
  // The arc runs from the end of the bar, over the top and round, to the opening at the foot.
  const angle = Math.atan2(dy, dx);
  const onArc = !(angle > 0 && angle < OPEN_TO);
  const arc = onArc
    ? Math.abs(Math.hypot(dx, dy) - RADIUS)
    : Math.min(
        Math.hypot(dx - RADIUS, dy),
        Math.hypot(dx - RADIUS * Math.cos(OPEN_TO), dy - RADIUS * Math.sin(OPEN_TO)),
      );
  const bar = Math.hypot(Math.max(0, Math.abs(dx) - RADIUS), dy);
  return Math.min(arc - HALF, bar - HALF, Math.hypot(x - DOT.x, y - DOT.y) - DOT.r);
}

function rounded(x, y, radius) {
  const qx = Math.abs(x - CENTRE) - CENTRE + radius;
  const qy = Math.abs(y - CENTRE) - CENTRE + radius;
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
}

/** `inset`: share of the side left free around the letter (maskable icons are cut to circles). */
function png(size, { radius, scale }) {
  const pixel = 24 / size;
  const cover = (distance) => Math.min(1, Math.max(0, 0.5 - distance / pixel));
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) * pixel;
      const y = (row + 0.5) * pixel;
      const ground = radius === 0 ? 1 : cover(rounded(x, y, radius));
      const ink = cover(
        letter(CENTRE + (x - CENTRE) / scale, CENTRE + (y - CENTRE) / scale) * scale,
      );
      const at = row * (size * 4 + 1) + 1 + column * 4;
      for (let channel = 0; channel < 3; channel++)
        rows[at + channel] = Math.round(ACCENT[channel] * (1 - ink) + INK[channel] * ink);
      rows[at + 3] = Math.round(ground * 255);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

writeFileSync(
  new URL("icon.svg", publicFolder),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="7" fill="#006c5b"/><path d="M6.4 12h11.2A5.6 5.6 0 1 0 14 17.2" fill="none" stroke="#f8fdfb" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round"/><circle cx="17.6" cy="16.6" r="1.35" fill="#f8fdfb"/></svg>\n`,
);
for (const size of [192, 512])
  writeFileSync(new URL(`icon-${size}.png`, publicFolder), png(size, { radius: 7, scale: 1 }));
// Cut to any shape by the system: no corners of ours, the letter inside the safe circle.
writeFileSync(new URL("icon-maskable.png", publicFolder), png(512, { radius: 0, scale: 0.86 }));
writeFileSync(new URL("icon-180.png", publicFolder), png(180, { radius: 0, scale: 0.95 }));
