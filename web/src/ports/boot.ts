import type { Boot } from "../wire/types.ts";
import { api, Unreachable } from "./api.ts";
import { store } from "./store.ts";

const LAST = "entregent.member";

export type Started = { boot: Boot; saved: boolean };

function remembered(): string | null {
  try {
    return localStorage.getItem(LAST);
  } catch {
    return null;
  }
}

/** Notes who is signed in, so that the saved copy can be found when the network is away. */
export function remember(member: string | null): void {
  try {
    if (member) localStorage.setItem(LAST, member);
    else localStorage.removeItem(LAST);
  } catch {
    // Without storage there is no copy to find either.
  }
}

function inlined(): Boot | null {
  const element = document.getElementById("boot");
  const text = element?.textContent?.trim();
  element?.remove();
  if (!text?.startsWith("{")) return null;
  const boot = JSON.parse(text) as Partial<Boot>;
  return boot.host && boot.cursor !== undefined ? (boot as Boot) : null;
}

/** From the page itself, else from the server, else what this browser saved. */
export async function loadBoot(): Promise<Started> {
  const boot = inlined();
  if (boot) return { boot, saved: false };
  try {
    return { boot: await api.get<Boot>("/api/boot", { retries: 1 }), saved: false };
  } catch (error) {
    const member = remembered();
    if (!(error instanceof Unreachable) || !member) throw error;
    await store.open(member);
    const saved = await store.boot();
    if (!saved) throw error;
    return { boot: saved, saved: true };
  }
}
