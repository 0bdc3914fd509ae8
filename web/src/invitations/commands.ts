import check from "lucide-static/icons/check.svg?path";
import eyeOff from "lucide-static/icons/eye-off.svg?path";
import type { PageCommand } from "../kit/keys/keys.svelte.ts";

export const commands: PageCommand[] = [
  {
    id: "invitations.accept",
    label: "invitations.accept",
    keys: ["a"],
    scope: "list",
    icon: check,
  },
  {
    id: "invitations.ignore",
    label: "invitations.ignore",
    keys: ["e"],
    scope: "list",
    icon: eyeOff,
  },
];
