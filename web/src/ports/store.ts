import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Boot, Card, Message, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

export type SavedThread = { id: Id; messages: Message[]; last_seq: number; at: number };

export type SavedOp = {
  client_id: string;
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  body: Record<string, unknown>;
  lane: string;
  verb: string | null;
  args: unknown;
  at: number;
  tab: string;
  refusal: { code: string; message: string } | null;
  /** Not to be sent before this moment. */
  after?: number;
};

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  rows: { key: Id; value: Row };
  cards: { key: Id; value: Card };
  threads: { key: Id; value: SavedThread; indexes: { at: number } };
  outbox: { key: string; value: SavedOp };
}

const THREADS = 500;
const WRITE_AFTER_MS = 400;

/**
 * What this browser remembers of one member, so that reading works without a network. A browser
 * that grants no storage loses only that: every call then answers "nothing saved".
 */
class Store {
  #db: IDBPDatabase<Schema> | null = null;
  #opening: Promise<void> = Promise.resolve();
  #rows = new Map<Id, Row>();
  #cards = new Map<Id, Card>();
  #threads = new Map<Id, SavedThread>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  open(member: Id): Promise<void> {
    this.#opening = this.#open(member);
    return this.#opening;
  }

  async #open(member: Id): Promise<void> {
    this.#db?.close();
    this.#db = null;
    if (typeof indexedDB === "undefined") return;
    try {
      this.#db = await openDB<Schema>(`entregent.${member}`, 1, {
        upgrade(db) {
          db.createObjectStore("meta");
          db.createObjectStore("rows", { keyPath: "id" });
          db.createObjectStore("cards", { keyPath: "id" });
          db.createObjectStore("threads", { keyPath: "id" }).createIndex("at", "at");
          db.createObjectStore("outbox", { keyPath: "client_id" });
        },
        blocking: () => this.close(),
        terminated: () => {
          this.#db = null;
        },
      });
    } catch {
      this.#db = null;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#db?.close();
    this.#db = null;
  }

  async #try<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    await this.#opening;
    if (!this.#db) return undefined;
    try {
      return await work(this.#db);
    } catch {
      // Full, evicted or closing: what is kept here is a copy.
      return undefined;
    }
  }

  boot(): Promise<Boot | undefined> {
    return this.#try(async (db) => (await db.get("meta", "boot")) as Boot | undefined);
  }

  saveBoot(boot: Boot): Promise<unknown> {
    return this.#try((db) => db.put("meta", boot, "boot"));
  }

  ids(view: string): Promise<BigUint64Array | undefined> {
    return this.#try(
      async (db) => (await db.get("meta", `ids.${view}`)) as BigUint64Array | undefined,
    );
  }

  saveIds(view: string, ids: BigUint64Array): Promise<unknown> {
    return this.#try((db) => db.put("meta", ids, `ids.${view}`));
  }

  async rows(ids: Id[]): Promise<{ rows: Row[]; cards: Card[] }> {
    const found = await this.#try(async (db) => {
      const tx = db.transaction(["rows", "cards"]);
      const rows = (await Promise.all(ids.map((id) => tx.objectStore("rows").get(id)))).filter(
        (row) => row !== undefined,
      );
      const people = [...new Set(rows.flatMap((row) => row.people))];
      const cards = await Promise.all(people.map((id) => tx.objectStore("cards").get(id)));
      return { rows, cards: cards.filter((card) => card !== undefined) };
    });
    return found ?? { rows: [], cards: [] };
  }

  async cards(ids: Id[]): Promise<Card[]> {
    const found = await this.#try(async (db) => {
      const tx = db.transaction("cards");
      return Promise.all(ids.map((id) => tx.store.get(id)));
    });
    return (found ?? []).filter((card) => card !== undefined);
  }

  thread(id: Id): Promise<SavedThread | undefined> {
    const waiting = this.#threads.get(id);
    return waiting ? Promise.resolve(waiting) : this.#try((db) => db.get("threads", id));
  }

  saveRows(rows: Iterable<Row>, cards: Iterable<Card>): void {
    for (const row of rows) this.#rows.set(row.id, row);
    for (const card of cards) this.#cards.set(card.id, card);
    this.#later();
  }

  saveThread(thread: SavedThread): void {
    this.#threads.set(thread.id, thread);
    this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, WRITE_AFTER_MS);
  }

  /** Writes what waits, in one transaction. */
  async flush(): Promise<void> {
    const [rows, cards, threads] = [this.#rows, this.#cards, this.#threads];
    this.#rows = new Map();
    this.#cards = new Map();
    this.#threads = new Map();
    await this.#try(async (db) => {
      const tx = db.transaction(["rows", "cards", "threads"], "readwrite", {
        durability: "relaxed",
      });
      for (const row of rows.values()) void tx.objectStore("rows").put(row);
      for (const card of cards.values()) void tx.objectStore("cards").put(card);
      const saved = tx.objectStore("threads");
      for (const thread of threads.values()) void saved.put(thread);
      let surplus = threads.size ? (await saved.count()) - THREADS : 0;
      let oldest = surplus > 0 ? await saved.index("at").openCursor() : null;
      while (oldest && surplus-- > 0) {
        void oldest.delete();
        oldest = await oldest.continue();
      }
      await tx.done;
    });
  }

  async ops(): Promise<SavedOp[]> {
    const ops = await this.#try((db) => db.getAll("outbox"));
    return (ops ?? []).sort((a, b) => (a.client_id < b.client_id ? -1 : 1));
  }

  saveOp(op: SavedOp): Promise<unknown> {
    return this.#try((db) => db.put("outbox", op));
  }

  removeOp(clientId: string): Promise<unknown> {
    return this.#try((db) => db.delete("outbox", clientId));
  }

  /** Forgets what was read; what was typed and not yet sent stays for the next sign-in. */
  async forget(): Promise<void> {
    this.#rows.clear();
    this.#cards.clear();
    this.#threads.clear();
    await this.#try(async (db) => {
      const tx = db.transaction(["meta", "rows", "cards", "threads"], "readwrite");
      for (const name of ["meta", "rows", "cards", "threads"] as const)
        void tx.objectStore(name).clear();
      await tx.done;
    });
  }
}

export const store = new Store();
