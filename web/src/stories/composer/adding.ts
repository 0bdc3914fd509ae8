/** Which files may be a frame. */
const LONGEST_S = 60.5;
const PATIENCE_MS = 4_000;

export type Unfit = "kind" | "long";

export async function unfit(file: Blob): Promise<Unfit | null> {
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
