/** What a write to the server is, from the member's hand to the answer. */
import type { Refused } from "./api.ts";
import type { SavedOp } from "./store.ts";

/** What a kind of write does to the state; found again by its name after a reload. */
export type Verb<A = unknown, R = unknown> = {
  apply(op: Op<A>): void;
  /** Called when the server refused, and when the write was taken back before it was sent. */
  revert(op: Op<A>, refused: Refused | null): void;
  done?(op: Op<A>, answer: R): void;
  /** Keep a refused write, with its text, until the member retries or discards it. */
  keepsRefused?: boolean;
  /**
   * What the write still waits for, such as files on their way; null when it can be sent. It adds
   * what it brings to the body, and throws `Refused` where it was for nothing.
   */
  ready?(op: Op<A>): Promise<unknown> | null;
};

export type Op<A = unknown> = SavedOp & { args: A };

export type Write = {
  method: SavedOp["method"];
  path: string;
  body?: Record<string, unknown>;
  /** Writes of one lane are sent one after the other, in the order in which they were made. */
  lane?: string;
  /**
   * Saved and sent only after the next frame: for what is done many times a minute by a key, and
   * loses nothing that was typed.
   */
  afterPaint?: boolean;
  /** Sent only after so long, to be taken back meanwhile; at once when the page is left. */
  holdMs?: number;
};

export type Outcome = "sent" | "refused" | "cancelled";

export type Mutation = {
  client_id: string;
  settled: Promise<Outcome>;
  /** From here on it survives a crash. */
  saved: Promise<unknown>;
  /** Takes the write back if it was not sent yet; false says that only its inverse can help. */
  cancel(): boolean;
};
