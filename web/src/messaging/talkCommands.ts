/** What can be done in an open conversation, by which keys. */
import type { PageCommand } from "../kit/keys/keys.svelte.ts";

const thread = (
  id: string,
  label: PageCommand["label"],
  keys: string[],
  more: Partial<PageCommand> = {},
): PageCommand => ({ id: `messaging.${id}`, label, keys, scope: "thread", ...more });

/** Also while one types. */
const composer = (id: string, label: PageCommand["label"], keys: string[]): PageCommand => ({
  id: `messaging.${id}`,
  label,
  keys,
  scope: "composer",
  typing: true,
});

export const talkCommands: PageCommand[] = [
  thread("pick_up", "messaging.pick_up", ["Shift+ArrowUp"], { quiet: true }),
  thread("pick_down", "messaging.pick_down", ["Shift+ArrowDown"], { quiet: true }),
  thread("react", "messaging.react", ["t"]),
  thread("quote", "messaging.quote", ["q"]),
  thread("forward", "messaging.forward", ["Shift+f"]),
  thread("copy", "messaging.copy", ["y"]),
  thread("history", "messaging.history", ["Shift+v"]),
  thread("delete_message", "messaging.delete_message", ["Delete", "Backspace"]),
  thread("scheduled", "messaging.scheduled", ["g w"]),
  thread("voice", "messaging.voice", ["w"]),
  thread("film", "messaging.film", ["Shift+w"]),
  thread("add_people", "messaging.add_people", ["Shift+a"]),
  thread("rename_group", "messaging.rename_group", ["Shift+n"]),
  thread("leave_group", "messaging.leave_group", []),
  composer("edit", "messaging.edit_last", ["ArrowUp"]),
  composer("undo_send", "messaging.undo_send", ["Mod+z"]),
  composer("send_later", "messaging.send_later", ["Mod+Shift+Enter"]),
  composer("emoji", "messaging.emoji", ["Mod+;"]),
  composer("attach", "messaging.attach", ["Mod+u"]),
  { id: "messaging.saved_text", label: "messaging.saved_text", keys: [";"], scope: "composer" },
  composer("formatting", "messaging.formatting", ["Mod+Shift+f"]),
  composer("bold", "messaging.bold", ["Mod+b"]),
  composer("italic", "messaging.italic", ["Mod+i"]),
  composer("code", "messaging.code", ["Mod+e"]),
  composer("list", "messaging.list", ["Mod+*"]),
  composer("numbers", "messaging.numbers", ["Mod+#"]),
  composer("blockquote", "messaging.blockquote", ["Mod+>"]),
];
