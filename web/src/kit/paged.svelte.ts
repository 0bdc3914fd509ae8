/** A list that the server gives page by page. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number | null;
}

export class Paged<T extends { id: string }> {
  items = $state.raw<T[]>([]);
  total = $state.raw<number | null>(null);
  /** The first page is on its way; what was shown before stays. */
  loading = $state(false);
  fault = $state.raw<unknown>(null);
  /** At least one answer is here. */
  ready = $state(false);
  #next: string | null = null;
  #more = false;
  #stop: AbortController | null = null;
  /** What came or went since a page was asked for: its answer may not know. */
  readonly #since = new Map<string, T | null>();
  readonly #fetch: (after: string | null, signal: AbortSignal) => Promise<Page<T>>;

  constructor(fetch: (after: string | null, signal: AbortSignal) => Promise<Page<T>>) {
    this.#fetch = fetch;
  }

  get complete(): boolean {
    return this.ready && this.#next === null;
  }

  async reload(): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.loading = true;
    this.#since.clear();
    try {
      const page = await this.#fetch(null, stop.signal);
      if (stop.signal.aborted) return;
      this.items = page.items;
      this.#next = page.next;
      this.total = page.total ?? null;
      this.#catchUp();
      this.fault = null;
      this.ready = true;
    } catch (error) {
      if (!stop.signal.aborted) this.fault = error;
    } finally {
      if (this.#stop === stop) this.loading = false;
    }
  }

  #catchUp(): void {
    for (const [id, item] of [...this.#since])
      if (item) this.prepend(item);
      else this.remove(id);
    this.#since.clear();
  }

  /** Forgets everything: somebody else may come. */
  clear(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#next = null;
    this.items = [];
    this.total = null;
    this.fault = null;
    this.ready = false;
    this.loading = false;
  }

  /** The next page, once, when the end comes near. */
  async more(): Promise<void> {
    if (this.#more || this.loading || this.#next === null || !this.#stop) return;
    this.#more = true;
    this.#since.clear();
    const { signal } = this.#stop;
    try {
      const page = await this.#fetch(this.#next, signal);
      if (signal.aborted) return;
      // Something new at the top may have pushed a known one onto this page.
      const known = new Set(this.items.map((item) => item.id));
      this.items = [...this.items, ...page.items.filter((item) => !known.has(item.id))];
      this.#next = page.next;
      this.#catchUp();
      this.fault = null;
    } catch (error) {
      if (!signal.aborted) this.fault = error;
    } finally {
      this.#more = false;
    }
  }

  /** Takes one out and returns what puts it back where it was. */
  remove(id: string): () => void {
    if (this.loading || this.#more) this.#since.set(id, null);
    const index = this.items.findIndex((item) => item.id === id);
    const [item] = this.items.slice(index, index + 1);
    if (index < 0 || !item) return () => void this.#since.delete(id);
    this.items = this.items.toSpliced(index, 1);
    if (this.total !== null) this.total -= 1;
    return () => {
      this.#since.delete(id);
      if (this.items.some((one) => one.id === id)) return;
      this.items = this.items.toSpliced(Math.min(index, this.items.length), 0, item);
      if (this.total !== null) this.total += 1;
    };
  }

  prepend(item: T): void {
    if (this.loading || this.#more) this.#since.set(item.id, item);
    if (this.items.some((one) => one.id === item.id)) return;
    this.items = [item, ...this.items];
    if (this.total !== null) this.total += 1;
  }
}
