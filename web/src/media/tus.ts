/** Sending a file in parts (tus 1.0): what has arrived is never sent twice. */
import { Refused, Unreachable } from "../ports/api.ts";
import type { ErrorBody, Id } from "../wire/words.ts";

const PART = 2 * 1024 * 1024;
const VERSION = "1.0.0";

export type Meta = Record<string, string>;
export type Sending = {
  file: Blob;
  meta: Meta;
  /** As the server called it, where a part of it may be there already. */
  id: Id | null;
  signal: AbortSignal;
  oncreated: (id: Id) => void;
  onprogress: (sent: number) => void;
};

type Answer = { status: number; header: (name: string) => string | null; body: unknown };

/** An XMLHttpRequest, for fetch() cannot tell how much of a body has gone. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Blob | null,
  signal: AbortSignal,
  onprogress?: (sent: number) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open(method, path);
    request.responseType = "json";
    const all = { "X-Entregent": "1", "Tus-Resumable": VERSION, ...headers };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    if (onprogress) request.upload.onprogress = (event) => onprogress(event.loaded);
    request.onabort = () => reject(signal.reason);
    request.onerror = () => reject(new Unreachable(null));
    request.onload = () =>
      resolve({
        status: request.status,
        header: (name) => request.getResponseHeader(name),
        body: request.response,
      });
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    if (signal.aborted) return stop();
    request.send(body);
  });
}

function faultOf({ status, header, body }: Answer): Error {
  const error = (body as ErrorBody | null)?.error;
  const wait = Number(header("retry-after")) || null;
  return error && status < 500
    ? new Refused(status, error.code, error.message, error.field, error.retry_after ?? wait)
    : new Unreachable(status, wait);
}

const base64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** As the header has it: `name base64,name base64`. */
export function metadata(meta: Meta): string {
  return Object.entries(meta)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name} ${base64(value)}`)
    .join(",");
}

async function create({ file, meta, signal }: Sending): Promise<Id> {
  const headers = { "Upload-Length": String(file.size), "Upload-Metadata": metadata(meta) };
  const answer = await ask("POST", "/api/uploads", headers, null, signal);
  const id = answer.header("location")?.split("/").at(-1);
  if (answer.status !== 201 || !id) throw faultOf(answer);
  return id;
}

/** How much of it is there; null where the server knows it no more. */
async function offsetOf(id: Id, signal: AbortSignal): Promise<number | null> {
  const answer = await ask("HEAD", `/api/uploads/${id}`, {}, null, signal);
  if (answer.status === 404 || answer.status === 410) return null;
  const offset = answer.header("upload-offset");
  if (answer.status >= 300 || offset === null) {
    if (answer.status === 401) throw new Refused(401, "kit.unauthorized", "");
    throw new Unreachable(answer.status);
  }
  return Number(offset);
}

/** Sends what is missing of a file; throws `Refused`, `Unreachable` or the reason of the signal. */
export async function send(sending: Sending): Promise<Id> {
  const { file, signal, oncreated, onprogress } = sending;
  let id = sending.id;
  let offset = id === null ? null : await offsetOf(id, signal);
  if (id === null || offset === null) {
    id = await create(sending);
    offset = 0;
    oncreated(id);
  }
  onprogress(offset);
  while (offset < file.size) {
    const begun: number = offset;
    const headers = {
      "Upload-Offset": String(begun),
      "Content-Type": "application/offset+octet-stream",
    };
    const part = file.slice(begun, begun + PART);
    const answer = await ask("PATCH", `/api/uploads/${id}`, headers, part, signal, (sent) =>
      onprogress(begun + sent),
    );
    if (answer.status >= 300) {
      // Another tab, or this one before it was reloaded, sent a part meanwhile.
      if (answer.status !== 409) throw faultOf(answer);
      offset = (await offsetOf(id, signal)) ?? 0;
    } else offset = Number(answer.header("upload-offset") ?? begun + part.size);
    onprogress(offset);
  }
  return id;
}
