/** The story in the making: kept in this browser at every change, until it is shared or discarded. */
import { t } from "../../kit/i18n.svelte.ts";
import { later } from "../../kit/later.ts";
import { type Upload, uploads } from "../../media/uploads.svelte.ts";
import { clock } from "../../ports/clock.ts";
import { drafts } from "../../ports/drafts.ts";
import { clientId } from "../../ports/ids.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Id } from "../../wire/words.ts";
import { limited } from "../frame.ts";
import type { Answered, Beginning } from "../viewing.svelte.ts";
import { filled, fills, reordered } from "./geometry.ts";
import {
  type DraftFrame,
  emptyFrame,
  type Kept,
  MOST,
  newSticker,
  PLACE,
  readKept,
  STORY,
} from "./piece.ts";
import { type Named, remembered, type Ways } from "./ways.ts";

const KEEP_MS = 120;
export const MOST_FRAMES = 20;

const naming = ({ id, name }: Named) => ({
  ...newSticker(clientId(), "mention"),
  y: 720,
  text: name,
  member_id: id,
});

export class Draft {
  frames = $state<DraftFrame[]>([]);
  /** Which frame is worked on. */
  at = $state(0);
  ways = $state<Ways>(remembered(null));
  ready = $state(false);
  #of: Id | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly now = $derived<DraftFrame | undefined>(this.frames[this.at]);
  readonly room = $derived(MOST_FRAMES - this.frames.length);

  /** What an earlier page has left; files that no frame knows come last. */
  async open(): Promise<void> {
    const member = session.me?.id ?? null;
    this.#of = member;
    if (!member) return;
    const kept = readKept(drafts.get(member, STORY)?.text);
    this.ways = kept?.ways ?? remembered(member);
    await uploads.load();
    const lying = uploads.of(PLACE);
    const frames = (kept?.frames ?? []).filter(
      (one) => one.file === null || lying.some(({ key }) => key === one.file),
    );
    const known = new Set(frames.map((one) => one.file));
    const rest = lying.filter((one) => !known.has(one.key)).map(frameOf);
    this.frames = [...frames, ...rest].slice(0, MOST_FRAMES);
    this.at = Math.max(0, Math.min(kept?.at ?? 0, this.frames.length - 1));
    this.ready = true;
  }

  /** At rest soon, and at once when the page is left. */
  keep(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.write(), KEEP_MS);
  }

  write(): void {
    clearTimeout(this.#timer);
    if (!this.#of || !this.ready) return;
    if (!this.frames.length) return drafts.remove(this.#of, STORY);
    const kept: Kept = { frames: this.frames, at: this.at, ways: this.ways };
    drafts.put(this.#of, STORY, { text: JSON.stringify(kept), at: clock.now() });
  }

  /** A text card; where one stands empty, that one is taken. */
  addText(): void {
    const bare = this.frames.findIndex((one) => one.kind === "text" && one.text === "");
    if (bare >= 0) this.at = bare;
    else this.add(emptyFrame(clientId(), "text", null));
  }

  begin(first: Beginning): void {
    if ("answer" in first) this.#addAnswer(first);
    else this.#addConnection(first);
  }

  /** A card that shows an answer beneath its question, and whose it is only where they said that it
      may; asked for again, it is the same card. */
  #addAnswer({ question, answer, by }: Answered): void {
    const there = this.frames.findIndex(({ text }) => text === answer);
    if (there >= 0) {
      this.at = there;
      return;
    }
    const asked = {
      ...newSticker(clientId(), "text"),
      y: 160,
      text: limited(question, MOST.words),
    };
    this.add({
      ...emptyFrame(clientId(), "text", null),
      text: answer,
      look: "sea",
      stickers: by ? [asked, naming(by)] : [asked],
    });
  }

  /** A card that tells of a new connection; one that names them already is taken. */
  #addConnection({ id, name }: Named): void {
    const there = this.frames.findIndex(({ stickers }) =>
      stickers.some((one) => one.member_id === id),
    );
    if (there >= 0) {
      this.at = there;
      return;
    }
    if (!this.frames.length) this.ways = { ...this.ways, kind: "milestone" };
    this.add({
      ...emptyFrame(clientId(), "text", null),
      text: t("stories.composer_connected", { name }),
      look: "dawn",
      stickers: [naming({ id, name })],
    });
  }

  add(frame: DraftFrame): void {
    if (this.room <= 0) return;
    this.frames = [...this.frames, frame];
    this.at = this.frames.length - 1;
    this.write();
  }

  /** The one with this file, once its picture has been measured. */
  async addFile(blob: Blob, name: string): Promise<void> {
    if (this.room <= 0) return;
    const upload = await uploads.add(PLACE, blob, name);
    // Taken in only now: its framing follows from its size.
    this.add(frameOf(upload));
  }

  take(upload: Upload): void {
    this.add(frameOf(upload));
  }

  /** Out of the story; the answer puts it back. Its file goes when that is no longer offered. */
  remove(id: string): () => void {
    const index = this.frames.findIndex((one) => one.id === id);
    const frame = this.frames[index];
    if (!frame) return () => {};
    const { file } = frame;
    this.frames = this.frames.filter((one) => one.id !== id);
    this.at = Math.max(0, Math.min(this.at, this.frames.length - 1));
    if (file) uploads.leave([file]);
    const gone = later(() => file && uploads.remove(file));
    this.write();
    return () => {
      if (!gone.cancel()) return;
      if (file) uploads.leave([file], false);
      const before = this.frames.slice(0, index);
      this.frames = [...before, frame, ...this.frames.slice(index)];
      this.at = index;
      this.write();
    };
  }

  move(from: number, to: number): void {
    if (to < 0 || to >= this.frames.length || from === to) return;
    const current = this.now?.id;
    this.frames = reordered(this.frames, from, to);
    this.at = Math.max(
      0,
      this.frames.findIndex((one) => one.id === current),
    );
    this.write();
  }

  /** It is being published: from here on what is shared keeps itself. */
  leave(): void {
    uploads.leave(this.#files());
    this.#empty();
  }

  discard(): void {
    for (const file of this.#files()) uploads.remove(file);
    this.#empty();
  }

  #files(): string[] {
    return this.frames.flatMap((one) => one.file ?? []);
  }

  #empty(): void {
    this.frames = [];
    this.at = 0;
    this.write();
  }
}

export function frameOf(upload: Upload): DraftFrame {
  const { key, width, height, kind } = upload;
  const frame = emptyFrame(clientId(), kind === "video" ? "video" : "photo", key);
  const size = width && height ? { width, height } : null;
  const crop = frame.kind === "photo" && size && fills(size) ? filled(size) : null;
  return { ...frame, alt: upload.alt, crop };
}
