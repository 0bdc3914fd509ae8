/** What the keys of an open conversation do. */
import { t } from "../kit/i18n.svelte.ts";
import { announce, undo } from "../kit/toasts.svelte.ts";
import { clock } from "../ports/clock.ts";
import type { Message } from "../wire/types.ts";
import { changeable } from "./changing.ts";
import { copyText, removeForMe } from "./doing.ts";
import { keyOf, type Talk } from "./talk.svelte.ts";

type ThreadPart = { pick: (by: 1 | -1) => boolean; reach: () => void } | undefined;
type ComposerPart = { focus: () => void } | undefined;

const field = (): HTMLTextAreaElement | null =>
  document.activeElement instanceof HTMLTextAreaElement ? document.activeElement : null;

export function talkDoings(
  talk: () => Talk,
  thread: () => ThreadPart,
  composer: () => ComposerPart,
): Record<string, (event?: KeyboardEvent) => unknown> {
  const picked = (): Message | null => {
    const { target, active } = talk();
    return target && keyOf(target) === active ? target : null;
  };
  const withTarget = (run: (message: Message) => void) => () => {
    const { target } = talk();
    if (!target) return false;
    run(target);
    return true;
  };
  const inPane = (): boolean => document.activeElement?.closest(".pane") != null;

  return {
    "messaging.pick_up": () => inPane() && !field() && thread()?.pick(-1),
    "messaging.pick_down": () => inPane() && !field() && thread()?.pick(1),
    // With a message picked, answering is answering that one.
    "messaging.reply": () => {
      const message = picked();
      if (!message) return false;
      talk().answer(message);
      return true;
    },
    "messaging.react": () => thread()?.reach(),
    "messaging.quote": withTarget((message) => talk().answer(message)),
    "messaging.forward": withTarget((message) => talk().open({ kind: "forward", message })),
    "messaging.copy": withTarget((message) => void copyText(message)),
    "messaging.history": withTarget((message) => {
      if (message.edited_at) talk().open({ kind: "history", message });
      else announce(t("messaging.never_edited"));
    }),
    "messaging.delete_message": () => {
      const message = picked();
      if (!message) return false;
      if (changeable(message, clock.now())) talk().open({ kind: "delete", message });
      else removeForMe(message);
      return true;
    },
    "messaging.edit": (event) => {
      const area = field();
      // In a text the arrow moves the caret, elsewhere it scrolls; the palette brings no key.
      if (event && (!area?.closest(".composer") || area.value !== "")) return false;
      const message = area ? talk().lastOfMine : (picked() ?? talk().lastOfMine);
      if (!message || !changeable(message, clock.now())) {
        if (!area) announce(t("messaging.nothing_to_edit"));
        return area === null && message !== null;
      }
      talk().change(message);
      return true;
    },
    "messaging.undo_send": () => {
      const area = field();
      if (area && area.value !== "") return false;
      if (!talk().thread.pending.some((one) => one.until && one.until > clock.now())) return false;
      composer()?.focus();
      return undo();
    },
  };
}
