/** Subtitles of what plays, each fetched when it is first shown. */
import { api } from "../../ports/api.ts";
import type { Id } from "../../wire/words.ts";
import type { Cue, Track } from "../told.ts";

/** Where the subtitles of a video, or of a film that answers it, are kept. */
export const subtitlesPath = (author: Id, video: Id, language: string): string =>
  `/api/videos/${author}/${video}/subtitles/${language}`;

const NONE: Cue[] = [];

export class Tracks {
  #all = $state.raw<Record<string, Cue[]>>({});
  #asked = new Set<string>();

  constructor(
    readonly author: Id,
    readonly video: Id,
  ) {}

  /** Empty until they are here; asking brings them. */
  of(reply: Id | null, language: string): Cue[] {
    const key = `${reply ?? ""} ${language}`;
    const here = this.#all[key];
    if (here) return here;
    if (!this.#asked.has(key)) {
      this.#asked.add(key);
      void this.load(reply, language).catch(() => this.#asked.delete(key));
    }
    return NONE;
  }

  /** What is here already. */
  peek(reply: Id | null, language: string): Cue[] {
    return this.#all[`${reply ?? ""} ${language}`] ?? NONE;
  }

  async load(reply: Id | null, language: string): Promise<Cue[]> {
    const path = subtitlesPath(this.author, this.video, language);
    const { cues } = await api.get<Track>(path, { query: { reply } });
    this.put(reply, language, cues);
    return cues;
  }

  put(reply: Id | null, language: string, cues: Cue[]): void {
    const key = `${reply ?? ""} ${language}`;
    this.#asked.add(key);
    this.#all = { ...this.#all, [key]: cues };
  }

  /** They were changed elsewhere. */
  forget(): void {
    this.#asked.clear();
    this.#all = {};
  }
}
