/** Commands and the keys that run them; pure, without document or clock. */
import { isSingleCharacter } from "./chords.ts";

export type Handler = (event?: KeyboardEvent) => unknown;

export interface Command<Label extends string = string> {
  /** "messaging.archive" */
  id: string;
  label: Label;
  /** One or more alternatives; a sequence has a space in it: "g h". */
  keys: string[];
  /** Heading under which help, settings and palette show it. */
  scope: Scope;
  /** Also while a field is being typed in (only chords with Mod, Escape, Enter). */
  typing?: boolean;
  /** Not worth a line in the palette (moving the cursor, for example). */
  quiet?: boolean;
}

export type Scope = "global" | "list" | "thread" | "composer";
export const SCOPES: Scope[] = ["global", "list", "thread", "composer"];

export type Remapping = Record<string, string[]>;

/** After this long a begun sequence is forgotten. */
export const SEQUENCE_MS = 1000;

export class Registry {
  private readonly commands = new Map<string, Command>();
  private readonly handlers = new Map<string, Handler[]>();
  private begun = "";
  private begunAt = Number.NEGATIVE_INFINITY;
  remapping: Remapping = {};
  /** False: no command is run by a single character. */
  singleKeys = true;

  define(commands: Command[]): void {
    for (const command of commands) this.commands.set(command.id, command);
  }

  all(): Command[] {
    return [...this.commands.values()];
  }

  get(id: string): Command | undefined {
    return this.commands.get(id);
  }

  keysOf(id: string): string[] {
    const keys = this.remapping[id] ?? this.commands.get(id)?.keys ?? [];
    return this.singleKeys ? keys : keys.filter((one) => !isSingleCharacter(one));
  }

  /** The last one to come is asked first; it answers `false` to pass the press on. */
  bind(handlers: Record<string, Handler>): () => void {
    for (const [id, handler] of Object.entries(handlers)) {
      const stack = this.handlers.get(id);
      if (stack) stack.push(handler);
      else this.handlers.set(id, [handler]);
    }
    return () => {
      for (const [id, handler] of Object.entries(handlers)) {
        const stack = (this.handlers.get(id) ?? []).filter((one) => one !== handler);
        if (stack.length) this.handlers.set(id, stack);
        else this.handlers.delete(id);
      }
    };
  }

  isBound(id: string): boolean {
    return this.handlers.has(id);
  }

  run(id: string, event?: KeyboardEvent): boolean {
    for (const handler of [...(this.handlers.get(id) ?? [])].reverse())
      if (handler(event) !== false) return true;
    return false;
  }

  /**
   * Feeds one chord. "ran": a command took it. "begun": it starts a sequence. Narrow scopes are
   * asked before global ones, so a list may use a key that means something else elsewhere.
   */
  press(
    chord: string,
    now: number,
    typing: boolean,
    event?: KeyboardEvent,
  ): "ran" | "begun" | null {
    const begun = now - this.begunAt <= SEQUENCE_MS ? this.begun : "";
    this.begun = "";
    const candidates = this.all()
      .filter((command) => this.isBound(command.id) && (!typing || command.typing))
      .reverse()
      .sort((a, b) => Number(a.scope === "global") - Number(b.scope === "global"));
    for (const whole of begun ? [`${begun} ${chord}`, chord] : [chord]) {
      for (const command of candidates)
        if (this.keysOf(command.id).includes(whole) && this.run(command.id, event)) return "ran";
      if (
        candidates.some((command) => this.keysOf(command.id).some((k) => k.startsWith(`${whole} `)))
      ) {
        this.begun = whole;
        this.begunAt = now;
        return "begun";
      }
    }
    return null;
  }

  forget(): void {
    this.begun = "";
  }
}
