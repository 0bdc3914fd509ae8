/** Which subtitles are shown: chosen once for this device, else what helps who is watching. */
const KEY = "entregent.subtitles";

/** "auto" until somebody has chosen; "" is none. */
export type Wish = "auto" | string;

export function wished(): Wish {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto";
  }
}

export function wish(language: Wish): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // It holds for this page, then.
  }
}

/** Languages come as `fr` or `fr-CH`: what is before the hyphen is what one understands. */
const base = (language: string): string => language.split("-")[0] ?? language;

function nearest(tracks: readonly string[], language: string): string | undefined {
  return (
    tracks.find((one) => one === language) ?? tracks.find((one) => base(one) === base(language))
  );
}

type About = {
  /** What the film is spoken in, and what its viewer reads. */
  spoken: string;
  read: string;
  muted: boolean;
};

/** The language shown now; null for none. */
export function shown(tracks: readonly string[], choice: Wish, about: About): string | null {
  if (!tracks.length || choice === "") return null;
  const mine = nearest(tracks, about.read);
  if (choice !== "auto") return nearest(tracks, choice) ?? mine ?? tracks[0] ?? null;
  // Whoever hears nothing reads; whoever does not know the language reads in the own one.
  if (about.muted) return mine ?? nearest(tracks, about.spoken) ?? tracks[0] ?? null;
  return base(about.spoken) === base(about.read) ? null : (mine ?? null);
}

/** Whoever reads what is said in a short film reads it in the language that they chose for videos,
 * else in their own, else in any that there is. */
export const toRead = (tracks: readonly string[], read: string): string | null =>
  shown(tracks, wished() || "auto", { spoken: "", read, muted: true });
