import type { PageCommand } from "../kit/keys/keys.svelte.ts";

/** Of the player: while a video is open. */
const player = (id: string, label: PageCommand["label"], ...keys: string[]): PageCommand => ({
  id: `videos.${id}`,
  label,
  keys,
  scope: "thread",
  quiet: true,
});

export const commands: PageCommand[] = [
  player("play", "videos.key_play", "Space", "k"),
  player("back", "videos.key_back", "ArrowLeft"),
  player("on", "videos.key_on", "ArrowRight"),
  player("louder", "videos.key_louder", "ArrowUp"),
  player("softer", "videos.key_softer", "ArrowDown"),
  player("mute", "videos.key_mute", "m"),
  player("captions", "videos.key_captions", "c"),
  player("full", "videos.key_full", "f"),
  player("previous", "videos.key_previous", "["),
  player("next", "videos.key_next", "]"),
  player("reply", "videos.key_reply", "r"),
  player("like", "videos.key_like", "l"),
];
