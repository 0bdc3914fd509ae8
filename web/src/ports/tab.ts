import { clientId } from "./ids.ts";

/** This tab's name, and a lock by which others see that it lives. */
export const tab = clientId();

const lockOf = (name: string) => `entregent.tab.${name}`;

/** Web Locks exist only where the page is served securely; without them each tab stands alone. */
export const locks: LockManager | null =
  typeof navigator !== "undefined" && navigator.locks ? navigator.locks : null;

if (locks) void locks.request(lockOf(tab), () => new Promise(() => {}));

/** The names of the tabs that are open now; without locks only this one is known. */
export async function livingTabs(): Promise<(name: string) => boolean> {
  if (!locks) return (name) => name === tab;
  const { held = [] } = await locks.query();
  const names = new Set(held.map((lock) => lock.name));
  return (name) => name === tab || names.has(lockOf(name));
}

/** Resolves when a tab is closed or has died: then its lock is to be had. */
export async function whenGone(name: string): Promise<void> {
  await locks?.request(lockOf(name), { mode: "shared" }, () => {});
}
