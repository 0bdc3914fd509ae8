/** How one sees and is seen: what the row’s menu offers. */
import { t } from "../kit/i18n.svelte.ts";
import type { Entry } from "../kit/Menu.svelte";
import { inbox } from "../messaging/mailbox.svelte.ts";
import { choose } from "./actions.ts";
import { stories } from "./state.svelte.ts";
import { viewing } from "./viewing.svelte.ts";

export function choices(): Entry[] {
  const { viewing: seenAs, row, motion, box } = stories.settings;
  const { boxes } = inbox.sets;
  // Replies go to the personal one where the chosen one is gone.
  const into = boxes.find(({ id }) => id === box)?.id ?? null;
  return [
    { label: t("stories.new"), run: () => viewing.compose() },
    { label: t("stories.archive"), href: "/stories/archive" },
    "line",
    { heading: t("stories.viewing") },
    ...(["name", "headline", "private"] as const).map((one) => ({
      label: t(`stories.viewing_${one}`),
      checked: seenAs === one,
      run: () => choose({ viewing: one }),
    })),
    "line",
    { heading: t("stories.on_home") },
    ...(["shown", "collapsed", "off"] as const).map((one) => ({
      label: t(`stories.row_${one}`),
      checked: row === one,
      run: () => choose({ row: one }),
    })),
    // Where there is one mailbox only, there is nothing to choose.
    ...(boxes.length
      ? ([
          "line",
          { heading: t("stories.replies_into") },
          ...[{ id: null, name: t("messaging.box_personal") }, ...boxes].map(({ id, name }) => ({
            label: name,
            checked: into === id,
            run: () => choose({ box: id }),
          })),
        ] satisfies Entry[])
      : []),
    "line",
    {
      label: t("stories.moves"),
      checked: motion !== false,
      run: () => choose({ motion: motion === false ? null : false }),
    },
  ];
}
