/** How loud and how fast messages play: apart from the sounds of notifications, on this device. */
const KEY = "entregent.playback";
export const SPEEDS = [1, 1.25, 1.5, 2];

/** `captions`: null until somebody has chosen. */
type Kept = { volume: number; muted: boolean; speed: number; captions: boolean | null };

function kept(): Kept {
  const usual = { volume: 1, muted: false, speed: 1, captions: null };
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>) };
  } catch {
    return usual;
  }
}

class Playback {
  #kept = $state(kept());
  /** The browser plays without a sound until somebody presses something. */
  silenced = $state(false);
  #playing: HTMLMediaElement | null = null;

  get volume(): number {
    return this.#kept.volume;
  }

  get muted(): boolean {
    return this.#kept.muted;
  }

  /** Whether what is said is to be read: as was chosen, else where nothing is heard. */
  get reading(): boolean {
    return this.#kept.captions ?? (this.#kept.muted || this.silenced);
  }

  get speed(): number {
    return this.#kept.speed;
  }

  set(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    if (change.muted !== undefined) this.silenced = false;
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // It holds for this page, then.
    }
  }

  faster(): void {
    const next = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.set({ speed: next ?? 1 });
  }

  /** Only one thing plays at a time. */
  begin(element: HTMLMediaElement): void {
    if (this.#playing !== element) this.#playing?.pause();
    this.#playing = element;
  }
}

export const playback = new Playback();
