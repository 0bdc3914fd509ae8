/** Which keys a member may choose for a command. */
import type { Command } from "./registry.ts";

const TAKEN_BY_BROWSERS = new Set(
  ["l", "d", "j", "t", "n", "w", "Shift+m", "Shift+r", "Shift+t", "Shift+n", "Shift+w", "r"].map(
    (chord) => `Mod+${chord}`,
  ),
);

/** Why a member cannot choose these keys, or null. */
export function unusable(keys: string): "browser" | "system" | null {
  for (const chord of keys.split(" ")) {
    if (TAKEN_BY_BROWSERS.has(chord)) return "browser";
    if (/^(Tab|Shift\+Tab|Escape|F\d+)$/.test(chord)) return "system";
  }
  return null;
}

/** Other commands of the same scope, or global ones, that already answer to these keys. */
export function clashes<C extends Command>(
  all: C[],
  keysOf: (id: string) => string[],
  id: string,
  keys: string,
): C[] {
  const scope = all.find((one) => one.id === id)?.scope;
  return all.filter(
    (other) =>
      other.id !== id &&
      (other.scope === scope || other.scope === "global" || scope === "global") &&
      keysOf(other.id).some(
        (one) => one === keys || one.startsWith(`${keys} `) || keys.startsWith(`${one} `),
      ),
  );
}
