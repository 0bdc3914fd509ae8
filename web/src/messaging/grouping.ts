/** What is done to a group: who is in it, what they may, what it is called. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { outbox } from "../ports/outbox.ts";
import type { Card, Participant, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { inbox } from "./mailbox.svelte.ts";
import "./threading.ts";

export type Role = Participant["role"];

const lane = (id: Id): string => `messaging.group.${id}`;

/** Shows other people in the group until the server has said who is in it. */
function shows(id: Id, change: (people: Participant[]) => Participant[]): () => void {
  const thread = inbox.threads.get(id);
  const before = thread.people;
  thread.people = before && change(before);
  return () => {
    thread.people = before;
  };
}

const again = (id: Id): void => void inbox.threads.company(id).catch(() => {});

export function addPeople(id: Id, people: Card[]): void {
  const friends = people.filter((card) => card.degree === 1);
  const asked = people.length - friends.length;
  outbox.mutate({
    op: {
      method: "POST",
      path: `/api/conversations/${id}/people`,
      body: { member_ids: people.map((card) => card.id) },
      lane: lane(id),
    },
    apply: () =>
      shows(id, (here) => [
        ...here,
        ...friends.map((card) => ({
          id: card.id,
          kind: "member" as const,
          name: card.name,
          role: "member" as const,
          joined_at: Date.now(),
          delivered_seq: 0,
          read_seq: 0,
        })),
      ]),
    revert: () => again(id),
    done: () => again(id),
  });
  notify(
    asked
      ? t("messaging.people_asked", { added: friends.length, asked })
      : t("messaging.people_added", { count: friends.length }),
  );
}

export function removePerson(id: Id, person: Participant, name: string): void {
  let back = (): void => {};
  const { cancel } = outbox.mutate({
    op: {
      method: "DELETE",
      path: `/api/conversations/${id}/people/${person.id}`,
      lane: lane(id),
      holdMs: 7_000,
    },
    apply: () => {
      back = shows(id, (here) => here.filter((one) => one.id !== person.id));
    },
    revert: () => back(),
    done: () => again(id),
  });
  notify(t("messaging.person_removed", { name }), { undo: cancel });
}

export function setRole(id: Id, person: Participant, role: Role): void {
  const was = person.role;
  let back = (): void => {};
  const change = (to: Role): void => {
    outbox.mutate({
      op: {
        method: "PATCH",
        path: `/api/conversations/${id}/people/${person.id}`,
        body: { role: to },
        lane: lane(id),
      },
      apply: () => {
        back = shows(id, (here) =>
          here.map((one) => {
            if (one.id === person.id) return { ...one, role: to };
            return to === "owner" && one.role === "owner" ? { ...one, role: "admin" } : one;
          }),
        );
      },
      revert: () => back(),
      done: () => again(id),
    });
  };
  change(role);
  // Who has handed the group on cannot take it back alone.
  notify(t("messaging.role_changed"), role === "owner" ? {} : { undo: () => change(was) });
}

type Rules = { title?: string | null; history?: "all" | "joining" };

function patch(id: Id, rules: Rules): void {
  const by = `group.${id}.${Date.now()}`;
  outbox.mutate<{ row: Row }>({
    op: { method: "PATCH", path: `/api/conversations/${id}`, body: rules, lane: lane(id) },
    apply: () => {
      const { title } = rules;
      if (title !== undefined) inbox.patch(by, [id], (row) => ({ ...row, title }), true);
    },
    revert: () => inbox.unpatch(by),
    done: () => {
      inbox.answered(by);
      again(id);
    },
  });
}

export function rename(id: Id, title: string | null): void {
  const was = inbox.cells.peek(id)?.title ?? null;
  if (was === title) return;
  patch(id, { title });
  notify(t("messaging.renamed"), { undo: () => patch(id, { title: was }) });
}

export function setHistory(id: Id, history: "all" | "joining"): void {
  patch(id, { history });
}

/** Cannot be undone by who has left: done after some seconds in which it can. */
export function leaveGroup(id: Id, said: string, how: "leave" | "decline" = "leave"): void {
  const row = inbox.cells.peek(id);
  const { cancel } = outbox.mutate({
    op: {
      method: "POST",
      path: `/api/conversations/${id}/${how}`,
      body: {},
      lane: lane(id),
      holdMs: 7_000,
    },
    apply: () => inbox.forget(id),
    revert: () => {
      if (row) inbox.put(row);
    },
  });
  notify(said, { undo: cancel });
}

export function joinGroup(id: Id): void {
  outbox.mutate({
    op: { method: "POST", path: `/api/conversations/${id}/join`, body: {}, lane: lane(id) },
    apply: () => {},
    revert: () => {},
    done: () => {
      again(id);
      void inbox.threads.reread(id);
    },
  });
}
