/** Who somebody is, fetched for the row under the cursor and for its neighbours. */
import { untrack } from "svelte";
import { api } from "../../ports/api.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Id } from "../../wire/words.ts";
import type { InvitationPreview } from "./words.ts";

class Cell {
  found = $state.raw<InvitationPreview | null>(null);
  fault = $state.raw<unknown>(null);
  asked = false;
}

const KEPT = 120;

class Previews {
  #cells = new Map<Id, Cell>();

  get(id: Id): Cell {
    return untrack(() => {
      let cell = this.#cells.get(id);
      if (!cell) {
        cell = new Cell();
        this.#cells.set(id, cell);
        if (this.#cells.size > KEPT) {
          const [oldest] = this.#cells.keys();
          if (oldest !== undefined) this.#cells.delete(oldest);
        }
      }
      return cell;
    });
  }

  /** Asks for it once; again after a fault. */
  want(id: Id): void {
    const cell = this.get(id);
    if (cell.asked) return;
    cell.asked = true;
    api.get<InvitationPreview>(`/api/invitations/${id}`).then(
      (found) => {
        cell.found = found;
        cell.fault = null;
      },
      (fault: unknown) => {
        cell.fault = fault;
        cell.asked = false;
      },
    );
  }

  clear(): void {
    this.#cells.clear();
  }
}

export const previews = new Previews();
session.onLeft(() => previews.clear());
