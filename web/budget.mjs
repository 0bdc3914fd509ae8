/**
 * What a member waits for, held: reads dist/.vite/manifest.json after a build.
 * `node budget.mjs` prints a table and fails when a number is above its limit.
 */
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const FIRST = "src/shell/Home.svelte";
const LIMITS = { firstScript: 45, firstStyle: 12, fonts: 1, route: 30 };
const FREE = [/Gallery\.svelte$/];

const dist = new URL("dist/", import.meta.url);
let manifest;
try {
  manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
} catch {
  console.error("There is no build to measure: run `vite build` first.");
  process.exit(1);
}

const sizes = new Map();
function kilobytes(file) {
  if (!sizes.has(file)) {
    const raw = readFileSync(new URL(file, dist));
    const packed = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    sizes.set(file, packed.length / 1024);
  }
  return sizes.get(file);
}

/** A chunk's files and those of everything that it imports at once. */
function closure(key, found = { scripts: new Set(), styles: new Set() }, seen = new Set()) {
  if (seen.has(key)) return found;
  seen.add(key);
  const chunk = manifest[key];
  if (chunk.file.endsWith(".js")) found.scripts.add(chunk.file);
  for (const style of chunk.css ?? []) found.styles.add(style);
  for (const other of chunk.imports ?? []) closure(other, found, seen);
  return found;
}

const sum = (files) => [...files].reduce((total, file) => total + kilobytes(file), 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry && key.endsWith(".html"));
const shell = closure(entry);
const locales = Object.keys(manifest).filter((key) => /virtual:catalogue\//.test(key));
const heaviest = locales
  .filter((key) => key.endsWith("-first"))
  .toSorted((a, b) => kilobytes(manifest[b].file) - kilobytes(manifest[a].file))[0];

const first = closure(FIRST);
const firstScripts = new Set([...shell.scripts, ...first.scripts, manifest[heaviest].file]);
const firstStyles = new Set([...shell.styles, ...first.styles]);
const fonts = new Set(
  Object.values(manifest).flatMap((chunk) =>
    [chunk.file, ...(chunk.assets ?? [])].filter((file) => file.endsWith(".woff2")),
  ),
);

/** What is there already, whichever page asks for a lazy part of it, or of a part of it. */
function before(key, asked = new Set()) {
  const asking = Object.keys(manifest).filter(
    (one) => manifest[one].dynamicImports?.includes(key) && !asked.has(one),
  );
  const sets = asking.map((one) => {
    const more = manifest[one].isDynamicEntry ? before(one, new Set([...asked, key])) : [];
    return new Set([...closure(one).scripts, ...more]);
  });
  return new Set([...(sets[0] ?? [])].filter((file) => sets.every((set) => set.has(file))));
}

const rows = [
  ["first page, script", sum(firstScripts), LIMITS.firstScript],
  ["first page, style", sum(firstStyles), LIMITS.firstStyle],
  ["fonts (number)", fonts.size, LIMITS.fonts],
];
for (const key of Object.keys(manifest)) {
  const chunk = manifest[key];
  if (!chunk.isDynamicEntry || key === FIRST || FREE.some((free) => free.test(key))) continue;
  if (locales.includes(key)) continue;
  const own = closure(key);
  const there = before(key);
  const extra = [...own.scripts].filter((file) => !shell.scripts.has(file) && !there.has(file));
  rows.push([key.replace(/^src\//, ""), sum(extra), LIMITS.route]);
}

let failed = false;
for (const [name, size, limit] of rows) {
  const over = size > limit;
  failed ||= over;
  const shown = Number.isInteger(size) ? String(size) : `${size.toFixed(1)} kB`;
  console.log(`${over ? "✗" : "✓"} ${name.padEnd(36)} ${shown.padStart(9)}  of ${limit}`);
}
console.log(`  (with ${heaviest?.split("/").at(-1)}, ${firstScripts.size} scripts, brotli 11)`);
if (failed) process.exit(1);
