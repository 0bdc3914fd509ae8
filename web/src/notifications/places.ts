import type { Notice } from "../wire/types.ts";

/** Where a click leads. */
export function placeOf(
  { kind, thing, people }: Notice,
  handle: (id: string) => string | null,
): string {
  if (kind === "security") return "/settings#sessions";
  if (kind === "import") return "/import";
  if (kind === "house") return thing ? "/decisions" : "/notifications";
  if (thing?.kind === "video") return `/videos/${thing.of}/${thing.id}`;
  if (thing?.kind === "story") return `/stories/${thing.of}`;
  if (thing?.kind === "message")
    return `/messages/${thing.id}${thing.seq === null ? "" : `?seq=${thing.seq}`}`;
  if (thing?.kind === "conversation") return `/messages/${thing.id}`;
  const first = people[0];
  return (first && handle(first)) || "/network";
}
