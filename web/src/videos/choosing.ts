/** A film that is chosen from the files of a device. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { type Upload, uploads } from "../media/uploads.svelte.ts";

/** On its way to `place`, instead of what was there; what is no film is said to be none. */
export async function choose(
  place: string,
  list: FileList | null | undefined,
  about: { lasting?: boolean } = {},
): Promise<Upload | null> {
  const file = list?.[0];
  if (!file) return null;
  if (!file.type.startsWith("video/")) {
    notify(t("videos.not_a_film", { name: file.name }), { error: true });
    return null;
  }
  for (const other of uploads.of(place)) uploads.remove(other.key);
  return uploads.add(place, file, file.name, about);
}
