/** The sentence that says what was done. */
import { t } from "../../kit/i18n.svelte.ts";
import { inbox } from "../mailbox.svelte.ts";
import type { Act } from "./acts.ts";
import { moment } from "./moment.ts";

const nameIn = (list: { id: string; name: string }[], id: string | null | undefined): string =>
  list.find((one) => one.id === id)?.name ?? "";

export function said(act: Act, count: number): string {
  const until = act.until ? moment(act.until) : "";
  switch (act.mark) {
    case "snooze":
      return t("messaging.done_snooze", { count, until });
    case "remind":
      return t("messaging.done_remind", { count, until });
    case "label":
    case "unlabel":
      return t(`messaging.done_${act.mark}`, { count, name: nameIn(inbox.sets.labels, act.label) });
    case "box":
      return t("messaging.done_box", {
        count,
        name: nameIn(inbox.sets.boxes, act.box) || t("messaging.box_personal"),
      });
    default:
      return t(`messaging.done_${act.mark}`, { count });
  }
}
