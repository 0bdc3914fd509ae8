/** What a ThumbHash (25 bytes, by Evan Wallace) looks like: a blur in the place of a picture. */
type Pixels = { width: number; height: number; rgba: Uint8ClampedArray<ArrayBuffer> };

const SIDE = 32;

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** The pixels, opaque; null for what is no hash. */
export function pixelsOf(base64: string): Pixels | null {
  let hash: Uint8Array;
  try {
    hash = bytesOf(base64);
  } catch {
    return null;
  }
  if (hash.length < 8) return null;
  const byte = (at: number): number => hash[at] ?? 0;
  const head = byte(0) | (byte(1) << 8) | (byte(2) << 16);
  const tail = byte(3) | (byte(4) << 8);
  const alpha = head >> 23 === 1;
  const wide = tail >> 15 === 1;
  const lx = Math.max(3, wide ? (alpha ? 5 : 7) : tail & 7);
  const ly = Math.max(3, wide ? tail & 7 : alpha ? 5 : 7);
  let at = (alpha ? 6 : 5) * 2;
  const channel = (nx: number, ny: number, scale: number): number[] => {
    const found: number[] = [];
    for (let y = 0; y < ny; y++)
      for (let x = y ? 0 : 1; x * ny < nx * (ny - y); x++, at++)
        found.push((((byte(at >> 1) >> ((at & 1) << 2)) & 15) / 7.5 - 1) * scale);
    return found;
  };
  const light = channel(lx, ly, ((head >> 18) & 31) / 31);
  const yellow = channel(3, 3, (((tail >> 3) & 63) / 63) * 1.25);
  const red = channel(3, 3, (((tail >> 9) & 63) / 63) * 1.25);
  const ratio = (wide ? (alpha ? 5 : 7) : tail & 7) / (wide ? tail & 7 : alpha ? 5 : 7) || 1;
  const width = Math.max(1, Math.round(ratio > 1 ? SIDE : SIDE * ratio));
  const height = Math.max(1, Math.round(ratio > 1 ? SIDE / ratio : SIDE));
  const rgba = new Uint8ClampedArray(width * height * 4);
  const waves = (size: number, place: number) =>
    Array.from({ length: 7 }, (_, n) => Math.cos((Math.PI / size) * (place + 0.5) * n));
  for (let y = 0, to = 0; y < height; y++) {
    const fy = waves(height, y);
    for (let x = 0; x < width; x++, to += 4) {
      const fx = waves(width, x);
      const sum = (values: number[], nx: number, ny: number): number => {
        let total = 0;
        let next = 0;
        for (let cy = 0; cy < ny; cy++)
          for (let cx = cy ? 0 : 1; cx * ny < nx * (ny - cy); cx++)
            total += (values[next++] ?? 0) * (fx[cx] ?? 0) * (fy[cy] ?? 0) * 2;
        return total;
      };
      const l = (head & 63) / 63 + sum(light, lx, ly);
      const p = ((head >> 6) & 63) / 31.5 - 1 + sum(yellow, 3, 3);
      const q = ((head >> 12) & 63) / 31.5 - 1 + sum(red, 3, 3);
      const b = l - (2 / 3) * p;
      const r = (3 * l - b + q) / 2;
      rgba.set([r * 255, (r - q) * 255, b * 255, 255], to);
    }
  }
  return { width, height, rgba };
}

/** Draws it into a canvas that stands where the picture will. */
export function hashed(canvas: HTMLCanvasElement, base64: string | null): void {
  const pixels = base64 ? pixelsOf(base64) : null;
  if (!pixels) return;
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  const image = new ImageData(pixels.rgba, pixels.width, pixels.height);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
