/** From the boot data to the first page. */
import type { Component } from "svelte";
import { type Locale, useLocale } from "../kit/i18n.svelte";
import { defineCommands, keyboard, startKeyboard } from "../kit/keys/keys.svelte";
import { showDensity, showTheme, type Theme } from "../kit/preferences.svelte";
import { safeNext } from "../kit/router/paths";
import { startRouter } from "../kit/router/router.svelte";
import { session } from "../ports/session.svelte";
import type { Me } from "../wire/types";
import App from "./App.svelte";
import { commands } from "./commands";
import { routes } from "./routes";
import { visitor } from "./visitor";

function browserLocale(): Locale {
  return navigator.languages.find((tag) => /^(fr|en)\b/.test(tag))?.startsWith("fr") ? "fr" : "en";
}

/** What the member chose, seen at once; it comes again when another device changes it. */
export async function showChoices(me: Me | null): Promise<void> {
  const chosen = visitor.read();
  showTheme(me?.theme ?? (chosen.theme as Theme | undefined) ?? "auto");
  showDensity(me?.density ?? "comfortable");
  keyboard.singleKeys = me?.shortcuts ?? true;
  if (me) visitor.write({ theme: me.theme, language: me.language });
  await useLocale(me?.language ?? chosen.language ?? browserLocale());
}

export async function start(show: (App: Component) => void): Promise<void> {
  let unreachable = false;
  try {
    await session.start();
  } catch {
    unreachable = true;
  }
  await showChoices(session.me);
  defineCommands(commands);
  startKeyboard();
  if (unreachable) {
    const { default: Unreachable } = await import("./Unreachable.svelte");
    show(Unreachable);
    return;
  }
  await startRouter(routes, ({ route }) => {
    const address = location.pathname + location.search;
    if (!session.me && !route.open)
      return address === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(address)}`;
    if (session.me && ["/sign-in", "/sign-up"].includes(route.path))
      return safeNext(new URLSearchParams(location.search).get("next"));
    return null;
  });
  show(App);
}
