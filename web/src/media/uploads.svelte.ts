/** Files on their way to the server: kept here until they are messages, two or three at a time. */
import { t } from "../kit/i18n.svelte.ts";
import { api, Refused, Unreachable } from "../ports/api.ts";
import { clock } from "../ports/clock.ts";
import { filed, setFiled } from "../ports/filed.ts";
import { files, type KeptFile } from "../ports/files.ts";
import { clientId } from "../ports/ids.ts";
import { backOff, live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";
import type { Media } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { measured } from "./measure.ts";
import { send } from "./tus.ts";

export const MOST = 10;
const AT_ONCE = 3;

export type State = "waiting" | "sending" | "there" | "refused";
export type Shape = {
  voice?: boolean;
  /** A film for a profile: it may be longer than one in a message. */
  lasting?: boolean;
  width?: number | null;
  height?: number | null;
  duration?: number | null;
  waveform?: number[] | null;
};

/** One file of the member's, from the composer until its message has left. */
export class Upload {
  readonly key: string;
  readonly place: Id;
  readonly file: Blob;
  readonly name: string;
  readonly voice: boolean;
  readonly lasting: boolean;
  readonly at: number;
  readonly waveform: number[] | null;
  readonly duration: number | null;
  width = $state<number | null>(null);
  height = $state<number | null>(null);
  alt = $state("");
  state = $state<State>("waiting");
  sent = $state(0);
  refusal = $state<string | null>(null);
  left = $state(false);
  media: Id | null;
  attempt = 0;
  /** What the server says of it, where it was made here; and the last words on their way there. */
  said: string | null = null;
  saying: Promise<void> = Promise.resolve();
  stop: AbortController | null = null;
  /** The server has looked at it and said no: trying again changes nothing. */
  final = $state(false);
  #url: string | null = null;

  constructor(kept: KeptFile) {
    this.key = kept.key;
    this.place = kept.place;
    this.file = kept.blob;
    this.name = kept.name;
    this.voice = kept.voice;
    this.lasting = kept.lasting ?? false;
    this.at = kept.at;
    this.waveform = kept.waveform;
    this.duration = kept.duration;
    this.width = kept.width;
    this.height = kept.height;
    this.alt = kept.alt;
    this.left = kept.left;
    this.media = kept.media;
  }

  get size(): number {
    return this.file.size;
  }

  get kind(): "picture" | "video" | "voice" | "audio" | "file" {
    if (this.voice) return "voice";
    const [kind] = this.file.type.split("/");
    if (kind === "image") return this.file.type === "image/svg+xml" ? "file" : "picture";
    return kind === "video" || kind === "audio" ? kind : "file";
  }

  /** The file itself, for this page to show. */
  get url(): string {
    this.#url ??= URL.createObjectURL(this.file);
    return this.#url;
  }

  get kept(): KeptFile {
    return {
      key: this.key,
      place: this.place,
      blob: this.file,
      name: this.name,
      alt: this.alt,
      voice: this.voice,
      lasting: this.lasting,
      width: this.width,
      height: this.height,
      duration: this.duration,
      waveform: this.waveform,
      media: this.media,
      at: this.at,
      left: this.left,
    };
  }

  close(): void {
    this.stop?.abort();
    if (this.#url) URL.revokeObjectURL(this.#url);
  }
}

class Uploads {
  list = $state.raw<Upload[]>([]);
  #member: Id | null = null;
  #loading: Promise<void> | null = null;
  #waiters = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener("online", () => this.#soon(0));
    session.onLeft(() => this.#clear());
  }

  /** Takes up again what an earlier page load left. */
  load(): Promise<void> {
    const member = session.me?.id ?? null;
    if (this.#member !== member || !this.#loading) {
      this.#member = member;
      this.#loading = member ? this.#load(member) : Promise.resolve();
    }
    return this.#loading;
  }

  async #load(member: Id): Promise<void> {
    await files.open(member);
    const kept = await files.all();
    if (this.#member !== member) return;
    const known = new Set(this.list.map((one) => one.key));
    this.list = [
      ...kept.filter((one) => !known.has(one.key)).map((one) => new Upload(one)),
      ...this.list,
    ];
    this.#mark();
    this.#soon(0);
  }

  /** What lies in a composer. */
  of(place: Id): Upload[] {
    return this.list.filter((one) => one.place === place && !one.left);
  }

  find(key: string): Upload | undefined {
    return this.list.find((one) => one.key === key);
  }

  /** The file here of something that the server shows. */
  behind(media: Id): Upload | undefined {
    return this.list.find((one) => one.media === media);
  }

  async add(place: Id, blob: Blob, name: string, shape: Shape = {}): Promise<Upload> {
    await this.load();
    const upload = new Upload({
      key: clientId(),
      place,
      blob,
      name,
      alt: "",
      voice: false,
      width: null,
      height: null,
      duration: null,
      waveform: null,
      media: null,
      at: clock.now(),
      left: false,
      ...shape,
    });
    this.list = [...this.list, upload];
    this.#mark();
    void files.put(upload.kept);
    this.#soon(0);
    if (upload.width === null) {
      const size = await measured(upload.file, upload.url);
      upload.width = size?.width ?? null;
      upload.height = size?.height ?? null;
      if (size && this.find(upload.key)) void files.put(upload.kept);
    }
    return upload;
  }

  describe(upload: Upload, alt: string): void {
    upload.alt = alt;
    void files.put(upload.kept);
    void this.#say(upload);
  }

  /** Tells the server what a file shows, once it knows of the file. */
  #say(upload: Upload): Promise<void> {
    upload.saying = upload.saying.then(async () => {
      const { media, alt } = upload;
      if (!media || upload.said === alt) return;
      upload.said = alt;
      // Only words beside it: where they are lost, the next ones say as much.
      await api.patch(`/api/media/${media}`, { alt }).catch(() => {});
    });
    return upload.saying;
  }

  /** Taken out of the composer; nothing of it is left anywhere. */
  remove(key: string): void {
    const upload = this.find(key);
    if (!upload) return;
    this.#forget(upload);
    if (upload.media) api.delete(`/api/media/${upload.media}`).catch(() => {});
    this.#tell();
  }

  /** Nobody here waits for it any more; what came of it on the server is left as it is. */
  forget(key: string): void {
    const upload = this.find(key);
    if (upload) this.#forget(upload);
    this.#tell();
  }

  retry(upload: Upload): void {
    if (upload.state !== "refused" || upload.final) return;
    upload.state = "waiting";
    upload.refusal = null;
    upload.attempt = 0;
    this.#soon(0);
  }

  /** The server has looked at a file that was up. */
  judged({ id, state, refusal }: Media): void {
    const upload = state === "refused" ? this.behind(id) : undefined;
    if (!upload || upload.left) return;
    upload.state = "refused";
    upload.refusal = refusal?.message ?? "";
    upload.final = true;
    this.#tell();
  }

  /** They belong to a message now, or again to the composer. */
  leave(keys: string[], left = true): void {
    for (const key of keys) {
      const upload = this.find(key);
      if (!upload || upload.left === left) continue;
      upload.left = left;
      void files.put(upload.kept);
    }
    this.list = [...this.list];
    this.#mark();
  }

  /** Their message has arrived: kept no longer, but still shown by this page. */
  arrived(keys: string[]): void {
    for (const key of keys) void files.remove(key);
  }

  /** The server's names for files, once all of them are there. */
  async settled(keys: string[]): Promise<Id[]> {
    await this.load();
    for (const key of keys) {
      const upload = this.find(key);
      if (upload) this.retry(upload);
    }
    for (;;) {
      const found = keys.map((key) => this.find(key));
      const refused = found.find((one) => one?.state === "refused");
      if (refused) throw new Refused(400, "media.refused", refused.refusal ?? "");
      if (found.includes(undefined)) throw new Refused(404, "media.gone", t("media.gone"));
      if (found.every((one) => one?.state === "there")) {
        // Its message takes along what is said of it by then.
        await Promise.all(found.map((one) => one?.saying));
        return found.map((one) => one?.media ?? "");
      }
      await new Promise<void>((resolve) => this.#waiters.add(resolve));
    }
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), ms);
  }

  #pump(): void {
    if (navigator.onLine === false) return;
    let free = AT_ONCE - this.list.filter((one) => one.state === "sending").length;
    for (const upload of this.list) {
      if (free <= 0) return;
      if (upload.state !== "waiting" || upload.stop) continue;
      free--;
      void this.#send(upload);
    }
  }

  async #send(upload: Upload): Promise<void> {
    upload.state = "sending";
    upload.stop = new AbortController();
    let wait = 0;
    const { alt } = upload;
    try {
      upload.media = await send({
        file: upload.file,
        id: upload.media,
        meta: {
          client_id: upload.key,
          filename: upload.name,
          filetype: upload.file.type,
          voice: upload.voice ? "1" : "",
          ...(upload.lasting ? { lasting: "1" } : {}),
          alt,
        },
        signal: upload.stop.signal,
        oncreated: (id) => {
          upload.media = id;
          upload.said = alt;
          void files.put(upload.kept);
        },
        onprogress: (sent) => {
          upload.sent = sent;
          upload.attempt = 0;
        },
      });
      await this.#say(upload);
      // It may have been looked at before this answer came.
      if (!upload.final) upload.state = "there";
      if (this.find(upload.key)) void files.put(upload.kept);
    } catch (error) {
      if (upload.stop.signal.aborted) return;
      if (error instanceof Refused && !error.passing) {
        upload.state = "refused";
        upload.refusal = error.message;
      } else {
        const known = error instanceof Refused || error instanceof Unreachable;
        const asked = known ? (error.retryAfter ?? 0) * 1000 : 0;
        wait = Math.max(asked, backOff(++upload.attempt));
        upload.state = "waiting";
      }
    } finally {
      upload.stop = null;
      this.#tell();
      this.#soon(wait);
    }
  }

  #forget(upload: Upload): void {
    upload.close();
    this.list = this.list.filter((one) => one !== upload);
    void files.remove(upload.key);
    this.#mark();
  }

  #tell(): void {
    const waiting = [...this.#waiters];
    this.#waiters.clear();
    for (const go of waiting) go();
  }

  #mark(): void {
    if (!this.#member) return;
    const recorded = filed(this.#member).filter((one) => one.startsWith("take."));
    const places = this.list.filter((one) => !one.left).map((one) => one.place);
    setFiled(this.#member, [...recorded, ...places]);
  }

  #clear(): void {
    for (const upload of this.list) upload.close();
    this.list = [];
    this.#member = null;
    this.#loading = null;
  }
}

export const uploads = new Uploads();

live.on("media.changed", ({ media }) => uploads.judged(media));
