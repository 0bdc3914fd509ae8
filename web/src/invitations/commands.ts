import type { PageCommand } from "../kit/keys/keys.svelte.ts";

export const commands: PageCommand[] = [
  {
    id: "invitations.accept",
    label: "invitations.accept",
    keys: ["a"],
    scope: "list",
  },
  {
    id: "invitations.ignore",
    label: "invitations.ignore",
    keys: ["e"],
    scope: "list",
  },
];
