/** The address is the state: lazy pages, scroll kept, focus moved, title set. */
import type { Component } from "svelte";
import { tick } from "svelte";
import { allWords } from "../i18n.svelte.ts";
import { type Found, find, type Parameters } from "./paths.ts";

export interface Route {
  path: string;
  load: () => Promise<{ default: Component }>;
  /** "full": the page fills the window and scrolls inside (messaging). */
  layout?: "page" | "full" | "bare";
  /** Its words are in the first chunk. */
  first?: boolean;
  /** May be seen without a session. */
  open?: boolean;
}

interface Shown {
  route: Route;
  page: Component;
  params: Parameters;
}

interface Entry {
  key: string;
}

let routes: Route[] = [];
let shown = $state.raw<Shown | null>(null);
let path = $state.raw("/");
let query = $state.raw(new URLSearchParams());
let failed = $state.raw(false);
let missing = $state.raw(false);
let title = $state.raw("");
let loading = $state.raw(false);
let guard: (found: Found<Route>) => string | null = () => null;
let turn = 0;
let moved = false;

const scrolled = new Map<string, number>();
/** The history entry on screen: on `popstate` the browser already names the next one. */
let here = "first";

export const router = {
  get page(): Component | null {
    return shown?.page ?? null;
  },
  get route(): Route | null {
    return shown?.route ?? null;
  },
  get params(): Parameters {
    return shown?.params ?? {};
  },
  get path(): string {
    return path;
  },
  get query(): URLSearchParams {
    return query;
  },
  /** The page's code could not be fetched. */
  get failed(): boolean {
    return failed;
  },
  get missing(): boolean {
    return missing;
  },
  get loading(): boolean {
    return loading;
  },
  /** This is not the first page of the visit: then the browser has put the focus where it belongs. */
  get moved(): boolean {
    return moved;
  },
  get title(): string {
    return title;
  },
};

/** Each page says its name; the frame adds count and host. */
export function setTitle(text: string): void {
  title = text;
}

function entryKey(): string {
  return (history.state as Entry | null)?.key ?? "first";
}

function newEntry(): Entry {
  return { key: Math.random().toString(36).slice(2, 10) };
}

interface Move {
  replace?: boolean;
  /** Leave focus and scroll where they are (a conversation opened from the list). */
  keepFocus?: boolean;
}

export async function navigate(to: string, move: Move = {}): Promise<void> {
  const url = new URL(to, location.href);
  if (url.origin !== location.origin) {
    location.assign(url);
    return;
  }
  scrolled.set(here, scrollY);
  const address = url.pathname + url.search + url.hash;
  if (move.replace) history.replaceState(history.state ?? newEntry(), "", address);
  else if (address !== location.pathname + location.search + location.hash)
    history.pushState(newEntry(), "", address);
  here = entryKey();
  await show({ scroll: 0, keepFocus: move.keepFocus ?? false });
}

const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1") ?? document.querySelector("main");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

async function show(how: { scroll: number; keepFocus: boolean; first?: boolean }): Promise<void> {
  const mine = ++turn;
  moved ||= !how.first;
  const found = find(routes, location.pathname);
  if (found) {
    const elsewhere = guard(found);
    if (elsewhere) return navigate(elsewhere, { replace: true });
  }
  if (!found) {
    path = location.pathname;
    shown = null;
    missing = true;
    failed = false;
    return;
  }
  const samePage = shown?.route === found.route;
  let page = samePage ? shown?.page : undefined;
  if (!page) {
    loading = true;
    try {
      const [module] = await Promise.all([found.route.load(), found.route.first || allWords()]);
      page = module.default;
      failed = false;
    } catch {
      if (mine === turn) {
        failed = true;
        loading = false;
        shown = null;
        path = location.pathname;
      }
      return;
    }
    if (mine !== turn) return;
    loading = false;
  }
  const arrived = page;
  const change = async (): Promise<void> => {
    missing = false;
    path = location.pathname;
    query = new URLSearchParams(location.search);
    shown = { route: found.route, page: arrived, params: found.params };
    await tick();
    if (!samePage || !how.keepFocus) scrollTo({ top: how.scroll, behavior: "instant" });
  };
  if (samePage || how.first || still() || !document.startViewTransition) await change();
  else await document.startViewTransition(change).updateCallbackDone;
  if (mine === turn && !samePage && !how.first && !how.keepFocus) focusHeading();
}

/** Tries again what could not be fetched. */
export function reshow(): Promise<void> {
  return show({ scroll: 0, keepFocus: false });
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
  if (link.target || link.hasAttribute("download") || link.dataset["reload"] !== undefined) return;
  if (link.pathname.startsWith("/api/")) return;
  // A jump inside the page (the skip link) stays the browser's.
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  void navigate(link.href);
}

/** Fetches a page's code before it is asked for: on hover, on focus, when idle. */
export function prefetch(to: string): void {
  void find(routes, new URL(to, location.href).pathname)
    ?.route.load()
    .catch(() => undefined);
}

export async function startRouter(
  list: Route[],
  mayShow: (found: Found<Route>) => string | null,
): Promise<void> {
  routes = list;
  guard = mayShow;
  history.scrollRestoration = "manual";
  if (!history.state) history.replaceState(newEntry(), "");
  here = entryKey();
  addEventListener("popstate", () => {
    scrolled.set(here, scrollY);
    here = entryKey();
    void show({ scroll: scrolled.get(here) ?? 0, keepFocus: false });
  });
  addEventListener("click", onClick);
  await show({ scroll: 0, keepFocus: true, first: true });
}
