/**
 * Names of key presses: "e", "Shift+e", "Mod+k", "Escape", "g h" (a sequence).
 * `Mod` is Ctrl, or ⌘ on a Mac. Shift is never named with a sign ("?", "/", "*"), because
 * which sign needs Shift depends on the keyboard (AZERTY).
 */
export interface Press {
  key: string;
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const SIGNS: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "⌦",
  Backspace: "⌫",
};
const MODIFIERS = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Fn"]);

const isLetter = (key: string): boolean => /^\p{L}$/u.test(key);

/** A Greek or Cyrillic layout types no Latin letters: there the place of the key counts. */
function latin(press: Press): string {
  if (isLetter(press.key) && !/[a-zà-ÿ]/i.test(press.key)) {
    const place = /^Key([A-Z])$/.exec(press.code ?? "");
    if (place) return (place[1] as string).toLowerCase();
  }
  return press.key;
}

/** The chord's name, or null while only a modifier is held. */
export function chordOf(press: Press, mac: boolean): string | null {
  if (MODIFIERS.has(press.key) || press.key === "Dead" || press.key === "Process") return null;
  let key = latin(press);
  const mod = mac ? press.metaKey : press.ctrlKey;
  const foreign = mac ? press.ctrlKey : press.metaKey;
  // AltGr arrives as Ctrl+Alt on Windows and types a sign there: not a chord of ours.
  const altGraph = press.ctrlKey && press.altKey;
  if (foreign && !altGraph) return null;
  const named = key.length > 1 || key === " ";
  const letter = isLetter(key);
  if (letter) key = key.toLowerCase();
  if (key === " ") key = "Space";
  const parts: string[] = [];
  if (mod && !altGraph) parts.push("Mod");
  if (press.altKey && !altGraph && (named || mod)) parts.push("Alt");
  if (press.shiftKey && (letter || named)) parts.push("Shift");
  parts.push(key);
  return parts.join("+");
}

/** WCAG 2.1.4: keys that can be pressed by accident, or by speech, and so can be switched off. */
export function isSingleCharacter(keys: string): boolean {
  return keys
    .split(" ")
    .some((chord) => !chord.includes("Mod+") && [...chord.replace(/^Shift\+/, "")].length === 1);
}

/** How a chord is printed: ["G", "H"], ["Ctrl", "K"]. */
export function printed(keys: string, mac: boolean): string[] {
  return keys.split(" ").flatMap((chord) => {
    const parts = chord === "+" ? ["+"] : chord.split("+");
    return parts.map((part) => {
      if (part === "Mod") return mac ? "⌘" : "Ctrl";
      if (part === "Shift") return "⇧";
      if (part === "Alt") return mac ? "⌥" : "Alt";
      if (part === "Escape") return "Esc";
      if (part === "Enter") return "↵";
      return SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    });
  });
}

/** For `aria-keyshortcuts`, which knows chords but no sequences. */
export function ariaKeys(keys: string, mac: boolean): string | undefined {
  if (keys.includes(" ")) return undefined;
  return keys.replace("Mod", mac ? "Meta" : "Control");
}
