/** What is in hand in the composer: which sticker, which tool, what can be put back. */
import { t } from "../../kit/i18n.svelte.ts";
import { announce } from "../../kit/toasts.svelte.ts";
import { uploads } from "../../media/uploads.svelte.ts";
import { clock } from "../../ports/clock.ts";
import { clientId } from "../../ports/ids.ts";
import type { Draft } from "./draft.svelte.ts";
import { type DraftFrame, type DraftSticker, firstLack, newSticker } from "./piece.ts";
import { unnamed } from "./ways.ts";

export type Mode = "look" | "draw" | "crop";

export class Hand {
  part = $state<"frame" | "story">("frame");
  mode = $state<Mode>("look");
  colour = $state("#ffffff");
  selected = $state<string | null>(null);
  /** Something wanting was asked for. */
  asked = $state(false);
  undoing = $state.raw<{ text: string; run: () => void } | null>(null);
  readonly sticker = $derived.by(() =>
    this.draft.now?.stickers.find((one) => one.id === this.selected),
  );

  constructor(readonly draft: Draft) {}

  rest(): void {
    this.mode = "look";
    this.selected = null;
  }

  removeFrame({ id }: DraftFrame): void {
    const run = this.draft.remove(id);
    this.undoing = { text: t("stories.composer_frame_gone"), run };
    announce(this.undoing.text);
  }

  addSticker(kind: DraftSticker["kind"]): void {
    const frame = this.draft.now;
    if (!frame) return;
    this.mode = "look";
    const one = newSticker(clientId(), kind);
    // Not one on the other, nor on the words of a card, which stand in the middle.
    one.y = (frame.kind === "text" ? 240 : 320) + (frame.stickers.length % 5) * 90;
    frame.stickers.push(one);
    this.selected = one.id;
  }

  removeSticker(one: DraftSticker): void {
    const frame = this.draft.now;
    if (!frame) return;
    const index = frame.stickers.findIndex(({ id }) => id === one.id);
    frame.stickers = frame.stickers.filter(({ id }) => id !== one.id);
    this.selected = null;
    const run = () => {
      frame.stickers = [...frame.stickers.slice(0, index), one, ...frame.stickers.slice(index)];
    };
    this.undoing = { text: t("stories.composer_sticker_gone"), run };
    announce(this.undoing.text);
  }

  undo(): void {
    const frame = this.draft.now;
    if (this.mode === "draw" && frame) frame.drawing = frame.drawing.slice(0, -1);
    else {
      this.undoing?.run();
      this.undoing = null;
    }
  }

  /** Whether it can be shared; else what is wanting is in hand. */
  whole(): boolean {
    const { frames } = this.draft;
    const lack = firstLack(frames, clock.now());
    const refused = frames.findIndex(
      ({ file }) => file !== null && uploads.find(file)?.state === "refused",
    );
    const nobody = unnamed(this.draft.ways);
    if (!lack && refused < 0 && !nobody) return true;
    this.asked = true;
    if (!lack && refused < 0) {
      this.part = "story";
      announce(t("stories.composer_wanting"));
      return false;
    }
    this.part = "frame";
    this.draft.at = lack?.frame ?? refused;
    announce(t("stories.composer_wanting"));
    return false;
  }

  /** The sticker that is not finished, once its frame is shown. */
  point(): void {
    this.selected = firstLack(this.draft.frames, clock.now())?.sticker ?? null;
  }
}
