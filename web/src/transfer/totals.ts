import { type PlainKey, t } from "../kit/i18n.svelte.ts";
import type { Import } from "./model.ts";

/** The figures worth a glance, in this order; the report has all of them. */
const KNOWN: [string, PlainKey][] = [
  ["messages", "transfer.total_messages"],
  ["conversations", "transfer.total_conversations"],
  ["contacts", "transfer.total_contacts"],
  ["connections", "transfer.total_connections"],
  ["drafts", "transfer.total_drafts"],
  ["notes", "transfer.total_notes"],
  ["profile", "transfer.total_profile"],
];

export function totalsOf(one: Import): { name: string; count: number }[] {
  const totals = one.totals ?? {};
  const from = (totals["imported"] ?? totals) as Record<string, unknown>;
  return KNOWN.map(([key, name]) => ({ name: t(name), count: Number(from[key] ?? 0) })).filter(
    ({ count }) => count > 0,
  );
}
