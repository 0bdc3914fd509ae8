/** How large a picture or film of the member's is, so that its place is kept before it is shown. */
const PATIENCE_MS = 4_000;

export type Size = { width: number; height: number };

export async function measured(file: Blob, url: string): Promise<Size | null> {
  const [kind] = file.type.split("/");
  try {
    if (kind === "image") {
      const bitmap = await createImageBitmap(file);
      const { width, height } = bitmap;
      bitmap.close();
      return { width, height };
    }
    if (kind === "video") return await sizeOfFilm(url);
  } catch {
    // Not one that this browser can show; the server may.
  }
  return null;
}

function sizeOfFilm(url: string): Promise<Size | null> {
  return new Promise((resolve) => {
    const film = document.createElement("video");
    const give = () =>
      resolve(film.videoWidth ? { width: film.videoWidth, height: film.videoHeight } : null);
    setTimeout(give, PATIENCE_MS);
    film.onloadedmetadata = give;
    film.onerror = () => resolve(null);
    film.preload = "metadata";
    film.muted = true;
    film.src = url;
  });
}
