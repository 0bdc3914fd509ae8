/** Every address of the client; each page is a chunk of its own. */
import type { Route } from "../kit/router/router.svelte";

export const routes: Route[] = [
  { path: "/", load: () => import("./Home.svelte") },
  { path: "/sign-in", load: () => import("../accounts/SignIn.svelte"), layout: "bare", open: true },
];

if (import.meta.env.DEV || import.meta.env.MODE === "gallery")
  routes.push({
    path: "/__gallery",
    load: () => import("./Gallery.svelte"),
    layout: "bare",
    open: true,
  });
