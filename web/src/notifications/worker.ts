/**
 * What the service worker does with a word from the server while no page is open. The word is
 * sealed for this browser; what it says was decided by the member's settings, on the server.
 */
/// <reference lib="webworker" />

type Pushed = {
  title: string;
  body: string;
  tag: string;
  url: string;
  at: number;
  language: string;
};

function read(data: PushMessageData | null): Pushed | null {
  try {
    const said = data?.json() as Partial<Pushed> | undefined;
    return said?.title && said.tag && said.url ? (said as Pushed) : null;
  } catch {
    return null;
  }
}

async function show(worker: ServiceWorkerGlobalScope, said: Pushed): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window" });
  // Who has a page before their eyes sees it there.
  if (pages.some((page) => page.visibilityState === "visible")) return;
  await worker.registration.showNotification(said.title, {
    body: said.body,
    tag: said.tag,
    icon: "/icon-192.png",
    badge: "/icon-192.png",
    lang: said.language,
    data: { url: said.url },
  });
}

/** A page that is open already goes there; else one is opened. */
async function open(worker: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const url = new URL(path, worker.location.origin);
  if (url.origin !== worker.location.origin) return;
  const pages = await worker.clients.matchAll({ type: "window" });
  const page = pages.find((one) => one.visibilityState === "visible") ?? pages[0];
  if (page) {
    page.postMessage({ kind: "go", path: url.pathname + url.search + url.hash });
    await page.focus();
  } else await worker.clients.openWindow(url.href);
}

export function listen(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener("push", (event) => {
    const said = read(event.data);
    if (said) event.waitUntil(show(worker, said));
  });
  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(worker, String(event.notification.data?.url ?? "/")));
  });
}
