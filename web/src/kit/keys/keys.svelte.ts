/** The one keyboard registry of the page: palette, tooltips, help and settings read it. */
import type { PlainKey } from "../i18n.svelte.ts";
import { ariaKeys, chordOf, printed } from "./chords.ts";
import { type Command, type Handler, Registry, type Remapping } from "./registry.ts";

export type PageCommand = Command<PlainKey>;

const registry = new Registry();
export const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
const STORED = "entregent.keys";

/** Grows when definitions, bindings or the member's keys change, so that what shows keys follows. */
let version = $state.raw(0);
let bindings = $state.raw(0);

/** Once per slice, when the client starts: what there is to be done, and by which keys. */
export function defineCommands(commands: PageCommand[]): void {
  registry.define(commands);
  version += 1;
  // What the commands do is bound when their components are there.
  setTimeout(() => {
    started = true;
    for (const { chord, at } of early.splice(0)) registry.press(chord, at, false);
  });
}

/** Pressed while the commands were still on their way: nobody should have to press twice. */
const early: { chord: string; at: number }[] = [];
const MOST_EARLY = 30;
/** The commands are here, and what was pressed before them was done: in the order of the presses. */
let started = false;

/** While a component lives: `$effect(() => onCommand({ "messaging.archive": archive }))`. */
export function onCommand(handlers: Record<string, Handler>): () => void {
  const undo = registry.bind(handlers);
  queueMicrotask(() => {
    bindings += 1;
  });
  return () => {
    undo();
    queueMicrotask(() => {
      bindings += 1;
    });
  };
}

export function runCommand(id: string): boolean {
  return registry.run(id);
}

export const keyboard = {
  get commands(): PageCommand[] {
    void version;
    return registry.all() as PageCommand[];
  },
  /** What can be done here and now. */
  get available(): PageCommand[] {
    void bindings;
    return this.commands.filter((command) => registry.isBound(command.id));
  },
  keysOf(id: string): string[] {
    void version;
    return registry.keysOf(id);
  },
  defaultsOf(id: string): string[] {
    return registry.get(id)?.keys ?? [];
  },
  /** ["Ctrl", "K"] */
  printed(id: string): string[] {
    const [first] = this.keysOf(id);
    return first ? printed(first, mac) : [];
  },
  aria(id: string | undefined): string | undefined {
    if (!id) return undefined;
    const all = this.keysOf(id).flatMap((keys) => ariaKeys(keys, mac) ?? []);
    return all.length ? all.join(" ") : undefined;
  },
  get singleKeys(): boolean {
    void version;
    return registry.singleKeys;
  },
  set singleKeys(on: boolean) {
    if (registry.singleKeys === on) return;
    registry.singleKeys = on;
    version += 1;
  },
  get remapping(): Remapping {
    void version;
    return registry.remapping;
  },
  /** Where the member moved which command; kept here, too, for a start without a network. */
  moved(keys: Record<string, string> = {}): void {
    const next = Object.fromEntries(Object.entries(keys).map(([id, one]) => [id, [one]]));
    const text = JSON.stringify(next);
    if (text === JSON.stringify(registry.remapping)) return;
    registry.remapping = next;
    localStorage.setItem(STORED, text);
    version += 1;
  },
};

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("textarea, select")) return true;
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "range", "file"].includes(target.type)
  );
}

function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  // A modal dialog owns the keyboard; Escape and Tab are the browser's there.
  if (document.querySelector("dialog:modal")) return registry.forget();
  const chord = chordOf(event, mac);
  if (!chord) return;
  // Enter and Space on a button or a link are the button's own.
  const target = event.target instanceof Element ? event.target : null;
  if ((chord === "Enter" || chord === "Space") && target?.closest("button, a[href], summary"))
    return;
  if (!started && early.length < MOST_EARLY && !isTyping(event.target)) {
    early.push({ chord, at: event.timeStamp });
    if (chord.startsWith("Mod+k")) event.preventDefault();
    return;
  }
  const result = registry.press(chord, event.timeStamp, isTyping(event.target), event);
  if (result) event.preventDefault();
}

export function startKeyboard(): () => void {
  try {
    registry.remapping = JSON.parse(localStorage.getItem(STORED) ?? "{}") as Remapping;
  } catch {
    localStorage.removeItem(STORED);
  }
  addEventListener("keydown", onKeydown);
  return () => removeEventListener("keydown", onKeydown);
}
