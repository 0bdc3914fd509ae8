/** How the member wants to be told; changed here at once, in every tab by the log. */
import { api } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { NoticeSettings } from "../wire/types.ts";

export type Kind = keyof NoticeSettings["ways"] & string;

class Chosen {
  settings = $state.raw<NoticeSettings | null>(null);
  fault = $state.raw<unknown>(null);

  async load(): Promise<void> {
    try {
      this.settings = await api.get<NoticeSettings>("/api/notices/settings");
      this.fault = null;
    } catch (error) {
      this.fault = error;
    }
  }

  change(change: Partial<NoticeSettings>): void {
    const before = this.settings;
    if (!before) return;
    outbox.mutate<NoticeSettings>({
      op: { method: "PATCH", path: "/api/notices/settings", body: change, lane: "notice.settings" },
      apply: () => {
        this.settings = { ...before, ...change, ways: { ...before.ways, ...change.ways } };
      },
      revert: () => {
        this.settings = before;
      },
    });
  }
}

export const ways = new Chosen();

live.on("notices.settings", ({ settings }) => {
  ways.settings = settings;
});
session.onLeft(() => {
  ways.settings = null;
});
session.onEntered(() => {
  if (ways.settings) void ways.load();
});
