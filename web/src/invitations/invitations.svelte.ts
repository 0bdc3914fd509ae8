/** Who asks me, whom I ask; kept true by the log, changed before the server has answered. */
import { allWords, t } from "../kit/i18n.svelte.ts";
import { later } from "../kit/later.ts";
import { Paged } from "../kit/paged.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { api } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Card, Counts } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import {
  type Allowance,
  type Box,
  type Invitation,
  type InvitationPage,
  type Waiting,
  withCards,
} from "./model.ts";

type Who = Pick<Waiting, "id" | "card">;

/** What is said after an action comes with the second chunk of words, if need be a moment later. */
function say(text: () => string, options?: Parameters<typeof notify>[1]): void {
  void allWords()
    .catch(() => undefined)
    .then(() => notify(text(), options));
}

class Invitations {
  received = this.#box("received");
  sent = this.#box("sent");
  /** People who wait for my answer. */
  waiting = $state(0);
  allowance = $state.raw<Allowance | null>(null);
  /** Counted here already, as waiting or as answered; the log will say so too. */
  #known = new Map<Id, boolean>();

  #box(box: Box): Paged<Waiting> {
    return new Paged<Waiting>(async (after, signal) => {
      const page = await api.get<InvitationPage>("/api/invitations", {
        query: { box, after },
        signal,
      });
      this.allowance = page.allowance;
      const fresh = page.invitations.filter((one) => this.#known.get(one.id) !== false);
      if (box === "received" && after === null)
        this.waiting = page.total - (page.invitations.length - fresh.length);
      return { items: withCards(fresh, page.cards), next: page.next, total: page.total };
    });
  }

  enter(count: number): void {
    this.waiting = count;
    this.#known.clear();
    for (const box of [this.received, this.sent]) if (box.ready) void box.reload();
  }

  clear(): void {
    this.received.clear();
    this.sent.clear();
    this.waiting = 0;
    this.allowance = null;
    this.#known.clear();
  }

  arrived(invitation: Invitation, card: Card): void {
    const one = { ...invitation, card };
    if (invitation.box === "sent") {
      if (this.sent.ready) this.sent.prepend(one);
      return;
    }
    if (invitation.box !== "received") return;
    this.count([one.id], true);
    if (this.received.ready) this.received.prepend(one);
  }

  /** These wait, or wait no more; each is counted once, whoever says so first. */
  count(ids: Id[], waits: boolean): void {
    const changed = ids.filter((id) => this.#known.get(id) !== waits);
    for (const id of changed) this.#known.set(id, waits);
    this.waiting = Math.max(0, this.waiting + (waits ? changed.length : -changed.length));
  }

  /** Many changed at once. */
  async recount(): Promise<void> {
    // Without an answer the next event or page says it again.
    const counts = await api.get<Counts>("/api/counts").catch(() => null);
    if (counts) this.enter(counts.invitations);
  }

  gone(id: Id, box: Box): void {
    if (box === "sent") {
      this.sent.remove(id);
      return;
    }
    if (box === "received") this.count([id], false);
    this.received.remove(id);
  }

  accept(one: Who): void {
    const back = this.#settle(one);
    outbox.mutate({
      op: { method: "POST", path: `/api/invitations/${one.id}/accept`, body: {} },
      apply: () => say(() => t("invitations.accepted", { name: one.card.name })),
      revert: back,
    });
  }

  /** Silent, and final for the server: so it waits as long as it can be undone. */
  ignore(one: Who): void {
    const back = this.#settle(one);
    const planned = later(() => {
      outbox.mutate({
        op: { method: "POST", path: `/api/invitations/${one.id}/ignore`, body: {} },
        apply: () => undefined,
        revert: back,
      });
    });
    say(() => t("invitations.ignored", { name: one.card.name }), {
      undo: () => {
        if (planned.cancel()) back();
      },
    });
  }

  #settle(one: Who): () => void {
    const back = this.received.remove(one.id);
    this.count([one.id], false);
    return () => {
      this.count([one.id], true);
      back();
    };
  }
}

export const invitations = new Invitations();

live.on("invitation.received", ({ invitation, card }) => invitations.arrived(invitation, card));
live.on("invitation.sent", ({ invitation, card }) => invitations.arrived(invitation, card));
live.on("invitation.settled", ({ id, box }) => invitations.gone(id, box));
live.on("invitations.refreshed", () => void invitations.recount());
session.onLeft(() => invitations.clear());
session.onEntered((boot) => invitations.enter(boot.counts?.invitations ?? 0));
