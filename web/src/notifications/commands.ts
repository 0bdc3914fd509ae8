import type { PageCommand } from "../kit/keys/keys.svelte.ts";

export const commands: PageCommand[] = [
  { id: "notifications.toggle", label: "notifications.toggle", keys: ["Shift+u"], scope: "list" },
  {
    id: "notifications.read_all",
    label: "notifications.read_all",
    keys: ["Shift+e"],
    scope: "list",
  },
];
