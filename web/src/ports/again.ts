import type { PartChanged } from "../wire/types.ts";
import { live } from "./live.ts";
import { outbox } from "./outbox.ts";

interface Wish {
  /** Where this tab's own writes of it wait: what is read must not be older than they are. */
  lane?: string;
  /** Whose, where there is one of it for each person. */
  of?: string;
}

/**
 * Has what is shown read again when it was changed elsewhere, and when the log no longer reaches
 * back. For an effect: gives what ends it.
 */
export function again<T>(
  part: PartChanged["part"],
  read: () => Promise<T>,
  take: (found: T) => void,
  { lane, of }: Wish = {},
): () => void {
  let asked = 0;
  let due = false;
  const writing = (): boolean =>
    lane !== undefined && [...outbox.pending()].some((op) => op.lane === lane);

  async function run(): Promise<void> {
    due = writing();
    if (due) return;
    asked += 1;
    const mine = asked;
    const found = await read();
    if (mine !== asked) return;
    due = writing();
    if (!due) take(found);
  }
  // It is read again at the next change, at the latest.
  const soon = (): void => void run().catch(() => undefined);

  const offs = [
    live.on("part.changed", (event) => {
      if (event.part === part && (of === undefined || event.of === of)) soon();
    }),
    live.onReset(run),
    outbox.onChange(() => {
      if (due && !writing()) soon();
    }),
  ];
  return () => {
    asked += 1;
    for (const off of offs) off();
  };
}
