import type { PageCommand } from "../kit/keys/keys.svelte.ts";

/** Moving through any list of people, and looking for somebody in it. */
export const commands: PageCommand[] = [
  { id: "profiles.search", label: "profiles.search", keys: ["/"], scope: "list" },
  { id: "profiles.next", label: "profiles.next", keys: ["j"], scope: "list", quiet: true },
  { id: "profiles.previous", label: "profiles.previous", keys: ["k"], scope: "list", quiet: true },
  { id: "profiles.open", label: "profiles.open", keys: ["o"], scope: "list", quiet: true },
];
