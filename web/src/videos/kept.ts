/** What was typed and is not sent yet: on this device, at every key. */
import type { Id } from "../wire/words.ts";

const keyOf = (me: Id, place: string): string => `entregent.video.${me}.${place}`;

export const typed = {
  get(me: Id, place: string): string {
    try {
      return localStorage.getItem(keyOf(me, place)) ?? "";
    } catch {
      return "";
    }
  },
  put(me: Id, place: string, text: string): void {
    try {
      if (text.trim()) localStorage.setItem(keyOf(me, place), text);
      else localStorage.removeItem(keyOf(me, place));
    } catch {
      // It stays in the field as long as the page does.
    }
  },
};

/** Where a reply is being written: beneath the video, or beneath one of its replies. */
export const placeOf = (video: Id, parent: Id | null): string => `reply.${video}.${parent ?? ""}`;
