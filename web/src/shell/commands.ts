/** What can be done from everywhere, and the slices' own commands. */
import { commands as invitations } from "../invitations/commands.ts";
import type { PageCommand } from "../kit/keys/keys.svelte.ts";
import { commands as messaging } from "../messaging/commands.ts";
import { commands as network } from "../network/commands.ts";
import { commands as notifications } from "../notifications/commands.ts";
import { commands as profiles } from "../profiles/commands.ts";
import { commands as stories } from "../stories/commands.ts";
import { commands as videos } from "../videos/commands.ts";

const everywhere = { scope: "global" } as const;

const own: PageCommand[] = [
  {
    id: "shell.palette",
    label: "shell.palette",
    keys: ["Mod+k"],
    typing: true,
    quiet: true,
    ...everywhere,
  },
  { id: "shell.undo", label: "shell.undo", keys: ["z"], ...everywhere },
  { id: "shell.go_home", label: "shell.go_home", keys: ["g h"], ...everywhere },
  {
    id: "shell.go_messages",
    label: "shell.go_messages",
    keys: ["g m"],
    ...everywhere,
  },
  { id: "shell.go_notifications", label: "shell.go_notifications", keys: ["g b"], ...everywhere },
  { id: "shell.go_network", label: "shell.go_network", keys: ["g n"], ...everywhere },
  {
    id: "shell.go_invitations",
    label: "shell.go_invitations",
    keys: ["g i"],
    ...everywhere,
  },
  {
    id: "shell.go_archived",
    label: "shell.go_archived",
    keys: ["g a"],
    ...everywhere,
  },
  { id: "shell.go_profile", label: "shell.go_profile", keys: ["g p"], ...everywhere },
  { id: "shell.go_import", label: "shell.go_import", keys: [], ...everywhere },
  {
    id: "shell.go_settings",
    label: "shell.go_settings",
    keys: ["g ,"],
    ...everywhere,
  },
  // Only hosts find it: for others nothing is bound to it.
  { id: "shell.go_reports", label: "shell.go_reports", keys: [], ...everywhere },
  { id: "shell.theme", label: "shell.theme", keys: [], ...everywhere },
  { id: "shell.density", label: "shell.density", keys: [], ...everywhere },
  { id: "shell.help", label: "shell.help", keys: ["?"], ...everywhere },
  { id: "shell.activity", label: "shell.activity", keys: [], ...everywhere },
  { id: "shell.sign_out", label: "shell.sign_out", keys: [], ...everywhere },
];

export const commands: PageCommand[] = [
  ...own,
  ...messaging,
  ...network,
  ...profiles,
  ...invitations,
  ...notifications,
  ...stories,
  ...videos,
];
