import type { PageCommand } from "../kit/keys/keys.svelte.ts";

/** Of the viewer: its own keys while it is open. */
const viewer = (id: string, label: PageCommand["label"], keys: string[]): PageCommand => ({
  id: `stories.${id}`,
  label,
  keys,
  scope: "list",
  quiet: true,
});

export const commands: PageCommand[] = [
  { id: "stories.go_stories", label: "stories.go_stories", keys: ["g s"], scope: "global" },
  { id: "stories.new", label: "stories.new", keys: [], scope: "global" },
  viewer("next", "stories.next", ["ArrowRight"]),
  viewer("previous", "stories.previous", ["ArrowLeft"]),
  viewer("next_person", "stories.next_person", ["ArrowDown", "Shift+ArrowRight"]),
  viewer("previous_person", "stories.previous_person", ["ArrowUp", "Shift+ArrowLeft"]),
  viewer("pause", "stories.pause", ["Space"]),
  viewer("sound", "stories.sound", ["m"]),
  viewer("reply", "stories.reply", ["r"]),
  viewer("like", "stories.like", ["l"]),
];
