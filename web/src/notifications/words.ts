/** What a notice says, and which picture stands for its kind. */

import clock from "lucide-static/icons/alarm-clock.svg?path";
import atSign from "lucide-static/icons/at-sign.svg?path";
import importIcon from "lucide-static/icons/import.svg?path";
import gavel from "lucide-static/icons/scale.svg?path";
import shield from "lucide-static/icons/shield-check.svg?path";
import smile from "lucide-static/icons/smile-plus.svg?path";
import userCheck from "lucide-static/icons/user-round-check.svg?path";
import users from "lucide-static/icons/users.svg?path";
import video from "lucide-static/icons/video.svg?path";
import { device } from "../accounts/device.ts";
import { t } from "../kit/i18n.svelte.ts";
import type { Notice } from "../wire/types.ts";

export const pictures: Record<Notice["kind"], string> = {
  mention: atSign,
  reaction: smile,
  video_reply: video,
  accepted: userCheck,
  returned: clock,
  group: users,
  security: shield,
  import: importIcon,
  house: gavel,
};

export function browserOf(agent: string): string {
  const { browser, system } = device(agent);
  if (browser && system) return t("accounts.device", { browser, system });
  return browser || system || t("accounts.device_unknown");
}

/** The sentence; `nameOf` gives a person's name, where it is known. */
export function sentenceOf(notice: Notice, nameOf: (id: string) => string): string {
  const { kind, people, count, detail } = notice;
  const named = (id: string | undefined) => (id && nameOf(id)) || t("notifications.somebody");
  const who = { count, name: named(people[0]), other: named(people[1]), more: count - 1 };
  const text = detail.text || t("notifications.a_group");
  switch (kind) {
    case "mention":
      return detail.what
        ? t("notifications.line_mention_story", who)
        : t("notifications.line_mention", who);
    case "reaction":
      return t("notifications.line_reaction", { ...who, emoji: detail.emoji });
    case "video_reply":
      return t("notifications.line_video_reply", who);
    case "accepted":
      return t("notifications.line_accepted", who);
    case "returned":
      if (detail.what === "countdown") return t("notifications.line_countdown", { name: who.name });
      if (detail.what === "reminder")
        return people.length
          ? t("notifications.line_no_answer", { name: who.name })
          : t("notifications.line_no_answer_in", { text });
      return people.length
        ? t("notifications.line_back_with", { name: who.name })
        : t("notifications.line_back", { text });
    case "group":
      switch (detail.what) {
        case "removed":
          return t("notifications.line_removed", { name: who.name, text });
        case "renamed":
          return t("notifications.line_renamed", { name: who.name, text });
        case "role":
          return t("notifications.line_role", { name: who.name, text });
        case "owner":
          return t("notifications.line_owner", { name: who.name, text });
        default:
          return t("notifications.line_added", { name: who.name, text });
      }
    case "security":
      return t("notifications.line_security", { device: browserOf(detail.text) });
    case "import":
      return detail.what === "refused"
        ? t("notifications.line_import_refused", { text: detail.text })
        : t("notifications.line_import_done", { text: detail.text });
    case "house":
      switch (detail.what) {
        case "warn":
          return t("notifications.line_house_warn");
        case "restrict":
          return t("notifications.line_house_restrict");
        case "suspend":
          return t("notifications.line_house_suspend");
        case "reverse":
          return t("notifications.line_house_reverse");
        case "uphold":
          return t("notifications.line_house_uphold");
        default:
          return t("notifications.line_house_settled");
      }
  }
}

/** What was said, or what else is to be known; empty where the sentence says it all. */
export function furtherOf({ kind, detail }: Notice): string {
  if (kind === "mention" || kind === "reaction" || kind === "video_reply") return detail.text;
  if (kind === "security") return t("notifications.if_not_you");
  if (detail.what === "countdown") return detail.text;
  return "";
}
