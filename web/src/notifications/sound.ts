/** Two short notes, made here: no file, and as loud as the member likes. */
import type { NoticeSettings } from "../wire/types.ts";
import { isQuiet } from "./quiet.ts";

const APART_MS = 1_500;
let context: AudioContext | null = null;
let last = Number.NEGATIVE_INFINITY;

function note(audio: AudioContext, pitch: number, start: number, volume: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(volume, start + 0.012);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.32);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.34);
}

/** From 0 to 100; ears hear loudness by its square. */
export function play(volume: number): void {
  try {
    context ??= new AudioContext();
    void context.resume();
    const loud = (Math.min(100, Math.max(0, volume)) / 100) ** 2 * 0.5;
    if (!loud) return;
    note(context, 659.25, context.currentTime, loud);
    note(context, 987.77, context.currentTime + 0.09, loud);
  } catch {
    // A machine without sound.
  }
}

/** For a message: in one tab only, not in quiet hours, and once for many that come together. */
export function ring(chosen: NoticeSettings, now: number): void {
  if (!chosen.sound.on || isQuiet(chosen, now) || now - last < APART_MS) return;
  last = now;
  if (!navigator.locks) return play(chosen.sound.volume);
  // Whoever gets it first plays; the others, a moment later, find it taken.
  void navigator.locks.request("entregent.sound", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    play(chosen.sound.volume);
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  });
}
