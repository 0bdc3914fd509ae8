/** A browser's long name in words that a member knows; a guess, and only ever shown. */
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

const first = (agent: string, known: [RegExp, string][]): string =>
  known.find(([pattern]) => pattern.test(agent))?.[1] ?? "";

export function device(agent: string): { browser: string; system: string; phone: boolean } {
  return {
    browser: first(agent, BROWSERS),
    system: first(agent, SYSTEMS),
    phone: /Mobile|iPhone|Android/.test(agent),
  };
}
