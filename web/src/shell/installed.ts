/** The service worker, and the word that a new version is ready. */
import { allWords, t } from "../kit/i18n.svelte.ts";
import { doAllNow } from "../kit/later.ts";
import { notify } from "../kit/toasts.svelte.ts";

const LOOK_EVERY_MS = 60 * 60_000;

async function offer(registration: ServiceWorkerRegistration): Promise<void> {
  await allWords();
  notify(t("shell.update"), {
    action: {
      label: t("shell.update_do"),
      run: () => {
        doAllNow();
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
          once: true,
        });
        // By now a newer one may wait in its place, or another tab may have taken it.
        if (registration.waiting) registration.waiting.postMessage("take over");
        else location.reload();
      },
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
