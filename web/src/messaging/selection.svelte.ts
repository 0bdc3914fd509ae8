/** The conversations that are selected: by name, and whether they are all that a view has. */
import type { Id } from "../wire/words.ts";
import type { Everything } from "./actions.ts";
import { inbox } from "./mailbox.svelte.ts";
import type { View } from "./model.ts";

export class Selection {
  #ids = new Set<Id>();
  /** The view of which all is selected, but for these. */
  #whole: View | null = null;
  #except = new Set<Id>();
  #version = $state(0);
  anchor: Id | null = null;

  get count(): number {
    void this.#version;
    return this.#ids.size;
  }

  has(id: Id | undefined): boolean {
    void this.#version;
    return id !== undefined && this.#ids.has(id);
  }

  get ids(): Id[] {
    void this.#version;
    return [...this.#ids];
  }

  /** What the server is told of a selection that is too large to be named. */
  get all(): Everything | undefined {
    return this.#whole ? { view: this.#whole, except: [...this.#except] } : undefined;
  }

  toggle(id: Id): void {
    if (this.#ids.delete(id)) this.#except.add(id);
    else {
      this.#ids.add(id);
      this.#except.delete(id);
    }
    this.anchor = id;
    this.#version++;
  }

  /** From where the last one was selected to here. */
  extend(view: View, from: Id, to: Id): void {
    const { list } = inbox.view(view);
    this.anchor ??= from;
    const [a, b] = [list.indexOf(this.anchor), list.indexOf(to)].sort((x, y) => x - y);
    for (const id of list.slice(Math.max(0, a ?? 0), (b ?? 0) + 1)) {
      this.#ids.add(id);
      this.#except.delete(id);
    }
    this.#version++;
  }

  /** All that match; `which` narrows it to what is, or is not, unread. */
  async everything(view: View, which?: "read" | "unread"): Promise<void> {
    // The unread are known then, too, so that the counts stay exact whatever is done next.
    const [ids, waiting] = await Promise.all([
      inbox.everything(view),
      inbox.everything("unread"),
      inbox.everything("awaiting_me"),
    ]);
    const unread = which && new Set(waiting);
    this.#ids = new Set(unread ? ids.filter((id) => unread.has(id) === (which === "unread")) : ids);
    this.#whole = which ? null : view;
    // What has come since, and is not seen yet, is nobody's choice.
    this.#except = new Set(inbox.view(view).waiting);
    this.#version++;
  }

  clear(): boolean {
    if (!this.#ids.size) return false;
    this.#ids = new Set();
    this.#whole = null;
    this.#except.clear();
    this.#version++;
    return true;
  }
}
