/** What can be done in messaging, by which keys. */
import archive from "lucide-static/icons/archive.svg?path";
import arrowDown from "lucide-static/icons/arrow-down.svg?path";
import info from "lucide-static/icons/info.svg?path";
import select from "lucide-static/icons/list-checks.svg?path";
import mail from "lucide-static/icons/mail.svg?path";
import ban from "lucide-static/icons/octagon-alert.svg?path";
import reply from "lucide-static/icons/reply.svg?path";
import search from "lucide-static/icons/search.svg?path";
import pen from "lucide-static/icons/square-pen.svg?path";
import type { PageCommand } from "../kit/keys/keys.svelte.ts";

const list = (
  id: string,
  label: PageCommand["label"],
  keys: string[],
  more: Partial<PageCommand> = {},
): PageCommand => ({ id: `messaging.${id}`, label, keys, scope: "list", ...more });

export const commands: PageCommand[] = [
  list("next", "messaging.key_next", ["j"], { quiet: true }),
  list("previous", "messaging.key_previous", ["k"], { quiet: true }),
  list("open", "messaging.key_open", ["o", "Enter"], { quiet: true }),
  list("back", "messaging.key_back", ["u", "Escape"], { quiet: true }),
  list("archive", "messaging.archive", ["e"], { icon: archive }),
  list("unread", "messaging.toggle_unread", ["Shift+u"], { icon: mail }),
  list("spam", "messaging.spam", ["!"], { icon: ban }),
  list("select", "messaging.key_select", ["x"], { quiet: true }),
  list("select_down", "messaging.key_select_down", ["Shift+j", "Shift+ArrowDown"], { quiet: true }),
  list("select_up", "messaging.key_select_up", ["Shift+k", "Shift+ArrowUp"], { quiet: true }),
  list("select_all", "messaging.select_all", ["* a"], { icon: select }),
  list("select_none", "messaging.select_none", ["* n"], { icon: select }),
  list("select_unread", "messaging.select_unread", ["* u"], { icon: select }),
  list("select_read", "messaging.select_read", ["* r"], { icon: select }),
  list("archive_all", "messaging.archive_all", ["Shift+e"], { icon: archive }),
  list("show_new", "messaging.show_new", ["."], { icon: arrowDown }),
  list("view_1", "messaging.go_inbox", ["1"]),
  list("view_2", "messaging.go_unread", ["2"]),
  list("view_3", "messaging.go_archived", ["3"]),
  list("view_4", "messaging.go_requests", ["4"]),
  list("view_5", "messaging.go_promotions", ["5"]),
  list("view_6", "messaging.go_spam", ["6"]),
  list("view_7", "messaging.go_all", ["7"]),
  list("search", "messaging.search", ["/"], { icon: search }),
  { id: "messaging.reply", label: "messaging.reply", keys: ["r"], scope: "thread", icon: reply },
  {
    id: "messaging.details",
    label: "messaging.details",
    keys: ["i"],
    scope: "thread",
    icon: info,
  },
  {
    id: "messaging.next_conversation",
    label: "messaging.key_next_conversation",
    keys: ["]"],
    scope: "thread",
    quiet: true,
  },
  {
    id: "messaging.previous_conversation",
    label: "messaging.key_previous_conversation",
    keys: ["["],
    scope: "thread",
    quiet: true,
  },
  {
    id: "messaging.next_unread",
    label: "messaging.key_next_unread",
    keys: ["n"],
    scope: "thread",
    quiet: true,
  },
  {
    id: "messaging.previous_unread",
    label: "messaging.key_previous_unread",
    keys: ["p"],
    scope: "thread",
    quiet: true,
  },
  {
    id: "messaging.new",
    label: "messaging.new",
    keys: ["Shift+c"],
    scope: "global",
    icon: pen,
  },
];
