/** What the member chose, seen at once; it comes again when another device changes it. */
import { visitor } from "../accounts/visitor.ts";
import { type Locale, useLocale } from "../kit/i18n.svelte.ts";
import { keyboard } from "../kit/keys/keys.svelte.ts";
import { showDensity, showTheme, type Theme } from "../kit/preferences.svelte.ts";
import type { Me } from "../wire/types.ts";

function browserLocale(): Locale {
  return navigator.languages.find((tag) => /^(fr|en)\b/.test(tag))?.startsWith("fr") ? "fr" : "en";
}

export async function showChoices(me: Me | null): Promise<void> {
  const chosen = visitor.read();
  showTheme(me?.theme ?? (chosen.theme as Theme | undefined) ?? "auto");
  showDensity(me?.density ?? "comfortable");
  keyboard.singleKeys = me?.shortcuts ?? true;
  if (me) {
    keyboard.moved(me.keys);
    visitor.write({ theme: me.theme, language: me.language });
  }
  await useLocale(me?.language ?? chosen.language ?? browserLocale());
}
