import type { PlainKey } from "../kit/i18n.svelte.ts";
import type { Scope } from "../kit/keys/registry.ts";

export const scopeNames: Record<Scope, PlainKey> = {
  global: "shell.scope_global",
  list: "shell.scope_list",
  thread: "shell.scope_thread",
  composer: "shell.scope_composer",
};
