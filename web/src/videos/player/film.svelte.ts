/** What plays on the stage: one element for the video and for all that answers it. */
import { playback, SPEEDS } from "../../media/playback.svelte.ts";

export const STEP_MS = 5_000;
const LOUDER = 0.1;

type Full = HTMLVideoElement & { webkitEnterFullscreen?: () => void };

export class Film {
  element = $state.raw<HTMLVideoElement | null>(null);
  playing = $state(false);
  /** In ms. */
  at = $state(0);
  length = $state(0);
  waiting = $state(false);
  failed = $state(false);
  /** It was begun once: until then there is a large button on it. */
  begun = $state(false);
  /** The browser would not let it be heard without a press. */
  hushed = $state(false);
  full = $state(false);

  get muted(): boolean {
    return playback.muted || this.hushed;
  }

  get speed(): number {
    return playback.speed;
  }

  get volume(): number {
    return playback.volume;
  }

  /** Another film takes its place. */
  change(length: number): void {
    this.at = 0;
    this.length = length;
    this.failed = false;
    this.waiting = false;
  }

  /** As loud and as fast as was chosen on this device. */
  tune(): void {
    const { element } = this;
    if (!element) return;
    element.muted = this.muted;
    element.volume = playback.volume;
    element.playbackRate = playback.speed;
  }

  async play(): Promise<void> {
    const { element } = this;
    if (!element) return;
    this.begun = true;
    this.failed = false;
    playback.begin(element);
    this.tune();
    try {
      await element.play();
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      // Another film was put in its place meanwhile.
      if (name === "AbortError" || element !== this.element) return;
      if (name !== "NotAllowedError") {
        this.failed = true;
        return;
      }
      // Where it may not even be shown without a press, it waits for one.
      if (element.muted) return;
      this.hushed = true;
      element.muted = true;
      await element.play().catch(() => {
        this.hushed = false;
      });
    }
  }

  pause(): void {
    this.element?.pause();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  seek(ms: number): void {
    const to = Math.max(0, Math.min(ms, this.length || ms));
    this.at = to;
    if (this.element) this.element.currentTime = to / 1_000;
  }

  step(ms: number): void {
    this.seek(this.at + ms);
  }

  mute(on = !this.muted): void {
    this.hushed = false;
    playback.set({ muted: on, ...(!on && playback.volume === 0 ? { volume: 1 } : {}) });
    this.tune();
  }

  loud(volume: number): void {
    this.hushed = false;
    playback.set({ volume: Math.max(0, Math.min(1, volume)), muted: false });
    this.tune();
  }

  louder(way: 1 | -1): void {
    this.loud(Math.round((playback.volume + way * LOUDER) * 10) / 10);
  }

  pace(speed: number): void {
    if (SPEEDS.includes(speed)) playback.set({ speed });
    this.tune();
  }

  async fill(stage: HTMLElement | undefined): Promise<void> {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else if (stage?.requestFullscreen) await stage.requestFullscreen();
      else (this.element as Full | null)?.webkitEnterFullscreen?.();
    } catch {
      // The browser does not let this page have the screen.
    }
  }

  /** What the element says of itself. */
  hear(event: Event): void {
    const { element } = this;
    if (!element || event.target !== element) return;
    switch (event.type) {
      case "play":
        this.begun = true;
        this.playing = true;
        break;
      case "pause":
      case "ended":
        this.playing = false;
        break;
      case "waiting":
        this.waiting = true;
        break;
      case "playing":
      case "seeked":
      case "canplay":
        this.waiting = false;
        break;
      case "error":
        this.failed = true;
        this.playing = false;
        break;
      case "loadedmetadata":
      case "durationchange":
        this.failed = false;
        if (Number.isFinite(element.duration)) this.length = element.duration * 1_000;
        this.tune();
        break;
    }
    if (event.type === "timeupdate" || event.type === "ended")
      this.at = element.currentTime * 1_000;
  }
}
