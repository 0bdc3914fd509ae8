/** A film that one page hands to another: from an ended story to the videos of a profile. */
import type { Media } from "../wire/types.ts";

let handed: Media | null = null;

export function hand(film: Media): void {
  handed = film;
}

/** Once: whoever takes it has it. */
export function taken(): Media | null {
  const film = handed;
  handed = null;
  return film;
}
