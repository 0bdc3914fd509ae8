/** A recording: from the microphone, the camera or the screen, each second of it kept at once. */
import { clock } from "../ports/clock.ts";
import { filed, setFiled } from "../ports/filed.ts";
import { files, type KeptTake } from "../ports/files.ts";
import { clientId } from "../ports/ids.ts";
import { session } from "../ports/session.svelte.ts";
import type { Id } from "../wire/words.ts";

export type Source = "voice" | "camera" | "screen";
export type Fault = "denied" | "missing" | "failed";

const SECOND = 1_000;
const PEAK_MS = 50;
/** Of messages; of a film in a story; and of one for a profile. */
export const LONGEST = {
  voice: 60 * SECOND,
  video: 180 * SECOND,
  story: 60 * SECOND,
  profile: 600 * SECOND,
};

const TYPES = {
  voice: ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus"],
  video: [
    "video/mp4;codecs=avc1.42E01E,mp4a.40.2",
    "video/webm;codecs=vp9,opus",
    "video/webm;codecs=vp8,opus",
    "video/webm",
  ],
};

export const canRecord = (): boolean =>
  typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined;

export const canShareScreen = (): boolean =>
  navigator.mediaDevices !== undefined && "getDisplayMedia" in navigator.mediaDevices;

/** From 0 to 100; soft sounds are seen, too. */
function loudness(samples: Float32Array): number {
  let most = 0;
  for (const one of samples) most = Math.max(most, Math.abs(one));
  return Math.min(100, Math.round(Math.sqrt(most) * 100));
}

function flag(place: Id, there: boolean): void {
  const member = session.me?.id;
  if (!member) return;
  const mark = `take.${place}`;
  const others = filed(member).filter((one) => one !== mark);
  setFiled(member, there ? [...others, mark] : others);
}

/** What a crash or a closed tab has left in a conversation. */
export async function left(place: Id): Promise<"voice" | "video" | null> {
  const member = session.me?.id;
  if (member) await files.open(member);
  const found = (await files.takes()).findLast((one) => one.place === place);
  if (!found) flag(place, false);
  return found?.kind ?? null;
}

export class Take {
  state = $state<"idle" | "asking" | "recording" | "paused" | "done">("idle");
  fault = $state<Fault | null>(null);
  /** In ms. */
  elapsed = $state(0);
  /** Of a voice: from 0 to 100, twenty a second. */
  peaks = $state.raw<number[]>([]);
  blob = $state.raw<Blob | null>(null);
  stream = $state.raw<MediaStream | null>(null);
  #recorder: MediaRecorder | null = null;
  #audio: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #chunks: Blob[] = [];
  #began = 0;
  #before = 0;
  #kept: KeptTake | null = null;

  constructor(
    readonly place: Id,
    readonly kind: "voice" | "video",
    /** It ends by itself after so many ms. */
    readonly longest: number = LONGEST[kind],
  ) {}

  /** The sound or picture as it is, before anything is recorded. */
  async open(source: Source): Promise<boolean> {
    this.fault = null;
    this.state = "asking";
    try {
      this.#release();
      this.stream = await this.#ask(source);
      this.state = "idle";
      return true;
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      this.fault =
        name === "NotAllowedError" ? "denied" : name === "NotFoundError" ? "missing" : "failed";
      this.state = "idle";
      return false;
    }
  }

  #ask(source: Source): Promise<MediaStream> {
    const { mediaDevices } = navigator;
    if (!mediaDevices) throw new DOMException("", "NotFoundError");
    const audio = { echoCancellation: true, noiseSuppression: true };
    if (source === "voice") return mediaDevices.getUserMedia({ audio });
    const video = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" };
    if (source === "camera") return mediaDevices.getUserMedia({ audio, video });
    return mediaDevices.getDisplayMedia({ video: true, audio: true }).then(async (screen) => {
      // What one says about it belongs to it, where there is a microphone.
      const voice = await mediaDevices.getUserMedia({ audio }).catch(() => null);
      const heard = voice?.getAudioTracks() ?? screen.getAudioTracks();
      return new MediaStream([...screen.getVideoTracks(), ...heard.slice(0, 1)]);
    });
  }

  /** Begins to record what is open. */
  begin(): void {
    const { stream } = this;
    if (!stream) return;
    const type = TYPES[this.kind].find((one) => MediaRecorder.isTypeSupported(one)) ?? "";
    const recorder = new MediaRecorder(stream, {
      ...(type ? { mimeType: type } : {}),
      ...(this.kind === "voice"
        ? { audioBitsPerSecond: 48_000 }
        : { videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 96_000 }),
    });
    this.#recorder = recorder;
    this.#chunks = [];
    this.#before = 0;
    this.elapsed = 0;
    this.peaks = [];
    this.blob = null;
    const kept: KeptTake = {
      key: clientId(),
      place: this.place,
      kind: this.kind,
      type: recorder.mimeType || type,
      at: clock.now(),
    };
    this.#kept = kept;
    const member = session.me?.id;
    if (member) void files.open(member).then(() => files.beginTake(kept));
    flag(this.place, true);
    recorder.ondataavailable = ({ data }) => {
      if (!data.size || this.#kept !== kept) return;
      this.#chunks.push(data);
      void files.addChunk(kept.key, this.#chunks.length, data);
    };
    recorder.onstop = () => this.#stopped(recorder.mimeType || type);
    // The screen is no longer shared, the microphone was pulled out: what there is is kept.
    for (const track of stream.getTracks()) track.onended = () => this.stop();
    recorder.start(SECOND);
    this.#listen(stream);
    this.#run();
  }

  #run(): void {
    this.state = "recording";
    this.#began = performance.now();
  }

  #listen(stream: MediaStream): void {
    const seen = this.kind === "voice" && stream.getAudioTracks().length;
    const audio = seen ? new AudioContext() : null;
    const analyser = audio?.createAnalyser();
    if (audio && analyser) {
      analyser.fftSize = 1_024;
      audio.createMediaStreamSource(stream).connect(analyser);
      void audio.resume();
    }
    this.#audio = audio;
    const samples = new Float32Array(analyser?.fftSize ?? 0);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (this.state !== "recording") return;
      this.elapsed = this.#before + performance.now() - this.#began;
      if (analyser) {
        analyser.getFloatTimeDomainData(samples);
        this.peaks = [...this.peaks, loudness(samples)];
      }
      if (this.elapsed >= this.longest) this.stop();
    }, PEAK_MS);
  }

  pause(): void {
    if (this.state !== "recording") return;
    this.#recorder?.pause();
    this.#before += performance.now() - this.#began;
    this.elapsed = this.#before;
    this.state = "paused";
  }

  resume(): void {
    if (this.state !== "paused") return;
    this.#recorder?.resume();
    this.#run();
  }

  stop(): void {
    if (this.state !== "recording" && this.state !== "paused") return;
    if (this.state === "recording") this.pause();
    if (this.#recorder?.state !== "inactive") this.#recorder?.stop();
  }

  #stopped(type: string): void {
    if (this.state === "idle") return;
    this.blob = new Blob(this.#chunks, { type });
    this.state = "done";
    this.#release();
  }

  /** Takes up what a crash or a closed tab has left. */
  async recover(): Promise<boolean> {
    const member = session.me?.id;
    if (!member) return false;
    await files.open(member);
    const mine = (await files.takes()).filter(
      (one) => one.place === this.place && one.kind === this.kind,
    );
    const last = mine.at(-1);
    const blob = last ? await files.recorded(last) : null;
    for (const one of mine) if (one !== last || !blob) void files.dropTake(one.key);
    if (!last || !blob) return false;
    this.#kept = last;
    if (this.kind === "voice") await this.#measure(blob);
    this.blob = blob;
    this.state = "done";
    return true;
  }

  /** How long it is and how loud: a recording of its own says neither. */
  async #measure(blob: Blob): Promise<void> {
    try {
      const audio = new OfflineAudioContext(1, 1, 16_000);
      const sound = await audio.decodeAudioData(await blob.arrayBuffer());
      const samples = sound.getChannelData(0);
      const step = Math.max(1, Math.round((sound.sampleRate * PEAK_MS) / SECOND));
      const peaks: number[] = [];
      for (let at = 0; at < samples.length; at += step)
        peaks.push(loudness(samples.subarray(at, at + step)));
      this.peaks = peaks;
      this.elapsed = sound.duration * SECOND;
    } catch {
      // It can still be heard and sent.
    }
  }

  /** It was sent, or is not wanted; the answer brings it back. */
  drop(): () => Promise<void> {
    const kept = this.#kept;
    const blob = this.blob ?? new Blob(this.#chunks, { type: kept?.type ?? "" });
    this.state = "idle";
    this.#recorder = null;
    this.blob = null;
    this.elapsed = 0;
    this.peaks = [];
    this.#release();
    if (this.#kept) void files.dropTake(this.#kept.key);
    this.#kept = null;
    flag(this.place, false);
    return async () => {
      if (!kept || !blob.size) return;
      await files.beginTake(kept);
      await files.addChunk(kept.key, 1, blob);
      flag(this.place, true);
    };
  }

  /** Nothing listens or looks any more; what was recorded stays kept. */
  close(): void {
    if (this.state === "recording" || this.state === "paused") this.stop();
    this.#release();
  }

  #release(): void {
    clearInterval(this.#timer);
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.stream = null;
    void this.#audio?.close();
    this.#audio = null;
  }
}
