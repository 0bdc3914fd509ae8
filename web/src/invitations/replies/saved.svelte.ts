/** Saved texts: at hand wherever one writes, the same on all devices. */
import { api } from "../../ports/api.ts";
import { live } from "../../ports/live.ts";
import { session } from "../../ports/session.svelte.ts";
import type { SavedReply } from "../../wire/types.ts";

class Saved {
  list = $state.raw<SavedReply[] | null>(null);

  async load(): Promise<void> {
    if (this.list) return;
    try {
      this.list = (await api.get<{ replies: SavedReply[] }>("/api/invitations/replies")).replies;
    } catch {
      // Saved words are a help; without them one writes one's own.
    }
  }
}

export const saved = new Saved();
live.on("replies.changed", ({ replies }) => {
  saved.list = replies;
});
live.onReset(async () => {
  if (!saved.list) return;
  saved.list = null;
  await saved.load();
});
session.onLeft(() => {
  saved.list = null;
});
