/** How many conversations wait, where the page is not seen: the tab's title and picture, the app's. */
const SIZE = 64;
const PICTURE = "/icon.svg";

type Badged = Navigator & {
  setAppBadge?: (count: number) => Promise<void>;
  clearAppBadge?: () => Promise<void>;
};

const COUNTED = /^\(\d+\) /;

let drawn = 0;
let watch: MutationObserver | null = null;
let original: string | null = null;
let picture: Promise<HTMLImageElement> | null = null;

function load(): Promise<HTMLImageElement> {
  picture ??= new Promise((resolve, reject) => {
    const image = new Image(SIZE, SIZE);
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = PICTURE;
  });
  return picture;
}

/** Exact where two digits tell it, and a dot where no eye could read more. */
function mark(pen: CanvasRenderingContext2D, count: number): void {
  const text = count < 100 ? String(count) : "";
  const radius = text ? 20 : 14;
  pen.fillStyle = "#ba1d27";
  pen.beginPath();
  pen.arc(SIZE - radius, SIZE - radius, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = "#fff";
  pen.font = `700 ${text.length > 1 ? 26 : 30}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, SIZE - radius, SIZE - radius + 2);
}

async function draw(count: number): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  original ??= link.href;
  if (!count) {
    link.href = original;
    return;
  }
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.drawImage(await load(), 0, 0, SIZE, SIZE);
  if (count !== drawn) return;
  mark(pen, count);
  link.href = canvas.toDataURL();
}

/** Pages name themselves; the number stands before whatever name that is. */
function title(): void {
  const bare = document.title.replace(COUNTED, "");
  const wanted = drawn ? `(${drawn}) ${bare}` : bare;
  if (document.title !== wanted) document.title = wanted;
}

export function showWaiting(count: number): void {
  if (count === drawn) return;
  drawn = count;
  const element = document.querySelector("title");
  if (element && !watch) {
    watch = new MutationObserver(title);
    watch.observe(element, { childList: true, characterData: true, subtree: true });
  }
  title();
  void draw(count).catch(() => undefined);
  const { setAppBadge, clearAppBadge } = navigator as Badged;
  if (count) void setAppBadge?.call(navigator, count).catch(() => undefined);
  else void clearAppBadge?.call(navigator).catch(() => undefined);
}
