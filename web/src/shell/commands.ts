/** What can be done from everywhere, and the slices' own commands. */
import archive from "lucide-static/icons/archive.svg?path";
import command from "lucide-static/icons/command.svg?path";
import history from "lucide-static/icons/history.svg?path";
import house from "lucide-static/icons/house.svg?path";
import importIcon from "lucide-static/icons/import.svg?path";
import keyboardIcon from "lucide-static/icons/keyboard.svg?path";
import logOut from "lucide-static/icons/log-out.svg?path";
import messageIcon from "lucide-static/icons/message-circle.svg?path";
import moon from "lucide-static/icons/moon.svg?path";
import rows from "lucide-static/icons/rows-3.svg?path";
import settings from "lucide-static/icons/settings.svg?path";
import undo from "lucide-static/icons/undo-2.svg?path";
import user from "lucide-static/icons/user-round.svg?path";
import userPlus from "lucide-static/icons/user-round-plus.svg?path";
import users from "lucide-static/icons/users.svg?path";
import { commands as invitations } from "../invitations/commands.ts";
import type { PageCommand } from "../kit/keys/keys.svelte.ts";
import { commands as messaging } from "../messaging/commands.ts";
import { commands as profiles } from "../profiles/commands.ts";

const everywhere = { scope: "global" } as const;

const own: PageCommand[] = [
  {
    id: "shell.palette",
    label: "shell.palette",
    keys: ["Mod+k"],
    icon: command,
    typing: true,
    quiet: true,
    ...everywhere,
  },
  { id: "shell.undo", label: "shell.undo", keys: ["z"], icon: undo, ...everywhere },
  { id: "shell.go_home", label: "shell.go_home", keys: ["g h"], icon: house, ...everywhere },
  {
    id: "shell.go_messages",
    label: "shell.go_messages",
    keys: ["g m"],
    icon: messageIcon,
    ...everywhere,
  },
  { id: "shell.go_network", label: "shell.go_network", keys: ["g n"], icon: users, ...everywhere },
  {
    id: "shell.go_invitations",
    label: "shell.go_invitations",
    keys: ["g i"],
    icon: userPlus,
    ...everywhere,
  },
  {
    id: "shell.go_archived",
    label: "shell.go_archived",
    keys: ["g a"],
    icon: archive,
    ...everywhere,
  },
  { id: "shell.go_profile", label: "shell.go_profile", keys: ["g p"], icon: user, ...everywhere },
  { id: "shell.go_import", label: "shell.go_import", keys: [], icon: importIcon, ...everywhere },
  {
    id: "shell.go_settings",
    label: "shell.go_settings",
    keys: ["g ,"],
    icon: settings,
    ...everywhere,
  },
  { id: "shell.theme", label: "shell.theme", keys: [], icon: moon, ...everywhere },
  { id: "shell.density", label: "shell.density", keys: [], icon: rows, ...everywhere },
  { id: "shell.help", label: "shell.help", keys: ["?"], icon: keyboardIcon, ...everywhere },
  { id: "shell.activity", label: "shell.activity", keys: [], icon: history, ...everywhere },
  { id: "shell.sign_out", label: "shell.sign_out", keys: [], icon: logOut, ...everywhere },
];

export const commands: PageCommand[] = [...own, ...messaging, ...profiles, ...invitations];
