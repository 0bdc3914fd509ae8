import type { Id } from "../wire/words.ts";
import { type Fixed, VIEWS, type View } from "./model.ts";

export function isFixed(word: string | undefined): word is Fixed {
  return (VIEWS as readonly string[]).includes(word ?? "");
}

export function isView(word: string | undefined): word is View {
  return isFixed(word) || /^(label|box|filter):\d{1,20}$/.test(word ?? "");
}

export type Place = {
  view: View;
  id: Id | null;
  mode: "list" | "new" | "search";
};

/** "/messages/unread/42" → the unread view with conversation 42 open. */
export function placeOf(path: string): Place {
  const [, , first, second] = path.split("/");
  const view = isView(first) ? first : "inbox";
  const last = isView(first) ? second : first;
  if (last === "new" || last === "search") return { view, id: null, mode: last };
  return { view, id: last && /^\d{1,20}$/.test(last) ? last : null, mode: "list" };
}

/** Whether this is the list or a thread of it, and nothing beside them. */
export const atList = (path: string): boolean =>
  /^\/messages(\/|$)/.test(path) && placeOf(path).mode === "list";
