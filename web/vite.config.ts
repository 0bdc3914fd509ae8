import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { catalogues } from "./build/catalogues.ts";
import { emoji } from "./build/emoji.ts";
import { staticClosure } from "./build/first.ts";
import { icons } from "./build/icons.ts";
import { offline } from "./build/offline.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const frame = staticClosure([at("src/shell/start.ts"), at("src/shell/App.svelte")]);
const library = /node_modules\/(svelte|idb|esm-env|clsx)\//;
/** Of Svelte, what only pages with forms use. */
const formsOnly =
  /bindings\/(select|input|size|media|navigator|online|universal)|shared\/clone|blocks\/(key|svelte-element|html|snippet-boundary)/;
/** What nearly every page is made of or shows, too; in one file it also packs smaller. */
const everywhere =
  /\/kit\/(Button|Spinner|Columns|Section)\.svelte|\/messaging\/(ConversationRow\.svelte|titles\.ts)|\/profiles\/people\.ts|\/chevron-right\.svg/;
const server = process.env["ENTREGENT_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [
    catalogues(),
    icons(),
    emoji(),
    svelte({ compilerOptions: { runes: true } }),
    offline(),
  ],
  build: {
    outDir: "dist",
    target: "es2023",
    // Without this Lightning CSS expands every light-dark() for browsers that we do not serve.
    cssTarget: ["chrome123", "firefox128", "safari18"],
    modulePreload: { polyfill: false },
    manifest: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: "index.html", sw: "src/shell/sw.ts" },
      output: {
        // One file for all that every page needs: a dozen small ones cost a dozen round trips.
        codeSplitting: {
          groups: [
            {
              name: "frame",
              test: (id) =>
                frame.has(id.split("?")[0] ?? "") ||
                everywhere.test(id) ||
                (library.test(id) && !formsOnly.test(id)),
            },
            // What the pile, its rules, its queue and its log share.
            { name: "triage", test: /\/invitations\/triage\/[^/]+\.ts$/ },
            // Pictures of a few bytes: each file's name would cost the first page as much.
            { name: "icons", test: /\.svg\?path$/, minShareCount: 2 },
          ],
        },
        // The first page knows all names, and chance cannot be compressed: seven signs are enough.
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash:7].js"),
        chunkFileNames: "assets/[name]-[hash:7].js",
        assetFileNames: "assets/[name]-[hash:7][extname]",
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: server, changeOrigin: true }, "/healthz": server },
  },
  test: { include: ["src/**/*.test.ts", "build/**/*.test.ts"], environment: "node" },
});
