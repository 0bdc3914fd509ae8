/** What the commands of triage do, at the desk. */
import { desk } from "../desk.svelte.ts";
import { inbox } from "../mailbox.svelte.ts";
import { VIEWS } from "../model.ts";
import { ask, type Question } from "./asking.svelte.ts";

const row = (id: string) => inbox.cells.peek(id);

/** Asks about what an action would act on; without anything there is no question. */
export function askHere(what: Question, ids = desk.targets): void {
  if (ids.length) ask(what, ids);
}

export function toggleUnread(ids = desk.targets): void {
  desk.either((id) => row(id)?.unread ?? false, { mark: "unread" }, { mark: "read" }, ids);
}

export function toggleStar(ids = desk.targets): void {
  desk.either((id) => row(id)?.starred ?? false, { mark: "star" }, { mark: "unstar" }, ids);
}

export function toggleMute(ids = desk.targets): void {
  const muted = (id: string) => row(id)?.notify === "none";
  desk.either(muted, { mark: "mute" }, { mark: "unmute" }, ids);
}

export function toggleMentions(ids = desk.targets): void {
  const mentions = (id: string) => row(id)?.notify === "mentions";
  desk.either(mentions, { mark: "mentions" }, { mark: "unmute" }, ids);
}

export const doings: Record<string, () => unknown> = {
  "messaging.archive": () => desk.archive(),
  "messaging.archive_all": () => void desk.archiveAll(),
  "messaging.snooze": () => askHere("snooze"),
  "messaging.remind": () => askHere("remind"),
  "messaging.label": () => askHere("label"),
  "messaging.box": () => askHere("box"),
  "messaging.star": () => toggleStar(),
  "messaging.unread": () => toggleUnread(),
  "messaging.mute": () => toggleMute(),
  "messaging.spam": () => desk.act({ mark: "spam" }),
  "messaging.delete": () => desk.act({ mark: "delete" }),
  "messaging.filter": () => ask("filter"),
  "messaging.go_view": () => ask("view"),
  "messaging.sets": () => ask("sets"),
  "messaging.select": () => desk.toggle(),
  "messaging.select_down": () => desk.move(1, true),
  "messaging.select_up": () => desk.move(-1, true),
  "messaging.select_all": () => void desk.select(),
  "messaging.select_none": () => desk.selection.clear(),
  "messaging.select_unread": () => void desk.select("unread"),
  "messaging.select_read": () => void desk.select("read"),
  ...Object.fromEntries(VIEWS.map((view) => [`messaging.view_${view}`, () => desk.go(view)])),
};
