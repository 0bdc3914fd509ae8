/** Theme, density, shortcuts: shown at once on <html>; who stores them is the caller's matter. */
export type Theme = "auto" | "light" | "dark";
export type Density = "comfortable" | "compact";

let theme = $state.raw<Theme>("auto");
let density = $state.raw<Density>("comfortable");

export const preferences = {
  get theme(): Theme {
    return theme;
  },
  get density(): Density {
    return density;
  },
  /** Height of a conversation row, as the token --row has it. */
  get row(): number {
    return density === "compact" ? 44 : 64;
  },
};

export function showTheme(chosen: Theme): void {
  theme = chosen;
  const root = document.documentElement;
  if (chosen === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = chosen;
}

export function showDensity(chosen: Density): void {
  density = chosen;
  document.documentElement.dataset["density"] = chosen;
}
