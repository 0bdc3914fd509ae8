/** From the boot data to the first page. */
import type { Component } from "svelte";
import { startKeyboard } from "../kit/keys/keys.svelte.ts";
import { safeNext } from "../kit/router/paths.ts";
import { navigate, startRouter } from "../kit/router/router.svelte.ts";
import { forgetToasts } from "../kit/toasts.svelte.ts";
import { session } from "../ports/session.svelte.ts";
import App from "./App.svelte";
import { showChoices } from "./choices.ts";
import { routes } from "./routes.ts";

const DOORS = ["/sign-in", "/sign-up", "/demo"];

/** Where someone goes who may not see this address; null where they may. */
function elsewhere(path: string, open: boolean): string | null {
  if (!session.me && !open) {
    const door = session.host?.demo && !session.expired ? "/demo" : "/sign-in";
    const address = location.pathname + location.search;
    return address === "/" ? door : `${door}?next=${encodeURIComponent(address)}`;
  }
  if (session.me && DOORS.includes(path))
    return safeNext(new URLSearchParams(location.search).get("next"));
  return null;
}

export async function start(show: (App: Component) => void): Promise<void> {
  startKeyboard();
  let unreachable = false;
  try {
    await session.start();
  } catch {
    unreachable = true;
  }
  await showChoices(session.me);
  if (unreachable) {
    show((await import("./Unreachable.svelte")).default);
    return;
  }
  await startRouter(routes, ({ route }) => elsewhere(route.path, route.open ?? false));
  session.onLeft(() => {
    forgetToasts();
    // An expired session returns to its page; who signs out starts afresh.
    const address = session.expired ? location.pathname + location.search : "/";
    void navigate(address === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(address)}`);
  });
  show(App);
}
