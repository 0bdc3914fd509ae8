/** What a composer needs once files are in it: fetched with the first of them. */
export { default as Recorder } from "./Recorder.svelte";
export { default as Tray } from "./Tray.svelte";
export { left } from "./taking.svelte.ts";
export { MOST, type Upload, uploads } from "./uploads.svelte.ts";
