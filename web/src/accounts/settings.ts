/** The member's choices: seen at once, sent behind. */

import { useLocale } from "../kit/i18n.svelte.ts";
import { keyboard } from "../kit/keys/keys.svelte.ts";
import { showDensity, showTheme } from "../kit/preferences.svelte.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Me } from "../wire/types.ts";

export type Choices = Partial<
  Pick<
    Me,
    | "language"
    | "theme"
    | "density"
    | "shortcuts"
    | "receipts"
    | "presence"
    | "undo_seconds"
    | "keys"
  >
>;

function show(me: Me): void {
  session.me = me;
  showTheme(me.theme);
  showDensity(me.density);
  keyboard.singleKeys = me.shortcuts;
  keyboard.moved(me.keys);
  void useLocale(me.language);
}

export function changeSettings(choices: Choices): void {
  const before = session.me;
  if (!before) return;
  outbox.mutate<Me>({
    op: { method: "PATCH", path: "/api/settings", body: choices, lane: "settings" },
    apply: () => show({ ...before, ...choices }),
    revert: () => show(before),
  });
}

/** `null` gives a command its own key back. */
export function changeKey(command: string, keys: string | null): void {
  const { [command]: _, ...others } = session.me?.keys ?? {};
  changeSettings({ keys: keys ? { ...others, [command]: keys } : others });
}
