/** Every address of the client; each page is a chunk of its own. */
import type { Route } from "../kit/router/router.svelte.ts";

const door = { layout: "bare", open: true } as const;

export const routes: Route[] = [
  { path: "/", load: () => import("./Home.svelte"), first: true },
  {
    path: "/messages/:view?/:id?",
    load: () => import("../messaging/MessagingPage.svelte"),
    layout: "full",
  },
  {
    path: "/network/invitations/:part?/:group?",
    load: () => import("../invitations/triage/InvitationsPage.svelte"),
    layout: "full",
  },
  { path: "/network/:tab?", load: () => import("./NetworkPage.svelte"), layout: "full" },
  {
    path: "/notifications/:part?",
    load: () => import("../notifications/NotificationsPage.svelte"),
  },
  { path: "/in/:handle/videos/:id", load: () => import("../videos/VideoPage.svelte") },
  // Whoever knows only whose it is, and not by which name, comes by this one.
  { path: "/videos/:author/:id", load: () => import("../videos/VideoPage.svelte") },
  { path: "/in/:handle", load: () => import("./PersonPage.svelte"), open: true },
  { path: "/stories/:author?", load: () => import("../stories/StoriesPage.svelte") },
  { path: "/import", load: () => import("../transfer/TransferPage.svelte") },
  { path: "/settings", load: () => import("../accounts/Settings.svelte") },
  {
    path: "/settings/messages/:part?",
    load: () => import("../messaging/settings/MessagingSettings.svelte"),
  },
  { path: "/settings/developers", load: () => import("../accounts/Developers.svelte") },
  { path: "/decisions", load: () => import("../moderation/DecisionsPage.svelte"), open: true },
  { path: "/host/reports/:part?/:id?", load: () => import("../moderation/HostPage.svelte") },
  { path: "/sign-in", load: () => import("../accounts/SignIn.svelte"), ...door },
  { path: "/sign-up", load: () => import("../accounts/SignUp.svelte"), ...door },
  { path: "/forgot", load: () => import("../accounts/Forgot.svelte"), ...door },
  { path: "/reset", load: () => import("../accounts/Reset.svelte"), ...door },
  { path: "/verify", load: () => import("../accounts/Verify.svelte"), ...door },
  { path: "/unsubscribe", load: () => import("../notifications/Unsubscribe.svelte"), ...door },
  { path: "/demo", load: () => import("../accounts/Demo.svelte"), ...door },
  // Every component in every state, for the tests; nothing leads there.
  { path: "/__gallery", load: () => import("./Gallery.svelte"), ...door },
];
