/** What can be done to one conversation, as the entries of a menu. */
import alarm from "lucide-static/icons/alarm-clock.svg?path";
import mention from "lucide-static/icons/at-sign.svg?path";
import bellOff from "lucide-static/icons/bell-off.svg?path";
import bell from "lucide-static/icons/bell-ring.svg?path";
import folder from "lucide-static/icons/folder-input.svg?path";
import mail from "lucide-static/icons/mail.svg?path";
import ban from "lucide-static/icons/octagon-alert.svg?path";
import star from "lucide-static/icons/star.svg?path";
import tag from "lucide-static/icons/tag.svg?path";
import trash from "lucide-static/icons/trash-2.svg?path";
import { t } from "../../kit/i18n.svelte.ts";
import type { Item } from "../../kit/Menu.svelte";
import type { Row } from "../../wire/types.ts";
import { desk } from "../desk.svelte.ts";
import { askHere, toggleMentions, toggleMute, toggleStar, toggleUnread } from "./doings.ts";

export function menuOf(row: Row): Item[] {
  const ids = [row.id];
  const item = (name: string, label: string, icon: string, run: () => void): Item => ({
    label,
    icon,
    command: `messaging.${name}`,
    run,
  });
  return [
    item("snooze", t("messaging.snooze"), alarm, () => askHere("snooze", ids)),
    item("remind", t("messaging.remind"), bell, () => askHere("remind", ids)),
    item("label", t("messaging.label"), tag, () => askHere("label", ids)),
    item("star", row.starred ? t("messaging.unstar") : t("messaging.star"), star, () =>
      toggleStar(ids),
    ),
    item("unread", t("messaging.toggle_unread"), mail, () => toggleUnread(ids)),
    item("box", t("messaging.to_box"), folder, () => askHere("box", ids)),
    item("mute", row.notify === "none" ? t("messaging.unmute") : t("messaging.mute"), bellOff, () =>
      toggleMute(ids),
    ),
    ...(row.size > 2
      ? [
          {
            label: t(
              row.notify === "mentions" ? "messaging.notify_all" : "messaging.notify_mentions",
            ),
            icon: mention,
            run: () => toggleMentions(ids),
          },
        ]
      : []),
    ...(row.view === "spam"
      ? []
      : [item("spam", t("messaging.spam"), ban, () => desk.act({ mark: "spam" }, ids))]),
    item("delete", t("messaging.delete"), trash, () => desk.act({ mark: "delete" }, ids)),
  ];
}
