/** Files on their way into a story: which of them may be a frame. */
import { t } from "../../kit/i18n.svelte.ts";
import { announce, notify } from "../../kit/toasts.svelte.ts";
import { type Draft, MOST_FRAMES } from "./draft.svelte.ts";

const LONGEST_S = 60.5;
const PATIENCE_MS = 4_000;

type Unfit = "kind" | "long";

async function unfit(file: Blob): Promise<Unfit | null> {
  const [kind] = file.type.split("/");
  if (kind === "image" && file.type !== "image/svg+xml") return null;
  if (kind !== "video") return "kind";
  return (await lasts(file)) > LONGEST_S ? "long" : null;
}

/** In seconds; 0 where this browser cannot tell: then the server does. */
function lasts(file: Blob): Promise<number> {
  const url = URL.createObjectURL(file);
  return new Promise<number>((resolve) => {
    const film = document.createElement("video");
    const give = () => resolve(Number.isFinite(film.duration) ? film.duration : 0);
    setTimeout(give, PATIENCE_MS);
    film.onloadedmetadata = give;
    film.onerror = () => resolve(0);
    film.preload = "metadata";
    film.muted = true;
    film.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}

/** One after the other, in the order in which they were chosen. */
export async function addFiles(draft: Draft, given: Iterable<File>): Promise<void> {
  const files = [...given];
  if (files.length > draft.room)
    notify(t("stories.composer_too_many", { most: MOST_FRAMES }), { error: true });
  for (const file of files) {
    if (draft.room <= 0) break;
    const why = await unfit(file);
    if (why) notify(t(`stories.composer_unfit_${why}`, { name: file.name }), { error: true });
    else await draft.addFile(file, file.name);
  }
  announce(t("stories.composer_count", { count: draft.frames.length }));
}
