/** Tells screen readers what has come, at most once in three seconds. */
import { t } from "../kit/i18n.svelte.ts";
import { announce } from "../kit/toasts.svelte.ts";
import type { MessageSent } from "../wire/types.ts";
import { faces } from "./faces.svelte.ts";

const APART_MS = 3_000;

let waiting: MessageSent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let last = Number.NEGATIVE_INFINITY;

function say(): void {
  timer = undefined;
  last = performance.now();
  const author = waiting[waiting.length - 1]?.message.author_id;
  const name = (author && faces.get(author)?.name) || t("messaging.unknown_author");
  announce(t("messaging.came", { count: waiting.length, name }));
  waiting = [];
}

export function herald(event: MessageSent, me: string): void {
  if (event.message.author_id === me || event.row.view !== "inbox") return;
  waiting.push(event);
  if (timer === undefined)
    timer = setTimeout(say, Math.max(0, APART_MS - (performance.now() - last)));
}
