/** What is done to a message, told and taken back: for keys, tools and menus alike. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import type { Message } from "../wire/types.ts";
import { remove } from "./changing.ts";
import { plain } from "./format.ts";
import { displayable } from "./safe.ts";

export function removeForMe(message: Message): void {
  notify(t("messaging.deleted_for_me"), { undo: remove(message, "me") });
}

export function removeForAll(message: Message): void {
  notify(t("messaging.deleted_for_all"), { undo: remove(message, "everyone") });
}

export async function copyText(message: Message): Promise<void> {
  const text = displayable(message.text);
  try {
    await navigator.clipboard.writeText(text);
    notify(t("messaging.copied"));
  } catch {
    notify(t("messaging.copy_failed"), { error: true });
  }
}

/** The words of a message where only a line of them has room. */
export const lineOf = (message: Message): string => plain(message.text);
