/** What a run did, in words. */
import { list, t } from "../../kit/i18n.svelte.ts";
import type { Run, Verb } from "./words.ts";

const VERBS: Verb[] = [
  "accept",
  "follow",
  "reply",
  "ask",
  "keep",
  "ignore",
  "unknown",
  "report",
  "block",
  "refuse",
  "release",
];

/** "2,914 accepted and 286 kept for you" */
export function countsOf(run: Pick<Run, "counts" | "skipped">): string {
  const parts = VERBS.filter((verb) => run.counts[verb]).map((verb) =>
    t(`invitations.counted_${verb}`, { count: run.counts[verb] ?? 0 }),
  );
  if (run.skipped) parts.push(t("invitations.counted_skipped", { count: run.skipped }));
  return parts.length ? list(parts) : t("invitations.counted_none");
}

/** "would accept 2,914, keep 286 for you" */
export function forecastOf(counts: Record<string, number>, left: number): string {
  const parts = VERBS.filter((verb) => counts[verb]).map((verb) =>
    t(`invitations.would_${verb as "accept" | "follow" | "keep" | "ask" | "ignore"}`, {
      count: counts[verb] ?? 0,
    }),
  );
  if (left) parts.push(t("invitations.would_leave", { count: left }));
  return list(parts);
}
