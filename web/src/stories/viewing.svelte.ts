/** Which person’s stories are open over the page, and from where. */
import type { Id } from "../wire/words.ts";

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
};

let opened = $state.raw<Opened | null>(null);

export const viewing = {
  get now(): Opened | null {
    return opened;
  },
  open(author: Id, more: Partial<Omit<Opened, "author">> = {}): void {
    opened = { author, people: [author], from: null, moves: false, alone: false, ...more };
  },
  close(): void {
    opened = null;
  },
};
