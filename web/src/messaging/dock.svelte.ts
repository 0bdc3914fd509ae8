/** The dock at the foot of the page: whether it is unfolded, and which threads are open. */
import type { Id } from "../wire/words.ts";

const STORED = "entregent.dock";
export const CHATS = 2;

type Kept = { open: boolean; chats: Id[] };

function read(): Kept {
  try {
    return { open: false, chats: [], ...JSON.parse(localStorage.getItem(STORED) ?? "{}") };
  } catch {
    return { open: false, chats: [] };
  }
}

let kept = $state.raw<Kept>(read());

function keep(change: Partial<Kept>): void {
  kept = { ...kept, ...change };
  try {
    localStorage.setItem(STORED, JSON.stringify(kept));
  } catch {
    // Without storage it is as long as the page is.
  }
}

/** Kept on this device. */
export const dock = {
  get open(): boolean {
    return kept.open;
  },
  set open(open: boolean) {
    keep({ open });
  },
  /** The one opened last is the first. */
  get chats(): Id[] {
    return kept.chats;
  },
  begin(id: Id): void {
    if (!kept.chats.includes(id)) keep({ chats: [id, ...kept.chats].slice(0, CHATS) });
  },
  end(id: Id): void {
    keep({ chats: kept.chats.filter((one) => one !== id) });
  },
};
