import type { PageCommand } from "../kit/keys/keys.svelte.ts";

/** What one can do about the person whose page it is. */
const person = (id: string, label: PageCommand["label"]): PageCommand => ({
  id: `network.${id}`,
  label,
  keys: [],
  scope: "list",
});

export const commands: PageCommand[] = [
  person("announce", "network.announce_connection"),
  person("part", "network.part"),
  person("follow", "network.follow"),
  person("report", "network.report"),
  person("block", "network.block"),
];
