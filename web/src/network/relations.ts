/** Parting and blocking: both have an undo, so both wait as long as it is offered. */
import { t } from "../kit/i18n.svelte.ts";
import { later } from "../kit/later.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { outbox } from "../ports/outbox.ts";
import type { Card } from "../wire/types.ts";

type Who = Pick<Card, "id" | "name">;

interface Change {
  method: "POST" | "DELETE";
  path: string;
  said: string;
  apply: () => void;
  revert: () => void;
}

function change({ method, path, said, apply, revert }: Change): void {
  apply();
  const planned = later(() => {
    outbox.mutate({ op: { method, path, body: {} }, apply: () => undefined, revert });
  });
  notify(said, {
    undo: () => {
      if (planned.cancel()) revert();
    },
  });
}

export function part(who: Who, apply: () => void, revert: () => void): void {
  const said = t("network.parted", { name: who.name });
  change({ method: "DELETE", path: `/api/connections/${who.id}`, said, apply, revert });
}

export function block(who: Who, apply: () => void, revert: () => void): void {
  const said = t("network.blocked", { name: who.name });
  change({ method: "POST", path: `/api/blocks/${who.id}`, said, apply, revert });
}

/** Several at once, from where nothing of them is shown that would change at once. */
export function blockAll(some: readonly Who[]): void {
  const planned = later(() => {
    for (const { id } of some)
      outbox.mutate({
        op: { method: "POST", path: `/api/blocks/${id}`, body: {} },
        apply: () => undefined,
        revert: () => undefined,
      });
  });
  const [first] = some;
  const said =
    first && some.length === 1
      ? t("network.blocked", { name: first.name })
      : t("network.blocked_some", { count: some.length });
  notify(said, { undo: () => void planned.cancel() });
}

export function unblock(who: Who, apply: () => void, revert: () => void): void {
  const said = t("network.unblocked", { name: who.name });
  change({ method: "DELETE", path: `/api/blocks/${who.id}`, said, apply, revert });
}

export function follow(who: Who, apply: () => void, revert: () => void): void {
  const said = t("network.followed", { name: who.name });
  change({ method: "POST", path: `/api/follows/${who.id}`, said, apply, revert });
}

export function unfollow(who: Who, apply: () => void, revert: () => void): void {
  const said = t("network.unfollowed", { name: who.name });
  change({ method: "DELETE", path: `/api/follows/${who.id}`, said, apply, revert });
}
