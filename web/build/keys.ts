/** `npm run check` needs the typed keys before anything is built. */
import { fileURLToPath } from "node:url";
import { writeTypes } from "./catalogues.ts";

const faults = writeTypes(fileURLToPath(new URL("..", import.meta.url)));
if (faults.length) {
  console.error(`Catalogues:\n  ${faults.join("\n  ")}`);
  process.exit(1);
}
