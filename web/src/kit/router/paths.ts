/** Addresses and what they match; pure. */
export type Parameters = Record<string, string>;

/** "/messages/:id?" against "/messages/42" → { id: "42" }; null where it does not match. */
export function match(pattern: string, path: string): Parameters | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (given.length > wanted.length) return null;
  const found: Parameters = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (part.startsWith(":")) {
      const optional = part.endsWith("?");
      if (value === undefined) {
        if (!optional) return null;
        continue;
      }
      try {
        found[part.slice(1, optional ? -1 : undefined)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return found;
}

export interface Found<R> {
  route: R;
  params: Parameters;
}

export function find<R extends { path: string }>(routes: R[], path: string): Found<R> | null {
  for (const route of routes) {
    const params = match(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

/** Where a visitor who must sign in first is sent back to: only our own paths. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}
