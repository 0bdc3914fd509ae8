import type { ErrorBody } from "../wire/words.ts";
import { clientId } from "./ids.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Record<string, string | number | boolean | null | undefined>;

export type Options = {
  query?: Query;
  body?: Record<string, unknown>;
  signal?: AbortSignal;
  /** Reads are repeated this often after a fault; writes never are, the outbox does that. */
  retries?: number;
  keepalive?: boolean;
};

/** The server understood and said no; `message` is its sentence in the member's language. */
export class Refused extends Error {
  override name = "Refused";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** Time or a new sign-in may cure it, so what was typed must be kept and sent again. */
  get passing(): boolean {
    return this.status === 401 || this.status === 408 || this.status === 425 || this.status === 429;
  }
}

/** No usable answer: no network, a fault of the server, or a proxy speaking for it. */
export class Unreachable extends Error {
  override name = "Unreachable";
  constructor(
    readonly status: number | null,
    readonly retryAfter: number | null = null,
  ) {
    super(status === null ? "network" : `http ${status}`);
  }
}

type SignedOut = () => void;
const signedOut = new Set<SignedOut>();

/** Calls `fn` whenever an answer says that the session is over. */
export function onSignedOut(fn: SignedOut): () => void {
  signedOut.add(fn);
  return () => signedOut.delete(fn);
}

export function address(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {}))
    if (value !== null && value !== undefined) params.set(key, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

async function refusal(response: Response): Promise<Refused | Unreachable> {
  const header = Number(response.headers.get("retry-after"));
  const wait = Number.isFinite(header) && header > 0 ? header : null;
  if (response.status >= 500) return new Unreachable(response.status, wait);
  try {
    const { error } = (await response.json()) as ErrorBody;
    return new Refused(
      response.status,
      error.code,
      error.message,
      error.field ?? null,
      error.retry_after ?? wait,
    );
  } catch {
    // A proxy's page instead of our JSON: the server itself never saw the request.
    return new Unreachable(response.status, wait);
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** One request. Throws `Refused`, `Unreachable`, or the abort reason of `signal`. */
export async function request(
  method: Method,
  path: string,
  options: Options = {},
): Promise<Response> {
  const { query, body, signal } = options;
  const tries = method === "GET" ? (options.retries ?? 2) : 0;
  const headers: Record<string, string> = { Accept: "application/json" };
  // Refusals come in the language of the page, also before anybody has signed in.
  if (typeof document !== "undefined") headers["Accept-Language"] = document.documentElement.lang;
  if (method !== "GET") headers["X-Entregent"] = "1";
  if (body) headers["Content-Type"] = "application/json";
  for (let attempt = 0; ; attempt++) {
    let fault: Refused | Unreachable;
    try {
      const response = await fetch(address(path, query), {
        method,
        headers,
        credentials: "same-origin",
        ...(body ? { body: JSON.stringify(body) } : {}),
        ...(signal ? { signal } : {}),
        ...(options.keepalive ? { keepalive: true } : {}),
      });
      if (response.ok) return response;
      fault = await refusal(response);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!(error instanceof TypeError)) throw error;
      fault = new Unreachable(null);
    }
    if (fault instanceof Refused && fault.status === 401 && path !== "/api/sessions") {
      for (const fn of signedOut) fn();
    }
    const offline = typeof navigator !== "undefined" && navigator.onLine === false;
    if (fault instanceof Refused || attempt >= tries || offline) throw fault;
    await pause(fault.retryAfter ? fault.retryAfter * 1000 : 250 * 3 ** attempt, signal);
  }
}

async function json<T>(method: Method, path: string, options?: Options): Promise<T> {
  const response = await request(method, path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Adds the idempotency key that every write carries. */
function keyed(options: Options): Options {
  return { ...options, body: { client_id: clientId(), ...options.body } };
}

export const api = {
  get: <T>(path: string, options?: Options) => json<T>("GET", path, options),
  post: <T>(path: string, body: Record<string, unknown> = {}, options: Options = {}) =>
    json<T>("POST", path, keyed({ ...options, body })),
  put: <T>(path: string, body: Record<string, unknown> = {}, options: Options = {}) =>
    json<T>("PUT", path, keyed({ ...options, body })),
  patch: <T>(path: string, body: Record<string, unknown> = {}, options: Options = {}) =>
    json<T>("PATCH", path, keyed({ ...options, body })),
  delete: <T>(path: string, body: Record<string, unknown> = {}, options: Options = {}) =>
    json<T>("DELETE", path, keyed({ ...options, body })),
  /** A list of ids as little-endian 64-bit numbers, in the server's order. */
  async ids(path: string, options?: Options): Promise<BigUint64Array> {
    const response = await request("GET", path, options);
    return new BigUint64Array(await response.arrayBuffer());
  },
};
