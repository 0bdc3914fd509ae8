/** What can be done from everywhere, and the slices' own commands. */
import command from "lucide-static/icons/command.svg?path";
import house from "lucide-static/icons/house.svg?path";
import keyboardIcon from "lucide-static/icons/keyboard.svg?path";
import undo from "lucide-static/icons/undo-2.svg?path";
import type { PageCommand } from "../kit/keys/keys.svelte";

const own: PageCommand[] = [
  {
    id: "shell.palette",
    label: "shell.palette",
    keys: ["Mod+k"],
    scope: "global",
    icon: command,
    typing: true,
    quiet: true,
  },
  { id: "shell.help", label: "shell.help", keys: ["?"], scope: "global", icon: keyboardIcon },
  { id: "shell.undo", label: "shell.undo", keys: ["z"], scope: "global", icon: undo },
  { id: "shell.go_home", label: "shell.go_home", keys: ["g h"], scope: "global", icon: house },
];

export const commands: PageCommand[] = [...own];
