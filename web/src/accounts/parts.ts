/** Headings of the help sheet and of the settings: by where a command is at home, not only by its scope. */
import type { PlainKey } from "../kit/i18n.svelte.ts";
import type { PageCommand } from "../kit/keys/keys.svelte.ts";

interface Part {
  name: PlainKey;
  holds: (command: PageCommand) => boolean;
}

const isOf =
  (...slices: string[]) =>
  (command: PageCommand): boolean =>
    slices.some((slice) => command.id.startsWith(`${slice}.`));

export const PARTS: Part[] = [
  { name: "accounts.part_everywhere", holds: (command) => command.scope === "global" },
  { name: "accounts.part_people", holds: isOf("profiles", "invitations", "network") },
  { name: "accounts.part_stories", holds: isOf("stories") },
  { name: "accounts.part_videos", holds: isOf("videos") },
  { name: "accounts.part_composer", holds: (command) => command.scope === "composer" },
  { name: "accounts.part_thread", holds: (command) => command.scope === "thread" },
  { name: "accounts.part_conversations", holds: () => true },
];

export function partOf(command: PageCommand): Part | undefined {
  return PARTS.find((part) => part.holds(command));
}
