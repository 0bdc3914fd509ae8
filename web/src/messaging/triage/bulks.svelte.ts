/** What is done to more conversations than the member waits for. */
import { api } from "../../ports/api.ts";
import { clientId } from "../../ports/ids.ts";
import { live } from "../../ports/live.ts";
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

  stop(): void {
    const { current } = this;
    if (current)
      void api.post(`/api/bulks/${current.id}/stop`, { client_id: clientId() }).catch(() => {});
  }

  undo(): void {
    if (this.current) undoBulk(this.current.id);
  }

  close(): void {
    this.current = null;
  }
}

export const bulks = new Bulks();
