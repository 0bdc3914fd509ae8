/** What of stories is open over the page: a person’s, and from where; or the making of one. */
import type { Card } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import type { Named } from "./composer/ways.ts";

type Opened = {
  author: Id;
  /** Whom one can go on to, in this order. */
  people: Id[];
  /** Where the card grows from, and the focus returns to. */
  from: HTMLElement | null;
  /** Opened by a press: a key shows it at once. */
  moves: boolean;
  /** The address is the viewer’s own: there is no page behind to go back to. */
  alone: boolean;
  /** What of this person stays on their profile; null for what they tell now. */
  kept: { id: Id; title: string; card: Card } | null;
};

/** What a story in the making begins with: a new connection, or what somebody answered. */
export type Answered = { question: string; answer: string; by: Named | null };
export type Beginning = Named | Answered;
/** One going: opened twice, these are two. */
type Making = { with: Beginning | null };

let opened = $state.raw<Opened | null>(null);
let composing = $state.raw<Making | null>(null);

export const viewing = {
  get now(): Opened | null {
    return opened;
  },
  open(author: Id, more: Partial<Omit<Opened, "author">> = {}): void {
    opened = {
      author,
      people: [author],
      from: null,
      moves: false,
      alone: false,
      kept: null,
      ...more,
    };
  },
  close(): void {
    opened = null;
  },
  get composing(): Making | null {
    return composing;
  },
  /** Begins a story; asked for before the page can show it, it opens as soon as it can. */
  compose(beginning: Beginning | null = null): void {
    composing = { with: beginning };
  },
  /** That one is put away; another that was asked for since stays. */
  composed(making: Making | null = composing): void {
    if (composing === making) composing = null;
  },
};
