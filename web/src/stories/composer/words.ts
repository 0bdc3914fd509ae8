/** What the parts of a story in the making are called. */

import { t } from "../../kit/i18n.svelte.ts";
import { displayable } from "../../messaging/safe.ts";
import type { DraftFrame, DraftSticker } from "./piece.ts";
import type { Ways } from "./ways.ts";

export const STICKERS = {
  text: "stories.composer_text",
  mention: "stories.composer_mention",
  link: "stories.composer_link",
  poll: "stories.composer_poll",
  question: "stories.composer_question",
  countdown: "stories.composer_countdown",
  job: "stories.composer_job",
} as const;

/** Before there are words, what belongs there. */
export function shownAs(sticker: DraftSticker): DraftSticker {
  const text = sticker.kind === "link" ? "" : t(STICKERS[sticker.kind]);
  return {
    ...sticker,
    text: sticker.text || text,
    domain: sticker.domain ?? (sticker.kind === "link" ? t("stories.composer_link") : null),
    options: sticker.options.map(
      (one, index) => one || t("stories.composer_option", { number: index + 1 }),
    ),
  };
}

const KINDS = {
  photo: "stories.composer_photo",
  video: "stories.composer_video",
  text: "stories.composer_card",
} as const;

export const frameName = (frame: DraftFrame, index: number, count: number): string =>
  t("stories.composer_frame", {
    number: index + 1,
    count,
    kind: t(KINDS[frame.kind]),
    text: displayable(frame.text || frame.caption || frame.alt).slice(0, 60),
  });

export const lifeOf = (hours: number): string =>
  hours < 48
    ? t("stories.composer_hours", { count: hours })
    : t("stories.composer_days", { count: hours / 24 });

/** “Visible for 24 h to your connections, hidden from 2.” */
export const whoSees = ({ who, group, list, hidden, hours }: Ways): string =>
  t("stories.composer_visible", {
    life: lifeOf(hours),
    who,
    group: displayable(who === "list" ? list : (group?.name ?? "")),
    hidden: hidden.length,
  });
