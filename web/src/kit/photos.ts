/**
 * Links to faces that lead nowhere: one that has expired, or whose photo is gone or no longer for
 * this member. They are left alone for a while, and whoever keeps cards looks once for a new link.
 */
const REST_MS = 60_000;

const lost = new Map<string, number>();
let renew: (id: string) => void = () => {};

/** Says who fetches a card anew. */
export function onLostPhoto(how: (id: string) => void): void {
  renew = how;
}

/** Whether a photo is worth asking for. */
export function worth(url: string | undefined): url is string {
  if (!url) return false;
  const at = lost.get(url);
  return at === undefined || performance.now() - at > REST_MS;
}

/** It did not come. */
export function missed(url: string, id: string | null): void {
  // A device without a network says nothing about the link.
  if (navigator.onLine === false) return;
  const first = !lost.has(url);
  lost.set(url, performance.now());
  if (first && id) renew(id);
}
