/** What one can do to invitations: shown at once, sent in order, undone by `z`. */
import { t } from "../../kit/i18n.svelte.ts";
import { later } from "../../kit/later.ts";
import { notify } from "../../kit/toasts.svelte.ts";
import { type Outcome, outbox } from "../../ports/outbox.ts";
import type { Id } from "../../wire/words.ts";
import { invitations } from "../invitations.svelte.ts";
import { pile } from "./pile.svelte.ts";
import { LANE, runs } from "./runs.svelte.ts";
import type { Chosen, One, Run, Verb } from "./words.ts";

export interface More {
  text?: string;
  reason?: string;
}

const FEW = 50;

const sentence = (verb: Verb, count: number, name: string): string =>
  pile.box === "archive"
    ? t("invitations.noted", { count, name, verb: t(`invitations.verb_${verb}`) })
    : t(`invitations.act_${verb}`, { count, name });

/** Takes out of the pile what is chosen, and of the number that the frame shows. */
function takeOut(chosen: Chosen): { ids: Id[]; back: () => void } {
  const ids =
    "ids" in chosen
      ? chosen.ids
      : pile.items.map((one) => one.id).filter((id) => !chosen.all.except.includes(id));
  const received = pile.box === "received";
  const { total, everything, picked, count } = pile;
  const rest = pile.take(new Set(ids));
  if ("all" in chosen) {
    pile.total = chosen.all.except.length;
    if (received) invitations.waiting = Math.max(0, invitations.waiting - count);
  } else if (received) invitations.count(ids, false);
  pile.clearSelection();
  return {
    ids,
    back: () => {
      rest();
      if ("all" in chosen) {
        if (received) invitations.waiting += count;
        pile.total = total;
        pile.everything = everything;
        pile.picked = picked;
      } else if (received) invitations.count(ids, true);
    },
  };
}

/**
 * Does it to the chosen. Words that go to somebody wait as long as they can be undone; all else is
 * done at once, and its undo is the server's.
 */
export function act(verb: Verb, more: More = {}, chosen: Chosen | null = pile.chosen): boolean {
  if (!chosen) return false;
  const count = "ids" in chosen ? chosen.ids.length : pile.count;
  if (!count) return false;
  const first: One | undefined =
    "ids" in chosen ? pile.items.find((one) => one.id === chosen.ids[0]) : pile.items[0];
  const name = first?.card.name ?? "";
  const said = sentence(verb, count, name);
  const { ids, back } = takeOut(chosen);
  const body = { ...chosen, verb, ...more };
  if (more.text) {
    const planned = later(() => void submit(body, back));
    notify(said, {
      undo: () => {
        if (planned.cancel()) back();
      },
    });
    return true;
  }
  const sent = submit(body, back, count > FEW);
  const undo = (): void => {
    back();
    pile.returns(ids);
  };
  notify(said, { undo: () => void takeBack(sent, undo) });
  return true;
}

interface Sent {
  cancel: () => boolean;
  settled: Promise<Outcome>;
  run: () => Run | null;
}

function submit(body: Record<string, unknown>, back: () => void, many = false): Sent {
  let run: Run | null = null;
  const { cancel, settled } = outbox.mutate<Run>({
    op: {
      method: "POST",
      path: "/api/invitations/actions",
      body,
      // Words to somebody go alone: when the page is left, nothing may stand before them.
      ...("text" in body ? {} : { lane: LANE }),
    },
    apply: () => undefined,
    revert: back,
    done: (answer) => {
      run = answer;
      runs.put(answer);
      if (many) void invitations.recount();
    },
  });
  return { cancel, settled, run: () => run };
}

async function takeBack(sent: Sent, back: () => void): Promise<void> {
  // Not sent yet: it never happened, and `revert` has put all back.
  if (sent.cancel()) return;
  back();
  if ((await sent.settled) !== "sent") return;
  const run = sent.run();
  if (run) runs.undo(run);
}
