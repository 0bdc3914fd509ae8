/** What was typed and is not sent yet: on this device, at every key, until it is sent. */
import type { Id } from "../wire/words.ts";
import { session } from "./session.svelte.ts";

export interface Typed {
  get(me: Id, place: string): string;
  put(me: Id, place: string, text: string): void;
}

/** `kind` keeps one slice's places apart from another's. */
export function typedIn(kind: string): Typed {
  const keyOf = (me: Id, place: string): string => `entregent.${kind}.${me}.${place}`;
  return {
    get(me, place) {
      try {
        return localStorage.getItem(keyOf(me, place)) ?? "";
      } catch {
        return "";
      }
    },
    put(me, place, text) {
      try {
        if (text.trim()) localStorage.setItem(keyOf(me, place), text);
        else localStorage.removeItem(keyOf(me, place));
      } catch {
        // It stays in the field as long as the page does.
      }
    },
  };
}

/** The same for a whole form that is saved by a button: null where nothing in it is unsaved. */
export function writtenIn<T>(kind: string): { taken(): T | null; keep(form: T | null): void } {
  const typed = typedIn(kind);
  const me = session.me?.id ?? "";
  let left = JSON.parse(typed.get(me, "") || "null") as T | null;
  return {
    // Once: what is thrown away on the page does not come back.
    taken() {
      const taken = left;
      left = null;
      return taken;
    },
    keep: (form) => typed.put(me, "", form === null ? "" : JSON.stringify(form)),
  };
}
