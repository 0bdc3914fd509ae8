/**
 * What is being asked of the member: until when, which label. The question is a chunk of its own;
 * what is typed before it is here is typed into it.
 */
import { tick } from "svelte";
import type { Id } from "../../wire/words.ts";

export type Question = "snooze" | "remind" | "label" | "box" | "view" | "filter" | "sets";

export type Asked = {
  what: Question;
  /** The conversations that the answer is for. */
  ids: Id[];
  /** Typed ahead. */
  typed: string;
  /** The saved view that is changed. */
  filter?: Id;
};

let now = $state.raw<Asked | null>(null);
let ready = false;
let before: HTMLElement | null = null;

export const asking = {
  get now(): Asked | null {
    return now;
  },
};

function ahead(event: KeyboardEvent): void {
  if (!now || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") settle();
  else if (event.key === "Backspace") now.typed = now.typed.slice(0, -1);
  else if (event.key.length === 1) now.typed += event.key;
}

export function ask(what: Question, ids: Id[] = [], filter?: Id): void {
  before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  now = { what, ids, typed: "", ...(filter ? { filter } : {}) };
  if (!ready) addEventListener("keydown", ahead, true);
}

/** The question is on the screen; it takes over what was typed meanwhile. */
export function shown(): string {
  ready = true;
  removeEventListener("keydown", ahead, true);
  return now?.typed ?? "";
}

/** Answered, or dropped; the focus goes back where it was. */
export function settle(): void {
  removeEventListener("keydown", ahead, true);
  now = null;
  const back = before;
  before = null;
  // A dialog that goes with its question leaves the focus nowhere.
  void tick().then(() => {
    const { activeElement } = document;
    if (!now && back?.isConnected && (!activeElement || activeElement === document.body))
      back.focus({ preventScroll: true });
  });
}
