/** Imports: sending a file, following its progress, taking it back. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { address, api, Refused, Unreachable } from "../ports/api.ts";
import { clientId } from "../ports/ids.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { ErrorBody, Id } from "../wire/words.ts";
import type { Import, Report } from "./model.ts";

interface Upload {
  name: string;
  sent: number;
  size: number;
}

/** fetch() cannot tell how much of a body has gone, so this one request is an XMLHttpRequest. */
function send(file: File, key: string, onprogress: (sent: number) => void): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("/api/imports", { client_id: key }));
    request.setRequestHeader("X-Entregent", "1");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    const kind = /\.csv$/i.test(file.name)
      ? "text/csv"
      : /\.json$/i.test(file.name)
        ? "application/json"
        : "application/zip";
    request.setRequestHeader("Content-Type", kind);
    request.responseType = "json";
    request.upload.onprogress = (event) => onprogress(event.loaded);
    request.onerror = () => reject(new Unreachable(null));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve((request.response as { import: Import }).import);
      const error = (request.response as ErrorBody | null)?.error;
      reject(
        error && request.status < 500
          ? new Refused(request.status, error.code, error.message, error.field, error.retry_after)
          : new Unreachable(request.status),
      );
    };
    request.send(file);
  });
}

class Imports {
  list = $state.raw<Import[] | null>(null);
  fault = $state.raw<unknown>(null);
  upload = $state.raw<Upload | null>(null);
  refused = $state.raw<{ name: string; error: unknown } | null>(null);
  /** The same file tried again is the same import. */
  #key = { file: "", key: "" };

  async load(): Promise<void> {
    try {
      this.list = (await api.get<{ imports: Import[] }>("/api/imports")).imports;
      this.fault = null;
    } catch (error) {
      this.fault = error;
    }
  }

  put(one: Import): void {
    const list = this.list ?? [];
    this.list = list.some((other) => other.id === one.id)
      ? list.map((other) => (other.id === one.id ? one : other))
      : [one, ...list];
  }

  async bring(file: File): Promise<void> {
    if (this.upload) return;
    const name = `${file.name}:${file.size}:${file.lastModified}`;
    if (this.#key.file !== name) this.#key = { file: name, key: clientId() };
    this.refused = null;
    this.upload = { name: file.name, sent: 0, size: file.size };
    try {
      const one = await send(file, this.#key.key, (sent) => {
        this.upload = { name: file.name, sent, size: file.size };
      });
      this.#key = { file: "", key: "" };
      this.put(one);
    } catch (error) {
      if (error instanceof Refused) this.#key = { file: "", key: "" };
      this.refused = { name: file.name, error };
    } finally {
      this.upload = null;
    }
  }

  undo(one: Import): void {
    outbox.mutate<{ import: Import } | Import>({
      op: { method: "POST", path: `/api/imports/${one.id}/undo`, body: {} },
      apply: () => this.put({ ...one, state: "undoing", progress: { done: 0, total: 0 } }),
      revert: () => this.put(one),
      done: () => notify(t("transfer.undoing", { name: one.file_name })),
    });
  }

  async report(id: Id): Promise<Report> {
    return (await api.get<{ report: Report }>(`/api/imports/${id}`)).report;
  }
}

export const imports = new Imports();
session.onLeft(() => {
  imports.list = null;
  imports.refused = null;
});
live.onReset(async () => {
  if (imports.list) await imports.load();
});
live.on("*", (event: { type: string; import?: Import }) => {
  if (event.type === "import.progressed" && event.import) imports.put(event.import);
});
