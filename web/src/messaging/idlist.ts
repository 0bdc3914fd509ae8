import type { Id } from "../wire/words.ts";

const NEAR = 40;

/**
 * The ids of a view in order, eight bytes each: a hundred thousand conversations are 800 kB, and
 * finding, moving and removing one is a scan of plain memory.
 */
export class IdList {
  #ids: BigUint64Array;
  #length: number;
  /** Where something was found last: what is asked for next is mostly beside it. */
  #near = 0;

  constructor(ids: BigUint64Array | readonly Id[] = []) {
    this.#ids = ids instanceof BigUint64Array ? ids : BigUint64Array.from(ids, BigInt);
    this.#length = this.#ids.length;
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): Id | undefined {
    return index >= 0 && index < this.#length ? String(this.#ids[index]) : undefined;
  }

  indexOf(id: Id): number {
    const wanted = BigInt(id);
    const to = Math.min(this.#length, this.#near + NEAR);
    for (let index = Math.max(0, this.#near - NEAR); index < to; index++)
      if (this.#ids[index] === wanted) {
        this.#near = index;
        return index;
      }
    const index = this.#ids.indexOf(wanted);
    if (index < 0 || index >= this.#length) return -1;
    this.#near = index;
    return index;
  }

  slice(from: number, to: number): Id[] {
    return Array.from(this.#ids.subarray(Math.max(0, from), Math.min(to, this.#length)), String);
  }

  insert(index: number, id: Id): void {
    if (this.#length === this.#ids.length) {
      const grown = new BigUint64Array(Math.max(64, Math.ceil(this.#length * 1.25)));
      grown.set(this.#ids);
      this.#ids = grown;
    }
    this.#ids.copyWithin(index + 1, index, this.#length);
    this.#ids[index] = BigInt(id);
    this.#length++;
  }

  removeAt(index: number): void {
    this.#ids.copyWithin(index, index + 1, this.#length);
    this.#length--;
  }

  remove(id: Id): number {
    const index = this.indexOf(id);
    if (index >= 0) this.removeAt(index);
    return index;
  }

  /** Removes many in one pass; how many of them were also among `counted`. */
  removeAll(ids: ReadonlySet<Id>, counted?: ReadonlySet<Id>): number {
    const gone = new Set(Array.from(ids, BigInt));
    const counting = counted && new Set(Array.from(counted, BigInt));
    let kept = 0;
    let found = 0;
    for (let index = 0; index < this.#length; index++) {
      const id = this.#ids[index] as bigint;
      if (!gone.has(id)) this.#ids[kept++] = id;
      else if (counting?.has(id)) found++;
    }
    this.#length = kept;
    return found;
  }

  /** A copy of its memory, to be saved. */
  bytes(): BigUint64Array {
    return this.#ids.slice(0, this.#length);
  }

  all(): Id[] {
    return this.slice(0, this.#length);
  }
}
