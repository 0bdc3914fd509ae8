/** After the build: gives the service worker the list of files and the page that it serves offline. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Plugin } from "vite";

/** Every file of the client but the worker itself, the page, and what only tests open. */
export function keptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")}`)
    .filter(
      (path) =>
        !path.startsWith("/.vite/") &&
        !["/index.html", "/sw.js"].includes(path) &&
        !/\.(br|gz|map)$/.test(path) &&
        !/\/Gallery-/.test(path),
    )
    .sort();
}

export function offline(): Plugin {
  let folder = "";
  let failed = false;
  return {
    name: "entregent-offline",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    buildEnd(error) {
      failed = error !== undefined;
    },
    renderError() {
      failed = true;
    },
    closeBundle() {
      if (failed) return;
      const worker = join(folder, "sw.js");
      const page = readFileSync(join(folder, "index.html"), "utf8");
      const files = keptFiles(folder);
      const digest = createHash("sha256").update(page);
      for (const path of files) digest.update(path).update(readFileSync(join(folder, path)));
      const release = { version: digest.digest("hex").slice(0, 12), files, page };
      const code = readFileSync(worker, "utf8");
      if (!code.includes("__RELEASE__")) throw new Error("sw.js has no place for the release");
      writeFileSync(
        worker,
        code.replace("__RELEASE__", () => JSON.stringify(release)),
      );
    },
  };
}
