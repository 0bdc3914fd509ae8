/** The service worker, and the word that a new version is ready. */
import { allWords, t } from "../kit/i18n.svelte.ts";
import { doAllNow } from "../kit/later.ts";
import { notify } from "../kit/toasts.svelte.ts";

const LOOK_EVERY_MS = 60 * 60_000;
/** A worker that has not taken over by then was replaced, or waits for an older one to finish. */
const TAKES_MS = 2_000;

/**
 * Lets the version that waits take over, and opens the page anew. By now a newer one may stand in
 * its place, or another tab may have taken it: the page comes from the server, so whatever becomes
 * of the worker, opened anew it is the new one.
 */
function take(registration: ServiceWorkerRegistration): void {
  doAllNow();
  const anew = () => location.reload();
  const { waiting } = registration;
  if (!waiting) return anew();
  navigator.serviceWorker.addEventListener("controllerchange", anew, { once: true });
  setTimeout(anew, TAKES_MS);
  waiting.postMessage("take over");
}

async function offer(registration: ServiceWorkerRegistration): Promise<void> {
  await allWords();
  notify(t("shell.update"), {
    stays: true,
    action: {
      label: t("shell.update_do"),
      run: () => take(registration),
    },
  });
}

export async function install(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register("/sw.js");
    if (registration.waiting && navigator.serviceWorker.controller) void offer(registration);
    registration.addEventListener("updatefound", () => {
      const fresh = registration.installing;
      fresh?.addEventListener("statechange", () => {
        if (fresh.state === "installed" && navigator.serviceWorker.controller)
          void offer(registration);
      });
    });
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  } catch {
    // Private windows and insecure origins have no service worker; everything else works.
  }
}
