/** Whether this browser is told while no page is open: its permission, its subscription. */
import { api } from "../ports/api.ts";
import { session } from "../ports/session.svelte.ts";
import type { PushKey } from "../wire/types.ts";

export type Trouble = "denied" | "unable" | "none" | "failed";

const CHOSEN = "entregent.device";

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

export const able = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function registration(): Promise<ServiceWorkerRegistration> {
  return (
    (await navigator.serviceWorker.getRegistration()) ??
    (await navigator.serviceWorker.register("/sw.js"))
  );
}

async function tellServer(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  await api.post("/api/push", { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] });
}

class Device {
  on = $state(false);
  busy = $state(false);
  trouble = $state<Trouble | null>(null);

  /** Looks how it stands; a permission taken away in the browser's settings shows here. */
  async look(): Promise<void> {
    if (!able()) {
      this.trouble = "unable";
      return;
    }
    this.trouble = Notification.permission === "denied" ? "denied" : null;
    const found = await (
      await navigator.serviceWorker.getRegistration()
    )?.pushManager.getSubscription();
    this.on = !!found && Notification.permission === "granted" && chosen() === session.me?.id;
  }

  async turnOn(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = null;
    try {
      if (!able()) throw new Unwilling("unable");
      // Asked for in the same moment as the click: browsers refuse it otherwise.
      const answer = await Notification.requestPermission();
      if (answer !== "granted") throw new Unwilling("denied");
      const { key } = await api.get<PushKey>("/api/push/key");
      if (!key) throw new Unwilling("none");
      await tellServer(await subscribed(key));
      remember(session.me?.id ?? null);
      this.on = true;
    } catch (error) {
      this.trouble = error instanceof Unwilling ? error.kind : "failed";
      this.on = false;
    }
    this.busy = false;
  }

  async turnOff(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.on = false;
    try {
      const found = await (
        await navigator.serviceWorker.getRegistration()
      )?.pushManager.getSubscription();
      if (found) {
        // Without the server the browser's own end of it is enough: the other dies with it.
        await api.delete("/api/push", { endpoint: found.endpoint }).catch(() => undefined);
        await found.unsubscribe();
      }
      remember(null);
    } catch {
      this.trouble = "failed";
    }
    this.busy = false;
  }
}

class Unwilling extends Error {
  constructor(readonly kind: Trouble) {
    super(kind);
  }
}

/** One that was made for another key (the server's has changed) is made anew. */
async function subscribed(key: string): Promise<PushSubscription> {
  const { pushManager } = await registration();
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await pushManager.subscribe(wanted);
  } catch (error) {
    const old = await pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(wanted);
  }
}

function chosen(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function remember(member: string | null): void {
  try {
    if (member) localStorage.setItem(CHOSEN, member);
    else localStorage.removeItem(CHOSEN);
  } catch {
    // Without storage the switch shows off at the next visit; the device is told all the same.
  }
}

export const thisDevice = new Device();

/** A browser renews its subscription as it likes, and a new session needs to know it again. */
export async function keepSubscribed(): Promise<void> {
  if (!able() || Notification.permission !== "granted" || chosen() !== session.me?.id) return;
  const found = await (
    await navigator.serviceWorker.getRegistration()
  )?.pushManager.getSubscription();
  if (found) await tellServer(found).catch(() => undefined);
}

// Who comes after must not be told what was meant for another.
session.onLeft(() => {
  if (able()) void thisDevice.turnOff();
});
