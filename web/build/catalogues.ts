/**
 * The `en.json` / `fr.json` pair of each slice → typed keys, and per locale two chunks: what the
 * first page can say, and the rest.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { keysIn, split, staticClosure } from "./first.ts";
import { type Catalogue, catalogueCode, catalogueFaults, catalogueTypes } from "./messages.ts";

export const LOCALES = ["en", "fr"] as const;
const INDEX = "virtual:catalogues";
const ONE = "virtual:catalogue/";
/** What is shown first: the frame and the home page. */
const FIRST = ["shell/main.ts", "shell/App.svelte", "shell/Home.svelte"];

/** All slices' messages of one locale; a key starts with its slice's name. */
export function readCatalogue(source: string, locale: string): Catalogue {
  const merged: Catalogue = {};
  for (const slice of readdirSync(source).sort()) {
    let text: string;
    try {
      text = readFileSync(join(source, slice, `${locale}.json`), "utf8");
    } catch {
      continue;
    }
    for (const [key, message] of Object.entries(JSON.parse(text) as Catalogue)) {
      if (!key.startsWith(`${slice}.`))
        throw new Error(`${slice}/${locale}.json: ${key} must start with “${slice}.”`);
      merged[key] = message;
    }
  }
  return merged;
}

export function readCatalogues(source: string): Record<string, Catalogue> {
  return Object.fromEntries(LOCALES.map((locale) => [locale, readCatalogue(source, locale)]));
}

export function writeTypes(root: string): string[] {
  const catalogues = readCatalogues(join(root, "src"));
  const faults = catalogueFaults(catalogues);
  if (!faults.length) {
    mkdirSync(join(root, ".generated"), { recursive: true });
    writeFileSync(
      join(root, ".generated", "catalogues.d.ts"),
      catalogueTypes(catalogues["en"] ?? {}),
    );
  }
  return faults;
}

/** Every `t("…")` names a message that exists. */
function unknownKeys(code: string, known: Catalogue): string[] {
  return [...code.matchAll(/\bt\(\s*"([a-z_]+\.[\w.]+)"/g)]
    .map((match) => match[1] as string)
    .filter((key) => !(key in known));
}

export function catalogues(): Plugin {
  let source = "";
  let root = "";
  let english: Catalogue = {};
  return {
    name: "entregent-catalogues",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
      source = join(root, "src");
    },
    buildStart() {
      const faults = writeTypes(root);
      if (faults.length) this.error(`Catalogues:\n  ${faults.join("\n  ")}`);
      english = readCatalogue(source, "en");
    },
    resolveId(id) {
      return id === INDEX || id.startsWith(ONE) ? `\0${id}` : null;
    },
    load(id) {
      if (id === `\0${INDEX}`) {
        const part = (locale: string, name: string) =>
          `${name}: () => import("${ONE}${locale}-${name}")`;
        const loads = LOCALES.map(
          (locale) => `${locale}: { ${part(locale, "first")}, ${part(locale, "rest")} }`,
        );
        return `export const catalogues = { ${loads.join(", ")} };`;
      }
      if (id.startsWith(`\0${ONE}`)) {
        const [locale = "", name] = id.slice(ONE.length + 1).split("-");
        const modules = staticClosure(FIRST.map((path) => join(source, path)));
        // Names of commands are read in the palette and the help sheet, not at first; what
        // invitations say is said after an action.
        for (const file of modules.keys())
          if (/\/(commands|invitations\.svelte)\.ts$/.test(file)) modules.delete(file);
        const named = keysIn(modules.values(), english);
        // The frame names commands by their ids, and these are their labels' keys, too.
        for (const key of named)
          if (/\.go_|^(shell\.palette|messaging\.archive)$/.test(key)) named.delete(key);
        const parts = split(readCatalogue(source, locale), named);
        return catalogueCode(parts[name === "first" ? "first" : "rest"]);
      }
      return null;
    },
    transform(code, id) {
      if (!id.startsWith(source) || !/\.(svelte|ts)$/.test(id) || id.endsWith(".test.ts")) return;
      const unknown = unknownKeys(code, english);
      if (unknown.length) this.error(`No message named ${unknown.join(", ")} in the catalogues`);
    },
    handleHotUpdate({ file, server }) {
      if (!/\/(en|fr)\.json$/.test(file) || !file.startsWith(source)) return;
      const faults = writeTypes(root);
      if (faults.length) server.config.logger.error(faults.join("\n"));
      english = readCatalogue(source, "en");
      server.moduleGraph.invalidateAll();
      server.ws.send({ type: "full-reload" });
    },
  };
}
