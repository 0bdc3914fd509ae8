/** How many messages stand behind the counts of conversations: asked for when somebody looks. */
import { formatNumber, t } from "../kit/i18n.svelte.ts";
import { api } from "../ports/api.ts";
import { session } from "../ports/session.svelte.ts";
import type { UnreadMessages } from "../wire/types.ts";
import { inbox } from "./mailbox.svelte.ts";
import type { View } from "./model.ts";

class Behind {
  views = $state.raw<Record<string, number>>({});
  /** For which counts it was asked. */
  #asked = "";

  /** The pointer is over the views, or the focus in them. */
  look = (): void => {
    const now = JSON.stringify(inbox.counts);
    if (this.#asked === now) return;
    this.#asked = now;
    api.get<UnreadMessages>("/api/counts/messages").then(
      ({ views }) => {
        this.views = views;
      },
      () => {
        this.#asked = "";
      },
    );
  };

  /** What a tooltip says of a count. */
  said(view: View, count: number): string {
    const conversations = t("messaging.conversations", { count });
    const unread = this.views[view.replace(":", ".")];
    return unread
      ? `${conversations} · ${t("messaging.unread_messages", { count: unread, number: formatNumber(unread) })}`
      : conversations;
  }

  clear(): void {
    this.views = {};
    this.#asked = "";
  }
}

export const behind = new Behind();
session.onLeft(() => behind.clear());
