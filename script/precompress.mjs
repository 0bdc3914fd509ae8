// Write .br and .gz beside each text file of the built client, so that the server never compresses.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXT = /\.(?:css|html|js|json|map|mjs|svg|txt|webmanifest|xml)$/;
const TOO_SMALL = 256;
const br = promisify(brotliCompress);
const gz = promisify(gzip);

async function squeeze(path) {
  const content = await readFile(path);
  if (content.length < TOO_SMALL) return;
  const hints = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  };
  const [small, middle] = await Promise.all([br(content, { params: hints }), gz(content, { level: 9 })]);
  if (small.length < content.length) await writeFile(`${path}.br`, small);
  if (middle.length < content.length) await writeFile(`${path}.gz`, middle);
}

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const served = (entry) => entry.isFile() && TEXT.test(entry.name) && !/[/\\]\./.test(entry.parentPath);
const files = entries.filter(served);
await Promise.all(files.map((entry) => squeeze(join(entry.parentPath, entry.name))));
