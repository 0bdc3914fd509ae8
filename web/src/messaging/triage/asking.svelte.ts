/**
 * What is being asked of the member: until when, which label. The question is a chunk of its own;
 * what is typed before it is here is typed into it.
 */
import { tick } from "svelte";
import type { Id } from "../../wire/words.ts";
import { hold, release } from "../ahead.ts";

export type Question =
  | "snooze"
  | "remind"
  | "label"
  | "box"
  | "view"
  | "filter"
  | "sets"
  | "report";

export type Asked = {
  what: Question;
  /** The conversations that the answer is for. */
  ids: Id[];
  /** The saved view that is changed. */
  filter?: Id;
};

let now = $state.raw<Asked | null>(null);
let before: HTMLElement | null = null;

export const asking = {
  get now(): Asked | null {
    return now;
  },
};

export function ask(what: Question, ids: Id[] = [], filter?: Id): void {
  before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  now = { what, ids, ...(filter ? { filter } : {}) };
  hold(settle);
}

/** Answered, or dropped; the focus goes back where it was. */
export function settle(): void {
  release();
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
