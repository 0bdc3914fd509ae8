/** A list that a member writes, puts in order and saves whole: rules, saved texts. */
import { writtenIn } from "./typed.ts";

export type Keyed<T> = T & { key: number };

interface Ways<T> {
  read: () => Promise<T[]>;
  /** Gives what is kept now. */
  write: (wanted: T[]) => Promise<T[]>;
  /** As it is sent, by which what is written and what is saved are compared. */
  clean: (some: T[]) => T[];
}

/** For a component: what is written and not saved outlives the page. */
export class Written<T extends { id?: string | null }, Doing extends string = never> {
  rows = $state<Keyed<T>[] | null>(null);
  fault = $state.raw<unknown>(null);
  /** What is under way. */
  busy = $state<"save" | Doing | null>(null);
  /** The key of the one whose fields are shown. */
  opened = $state(-1);
  readonly #ways: Ways<T>;
  readonly #unsaved: ReturnType<typeof writtenIn<T[]>>;
  #saved = $state.raw("[]");
  #keys = 0;
  readonly cleaned = $derived.by(() => this.#ways.clean(this.rows ?? []));
  readonly dirty = $derived(this.rows !== null && JSON.stringify(this.cleaned) !== this.#saved);

  constructor(kind: string, ways: Ways<T>) {
    this.#ways = ways;
    this.#unsaved = writtenIn<T[]>(kind);
    $effect(() => {
      if (this.rows) this.#unsaved.keep(this.dirty ? this.rows : null);
    });
    void this.load();
  }

  #keyed = (one: T): Keyed<T> => ({ ...one, key: this.#keys++ });

  /** These are what is saved. */
  take(given: T[]): void {
    const open = this.rows?.find(({ key }) => key === this.opened)?.id;
    this.rows = given.map(this.#keyed);
    const still = this.rows.find(({ id }) => id && id === open);
    this.opened = still?.key ?? -1;
    this.#saved = JSON.stringify(this.#ways.clean(given));
  }

  /** Another device has saved these; what is being written here is not thrown away. */
  heard(given: T[]): void {
    const news = JSON.stringify(this.#ways.clean(given)) !== this.#saved;
    if (this.rows && news && !this.dirty && !this.busy) this.take(given);
  }

  /** Reads what is saved; what was left written before comes back the first time only. */
  async load(): Promise<void> {
    try {
      this.take(await this.#ways.read());
      this.rows = this.#unsaved.taken()?.map(this.#keyed) ?? this.rows;
      this.fault = null;
    } catch (error) {
      this.fault = error;
    }
  }

  /** Does one thing at a time; true where it was done. */
  async work(what: "save" | Doing, does: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = what;
    try {
      await does();
      this.fault = null;
      return true;
    } catch (error) {
      this.fault = error;
      return false;
    } finally {
      this.busy = null;
    }
  }

  async store(wanted: T[] = this.cleaned): Promise<void> {
    this.take(await this.#ways.write(wanted));
  }

  /** Puts back what is saved at this moment, later. */
  former(): () => Promise<boolean> {
    const before = JSON.parse(this.#saved) as T[];
    return () => this.work("save", () => this.store(before));
  }

  add(one: T): void {
    const row = this.#keyed(one);
    this.rows = [...(this.rows ?? []), row];
    this.opened = row.key;
  }

  move(index: number, by: number): void {
    const all = [...(this.rows ?? [])];
    const [one] = all.splice(index, 1);
    if (one) all.splice(index + by, 0, one);
    this.rows = all;
  }

  /** Gives what puts it back where it stood. */
  remove(index: number): () => void {
    const gone = this.rows?.[index];
    if (gone) this.rows = (this.rows ?? []).toSpliced(index, 1);
    return () => {
      if (gone) this.rows = (this.rows ?? []).toSpliced(index, 0, gone);
    };
  }
}
