/** A photo or a cover: cut here, sent like any other file, then shown; and taken away again. */
import { sentence } from "../accounts/sentence.ts";
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { type Upload, uploads } from "../media/uploads.svelte.ts";
import { api, Refused } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";
import type { Media } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { boxOf, type Size, sentAs, type View } from "./crop.ts";
import type { Profile } from "./model.ts";
import type { OneProfile } from "./profile.svelte.ts";

export type Kind = "photo" | "cover";
export const RATIO: Record<Kind, number> = { photo: 1, cover: 4 };
const WIDEST: Record<Kind, number> = { photo: 1000, cover: 2400 };
const LOOK_MS = 2_000;

/** What pictures were cut from, as long as this page is open: they can be cut anew. */
const originals = new Map<Id, { file: Blob; view: View }>();
session.onLeft(() => originals.clear());

export function originalOf(id: Id): { file: Blob; view: View } | null {
  return originals.get(id) ?? null;
}

/** Loads it; throws what is no picture to this browser. */
export async function loaded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  if (!image.naturalWidth) throw new Error("no size");
  return image;
}

/** The part of it, as a file of its own. */
export async function cut(image: HTMLImageElement, kind: Kind, view: View): Promise<Blob> {
  const size: Size = { width: image.naturalWidth, height: image.naturalHeight };
  const box = boxOf(size, RATIO[kind], view);
  const { width, height } = sentAs(box, RATIO[kind], WIDEST[kind]);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff"; // below what lets light through
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, box.left, box.top, box.width, box.height, 0, 0, width, height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
      "image/jpeg",
      0.92,
    ),
  );
}

/** One picture on its way. */
export class Sending {
  upload = $state.raw<Upload | null>(null);

  get done(): number {
    const { upload } = this;
    return upload ? Math.min(1, upload.sent / upload.size) : 0;
  }

  /** Gives the profile with the picture on it. */
  async send(kind: Kind, blob: Blob): Promise<Profile> {
    const place = `profile.${kind}`;
    await uploads.load();
    // What an earlier page began and nobody waits for any more.
    for (const old of uploads.list.filter((one) => one.place === place)) uploads.forget(old.key);
    const upload = await uploads.add(place, blob, `${kind}.jpg`);
    this.upload = upload;
    uploads.leave([upload.key]);
    const [id = ""] = await uploads.settled([upload.key]);
    await ready(id);
    const profile = await api.put<Profile>(`/api/profile/${kind}`, { media_id: id });
    uploads.arrived([upload.key]);
    return profile;
  }
}

/** The server has looked at it and made it anew. */
async function ready(id: Id): Promise<void> {
  let tell = () => {};
  const stop = live.on("media.changed", ({ media }) => {
    if (media.id === id) tell();
  });
  try {
    for (;;) {
      const heard = new Promise<void>((resolve) => {
        tell = resolve;
        setTimeout(resolve, LOOK_MS);
      });
      const media = await api.get<Media>(`/api/media/${id}`);
      if (media.state === "ready") return;
      if (media.state === "refused")
        throw new Refused(422, media.refusal?.code ?? "", media.refusal?.message ?? "");
      await heard;
    }
  } finally {
    stop();
  }
}

function said(key: Id | null | undefined, kind: Kind): string {
  if (kind === "photo") return t(key ? "profiles.photo_set" : "profiles.photo_removed");
  return t(key ? "profiles.cover_set" : "profiles.cover_removed");
}

/** Shows the profile as it is now, and offers the way back. */
export function changed(one: OneProfile, kind: Kind, profile: Profile, before: Media | null): void {
  one.profile = profile;
  notify(said(profile[kind]?.id, kind), { undo: () => put(one, kind, before?.id ?? null) });
}

/** Another picture of the member's, or none. */
export async function put(one: OneProfile, kind: Kind, id: Id | null): Promise<void> {
  try {
    const path = `/api/profile/${kind}`;
    one.profile = id
      ? await api.put<Profile>(path, { media_id: id })
      : await api.delete<Profile>(path);
  } catch (error) {
    notify(sentence(error), { error: true });
  }
}

export function keep(profile: Profile, kind: Kind, file: Blob, view: View): void {
  const id = profile[kind]?.id;
  if (id) originals.set(id, { file, view });
}
