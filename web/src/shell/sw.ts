/**
 * The service worker: the whole client opens without a network. It keeps the client's own files
 * and nothing that a member wrote or received; that lies in IndexedDB, and goes at sign-out.
 */
/// <reference lib="webworker" />
import { listen } from "../notifications/worker.ts";

interface Release {
  version: string;
  files: string[];
  page: string;
}

/** Put in by the build: see build/offline.ts. */
declare const __RELEASE__: Release;

const worker = self as unknown as ServiceWorkerGlobalScope;
const release = __RELEASE__;
const CACHE = `entregent-${release.version}`;
/** A network that takes longer than this to answer is treated as none. */
const PATIENCE_MS = 4000;
/** The server's own policy: a page without it would be the weaker one. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

listen(worker);

worker.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(tidy());
});

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/api/") || url.pathname === "/healthz") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (release.files.includes(url.pathname)) event.respondWith(file(request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    release.files.map(async (path) => {
      // Hashed names never change their content: what an older release fetched is good.
      const known = path.startsWith("/assets/") ? await caches.match(path) : undefined;
      await cache.put(path, known ?? (await fetched(path)));
    }),
  );
}

async function fetched(path: string): Promise<Response> {
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function tidy(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith("entregent-") && name !== CACHE) await caches.delete(name);
  await worker.clients.claim();
}

/** From the network with the state inlined; else the bare page, which takes what this browser saved. */
async function page(request: Request): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(request, { signal: stop.signal });
    if (response.status < 500) return response;
  } catch {
    // No network, or one that is too slow.
  } finally {
    clearTimeout(timer);
  }
  return new Response(release.page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
    },
  });
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}
