/** What the global commands do. */

import { changeSettings } from "../accounts/settings.ts";
import { t } from "../kit/i18n.svelte.ts";
import { doAllNow } from "../kit/later.ts";
import { preferences } from "../kit/preferences.svelte.ts";
import { navigate } from "../kit/router/router.svelte.ts";
import { notify, undo } from "../kit/toasts.svelte.ts";
import { session } from "../ports/session.svelte.ts";

const go = (to: string) => () => void navigate(to);

export function isDark(): boolean {
  return (
    preferences.theme === "dark" ||
    (preferences.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches)
  );
}

export async function signOut(): Promise<void> {
  doAllNow();
  try {
    await session.leave();
  } catch {
    notify(t("shell.sign_out_failed"), { error: true });
  }
}

export const doings = {
  "shell.undo": () => {
    if (!undo()) notify(t("shell.nothing_to_undo"));
  },
  "shell.go_home": go("/"),
  "shell.go_messages": go("/messages"),
  "shell.go_archived": go("/messages/archived"),
  "shell.go_network": go("/network"),
  "shell.go_notifications": go("/notifications"),
  "shell.go_invitations": go("/network/invitations"),
  "invitations.go_rules": go("/network/invitations/rules"),
  "invitations.go_queue": go("/network/invitations/queue"),
  "messaging.go_texts": go("/settings/messages/texts"),
  "messaging.go_away": go("/settings/messages/away"),
  "messaging.go_rules": go("/settings/messages/rules"),
  "messaging.go_senders": go("/settings/messages/senders"),
  "stories.go_stories": go("/stories"),
  "shell.go_profile": () => void navigate(`/in/${session.me?.handle ?? ""}`),
  "shell.go_import": go("/import"),
  "shell.go_settings": go("/settings"),
  "shell.theme": () => changeSettings({ theme: isDark() ? "light" : "dark" }),
  "shell.density": () =>
    changeSettings({ density: preferences.density === "compact" ? "comfortable" : "compact" }),
  "shell.sign_out": () => void signOut(),
};
