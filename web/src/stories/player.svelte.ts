/** What the viewer plays: whose stories, which frame, and whether it goes on by itself. */
import { afterPaint } from "../kit/paint.ts";
import type { Id } from "../wire/words.ts";
import { beginning, type Item, items } from "./model.ts";
import { stories } from "./state.svelte.ts";

export const keyOf = ({ story, frame }: Item): string => `${story.id}.${frame.id}`;

/** What is played: all that somebody tells, null until it is here. */
export type Source = {
  all: (author: Id) => Item[] | null;
  open: (author: Id) => Promise<unknown>;
};

export const TOLD: Source = {
  all: (author) => {
    const told = stories.told(author);
    return told ? items(told) : null;
  },
  open: (author) => stories.open(author),
};

/** Frames of the same person that are kept ready. */
const AHEAD = 2;

/** `at` is which of this person’s it is; of those beside, the first frame is drawn. */
export type Layer = { key: string; item: Item; at: number; beside: "before" | "after" | null };

export class Player {
  author = $state<Id>("");
  /** On the screen; what stands over it and around it follows as soon as it is painted. */
  #front = $state(0);
  #at = $state(0);
  /** Around this one frames are kept ready; it follows when the one looked at is on the screen. */
  #around = $state(0);
  /** By the member’s hand; the others by what they do. */
  paused = $state(false);
  held = $state(false);
  busy = $state(false);
  hidden = $state(false);
  /** The server has nothing by this person for me. */
  missing = $state(false);
  /** What this person tells has come. */
  begun = $state(false);
  /** Pictures that have come. */
  #drawn = $state.raw<ReadonlySet<string>>(new Set());
  readonly people: Id[];
  readonly #source: Source;
  readonly #auto: () => boolean;
  readonly #over: () => void;
  /** Where one was with each person. */
  readonly #left = new Map<Id, number>();

  constructor(source: Source, people: Id[], author: Id, auto: () => boolean, over: () => void) {
    this.#source = source;
    this.people = people.includes(author) ? people : [author];
    this.#auto = auto;
    this.#over = over;
    this.#enter(author);
  }

  // Nothing is on the screen, and so seen, before it is known where to begin.
  readonly all = $derived.by((): Item[] =>
    this.begun ? (this.#source.all(this.author) ?? []) : [],
  );
  readonly front = $derived(this.#within(this.#front));
  readonly at = $derived(this.#within(this.#at));
  readonly item = $derived<Item | undefined>(this.all[this.at]);
  readonly key = $derived(this.item ? `${this.author}/${keyOf(this.item)}` : "");
  readonly place = $derived.by(() => this.people.indexOf(this.author));
  readonly before = $derived.by((): Id | undefined => this.people[this.place - 1]);
  readonly after = $derived.by((): Id | undefined => this.people[this.place + 1]);

  get auto(): boolean {
    return this.#auto();
  }

  readonly resting = $derived(this.paused || this.held || this.busy || this.hidden);
  readonly running = $derived(!this.resting && this.#drawn.has(this.key));

  /** What is drawn, or kept ready behind it. */
  readonly layers = $derived.by((): Layer[] => {
    const found: Layer[] = [];
    const add = (author: Id, item: Item | undefined, at: number, beside: Layer["beside"]): void => {
      if (item) found.push({ key: `${author}/${keyOf(item)}`, item, at, beside });
    };
    const first = (author: Id | undefined, beside: Layer["beside"]): void => {
      const all = (author && this.#source.all(author)) || [];
      if (author) add(author, all[beginning(all)], -1, beside);
    };
    first(this.before, "before");
    const [from, to] = [
      Math.min(this.at, this.#around - 1),
      Math.max(this.at, this.#around + AHEAD),
    ];
    for (let at = from; at <= to; at++) add(this.author, this.all[at], at, null);
    first(this.after, "after");
    return found;
  });

  drawn(key: string): void {
    if (!this.#drawn.has(key)) this.#drawn = new Set([...this.#drawn, key]);
  }

  /** The next frame, the next person’s first, or the end. */
  go(by: 1 | -1): void {
    const to = this.front + by;
    if (to < 0 || to >= this.all.length) return this.person(by);
    this.#front = to;
    // Where the tap was faster than what is made ready, it is drawn now.
    if (!this.layers.some(({ at }) => at === to)) this.settle();
    else afterPaint(() => this.settle());
  }

  /** All is about the frame that is on the screen. */
  settle(): void {
    this.#at = this.#front;
  }

  #within(at: number): number {
    return Math.max(0, Math.min(at, this.all.length - 1));
  }

  person(by: 1 | -1): void {
    const to = by > 0 ? this.after : this.before;
    if (to) this.#enter(to);
    else if (by > 0) this.#over();
    else {
      this.#front = 0;
      this.settle();
    }
  }

  #enter(author: Id): void {
    if (this.author) this.#left.set(this.author, this.front);
    this.author = author;
    this.missing = false;
    this.begun = false;
    if (this.#source.all(author)) this.#begin(author);
    else
      this.#source.open(author).then(
        () => {
          if (this.author === author) this.#begin(author);
        },
        () => {
          if (this.author === author) this.missing = true;
        },
      );
  }

  #begin(author: Id): void {
    const all = this.#source.all(author) ?? [];
    this.begun = true;
    this.#front = beginning(all, this.#left.get(author));
    this.#at = this.#around = this.#front;
    if (!all.length) this.missing = true;
  }

  /** What comes next is made ready while one looks. */
  near(): void {
    this.#around = this.at;
    for (const author of [this.after, this.before])
      if (author) this.#source.open(author).catch(() => undefined);
  }
}
