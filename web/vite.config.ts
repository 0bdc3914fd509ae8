import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { catalogues } from "./build/catalogues.ts";
import { icons } from "./build/icons.ts";

const server = process.env["ENTREGENT_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [catalogues(), icons(), svelte({ compilerOptions: { runes: true } })],
  build: {
    outDir: "dist",
    target: "es2023",
    // Without this Lightning CSS expands every light-dark() for browsers that we do not serve.
    cssTarget: ["chrome123", "firefox128", "safari18"],
    modulePreload: { polyfill: false },
    manifest: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: server, changeOrigin: true }, "/healthz": server },
  },
  test: { include: ["src/**/*.test.ts", "build/**/*.test.ts"], environment: "node" },
});
