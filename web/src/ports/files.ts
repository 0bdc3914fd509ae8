/**
 * Files that are not sent yet, and what is being recorded, kept in this browser so that a reload or
 * a crash loses nothing. In a database of its own, opened only by who attaches or records.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Id } from "../wire/words.ts";

export type KeptFile = {
  key: string;
  /** The conversation in whose composer it lies, or lay. */
  place: Id;
  blob: Blob;
  name: string;
  alt: string;
  voice: boolean;
  lasting?: boolean;
  width: number | null;
  height: number | null;
  duration: number | null;
  waveform: number[] | null;
  /** As the server calls it, once a part of it may be there. */
  media: Id | null;
  at: number;
  /** It belongs to a message that is on its way. */
  left: boolean;
};

export type KeptTake = {
  key: string;
  place: Id;
  kind: "voice" | "video";
  type: string;
  at: number;
};

interface Schema extends DBSchema {
  files: { key: string; value: KeptFile };
  takes: { key: string; value: KeptTake };
  chunks: { key: [string, number]; value: { take: string; number: number; blob: Blob } };
}

class Files {
  #db: IDBPDatabase<Schema> | null = null;
  #member: Id | null = null;
  #opening: Promise<void> = Promise.resolve();

  open(member: Id): Promise<void> {
    if (this.#member !== member) {
      this.#member = member;
      this.#opening = this.#open(member);
    }
    return this.#opening;
  }

  async #open(member: Id): Promise<void> {
    this.#db?.close();
    this.#db = null;
    try {
      this.#db = await openDB<Schema>(`entregent.files.${member}`, 1, {
        upgrade(db) {
          db.createObjectStore("files", { keyPath: "key" });
          db.createObjectStore("takes", { keyPath: "key" });
          db.createObjectStore("chunks", { keyPath: ["take", "number"] });
        },
        terminated: () => {
          this.#db = null;
        },
      });
    } catch {
      // No storage: what is attached then lives as long as the page.
      this.#db = null;
    }
  }

  async #try<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    await this.#opening;
    if (!this.#db) return undefined;
    try {
      return await work(this.#db);
    } catch {
      return undefined;
    }
  }

  async all(): Promise<KeptFile[]> {
    const found = await this.#try((db) => db.getAll("files"));
    return (found ?? []).sort((a, b) => a.at - b.at);
  }

  put(file: KeptFile): Promise<unknown> {
    return this.#try((db) => db.put("files", file));
  }

  remove(key: string): Promise<unknown> {
    return this.#try((db) => db.delete("files", key));
  }

  async takes(): Promise<KeptTake[]> {
    return (await this.#try((db) => db.getAll("takes"))) ?? [];
  }

  beginTake(take: KeptTake): Promise<unknown> {
    return this.#try((db) => db.put("takes", take));
  }

  addChunk(take: string, number: number, blob: Blob): Promise<unknown> {
    return this.#try((db) => db.put("chunks", { take, number, blob }));
  }

  /** What was recorded, as one file; null where nothing was. */
  async recorded(take: KeptTake): Promise<Blob | null> {
    const range = IDBKeyRange.bound([take.key, 0], [take.key, Number.MAX_SAFE_INTEGER]);
    const chunks = (await this.#try((db) => db.getAll("chunks", range))) ?? [];
    return chunks.length
      ? new Blob(
          chunks.map((one) => one.blob),
          { type: take.type },
        )
      : null;
  }

  dropTake(key: string): Promise<unknown> {
    return this.#try(async (db) => {
      const tx = db.transaction(["takes", "chunks"], "readwrite");
      void tx.objectStore("takes").delete(key);
      void tx
        .objectStore("chunks")
        .delete(IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER]));
      await tx.done;
    });
  }
}

export const files = new Files();
