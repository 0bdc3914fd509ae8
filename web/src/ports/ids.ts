import { clock } from "./clock.ts";

let last = 0;
let sequence = 0;

/** A UUIDv7: sorted by time, and within one millisecond by order of making. */
export function clientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Math.max(clock.now(), last);
  sequence = now === last ? sequence + 1 : 0;
  last = sequence > 0xfff ? now + 1 : now;
  if (sequence > 0xfff) sequence = 0;
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(last / 2 ** 32));
  view.setUint32(2, last % 2 ** 32);
  view.setUint16(6, 0x7000 | sequence);
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
