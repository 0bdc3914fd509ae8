import { t } from "../kit/i18n.svelte.ts";
import type { Import } from "./model.ts";

/** The figures worth a glance, in this order; the report has all of them. */
const KNOWN = [
  "messages",
  "conversations",
  "contacts",
  "connections",
  "drafts",
  "notes",
  "profile",
] as const;

export function totalsOf(one: Import): { name: string; count: number }[] {
  const totals = one.totals ?? {};
  const from = (totals["imported"] ?? totals) as Record<string, unknown>;
  return KNOWN.map((key) => ({ key, count: Number(from[key] ?? 0) }))
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => ({ name: t(`transfer.total_${key}`, { count }), count }));
}
