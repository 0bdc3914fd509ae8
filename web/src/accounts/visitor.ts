/** Language and theme on this device, for pages that are seen before signing in. */
import type { Locale } from "../kit/i18n.svelte.ts";

interface Visitor {
  language?: Locale;
  theme?: string;
}

const STORED = "entregent.visitor";

export const visitor = {
  read(): Visitor {
    try {
      return JSON.parse(localStorage.getItem(STORED) ?? "{}") as Visitor;
    } catch {
      return {};
    }
  },
  write(chosen: Visitor): void {
    try {
      localStorage.setItem(STORED, JSON.stringify({ ...visitor.read(), ...chosen }));
    } catch {
      // Private browsing without storage: the choice lasts as long as the page.
    }
  },
};
