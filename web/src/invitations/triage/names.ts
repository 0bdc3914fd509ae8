/** What a group is called. */
import { t } from "../../kit/i18n.svelte.ts";
import { pile } from "./pile.svelte.ts";
import type { GroupKey } from "./words.ts";

export const nameOfGroup = (group: GroupKey): string =>
  group === "mutuals"
    ? t("invitations.group_mutuals", { count: pile.mutuals })
    : t(`invitations.group_${group}`);
