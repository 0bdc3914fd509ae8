/** The files of one composer: what handles them is fetched when there are some. */
import { t } from "../kit/i18n.svelte.ts";
import { announce, notify } from "../kit/toasts.svelte.ts";
import { filed } from "../ports/filed.ts";
import type { LastMedia } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { inbox } from "./mailbox.svelte.ts";

type Composing = typeof import("../media/composing.ts");
type Upload = import("../media/composing.ts").Upload;
/** `held`: as long as the button is; `again`: one that a crash has left. */
export type Recording = { held?: boolean; again?: boolean };

export class Attaching {
  part = $state.raw<Composing | null>(null);
  recording = $state.raw<Recording | null>(null);
  filming = $state(false);
  dragging = $state(false);

  constructor(readonly id: Id) {
    const left = filed(inbox.me);
    if (left.includes(`take.${id}`)) void this.#again();
    else if (left.includes(id)) void this.#open();
  }

  /** Something was recorded and never sent. */
  async #again(): Promise<void> {
    const kind = await (await this.#open())?.left(this.id);
    if (kind === "voice") await this.record({ again: true });
    else if (kind === "video") this.filming = true;
  }

  get list(): Upload[] {
    return this.part?.uploads.of(this.id) ?? [];
  }

  /** Whether a message can be made of them. */
  get ready(): boolean {
    return this.list.length > 0 && this.list.every((one) => one.state !== "refused");
  }

  get whole(): boolean {
    return this.list.every((one) => one.state === "there");
  }

  async #open(): Promise<Composing | null> {
    try {
      this.part ??= await import("../media/composing.ts");
      await this.part.uploads.load();
      return this.part;
    } catch {
      notify(t("messaging.part_failed"), { error: true });
      return null;
    }
  }

  async add(given: Iterable<File>): Promise<void> {
    const files = [...given];
    const part = files.length ? await this.#open() : null;
    if (!part) return;
    const room = part.MOST - this.list.length;
    if (files.length > room)
      notify(t("messaging.too_many_files", { most: part.MOST }), { error: true });
    const taken = files.slice(0, Math.max(0, room));
    for (const file of taken) void part.uploads.add(this.id, file, file.name);
    if (taken.length) announce(t("messaging.files_added", { count: taken.length }));
  }

  async record(how: Recording): Promise<void> {
    if (!this.recording && (await this.#open())) this.recording = how;
  }

  async film(): Promise<void> {
    if (await this.#open()) this.filming = true;
  }

  /** They are a message now; their keys, and what a list says of them. */
  take(some: Upload[] = this.list): { files: string[]; brought: LastMedia | null } {
    const files = some.map((one) => one.key);
    this.part?.uploads.leave(files);
    const [first] = some;
    const duration = (some.length === 1 && first?.duration) || null;
    const alike = some.every((one) => one.kind === first?.kind);
    const kind = first && alike ? first.kind : "file";
    const brought = first ? { kind, count: some.length, duration } : null;
    return { files, brought };
  }

  /** They are no message after all. */
  async back(keys: string[]): Promise<void> {
    (await this.#open())?.uploads.leave(keys, false);
  }
}

/** The files of something pasted or dropped, unless it says the same in words. */
export function filesIn(data: DataTransfer | null): File[] {
  return !data || data.types.includes("text/plain") ? [] : [...data.files];
}
