/** What is done to more conversations than the member waits for. */
import { live } from "../../ports/live.ts";
import { outbox } from "../../ports/outbox.ts";
import type { Bulk } from "../../wire/types.ts";
import { undoBulk } from "../actions.ts";

const SHOWN_MS = 10_000;

class Bulks {
  current = $state.raw<Bulk | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    live.on("bulk.progressed", ({ bulk }) => this.#show(bulk));
  }

  #show(bulk: Bulk): void {
    clearTimeout(this.#timer);
    this.current = bulk;
    if (bulk.state !== "running") this.#timer = setTimeout(() => this.close(), SHOWN_MS);
  }

  /** It has stopped when the server says so; a refusal is told as any other. */
  stop(): void {
    const { current } = this;
    if (current)
      outbox.mutate({
        op: { method: "POST", path: `/api/bulks/${current.id}/stop` },
        apply: () => {},
        revert: () => {},
      });
  }

  undo(): void {
    if (this.current) undoBulk(this.current.id);
  }

  close(): void {
    this.current = null;
  }
}

export const bulks = new Bulks();
