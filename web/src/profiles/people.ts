/** Lists of people, as the server gives them. */
import type { Page } from "../kit/paged.svelte.ts";
import { api } from "../ports/api.ts";
import type { Card, FoundPeople, PeopleList } from "../wire/types.ts";

export type Person = Card;

export type Source = "connections" | "contacts" | "people" | "follows" | "tagged" | "blocks";

export async function listPeople(
  source: Source,
  q: string,
  after: string | null,
  signal: AbortSignal,
): Promise<Page<Person>> {
  const answer = await api.get<FoundPeople | PeopleList>(`/api/${source}`, {
    query: { q: q || null, after },
    signal,
  });
  return {
    items: answer.people,
    next: answer.next,
    total: "total" in answer ? answer.total : null,
  };
}

export function findPeople(q: string, signal?: AbortSignal): Promise<FoundPeople> {
  return api.get<FoundPeople>("/api/people", {
    query: { q, limit: 8 },
    ...(signal ? { signal } : {}),
  });
}

/** Cards that were looked at lately, so that a hover card opens with something in it. */
const seen = new Map<string, { card: Card; at: number }>();
const FRESH_MS = 60_000;

export function forgetCards(): void {
  seen.clear();
}

export async function cardOf(id: string): Promise<Card | null> {
  const known = seen.get(id);
  if (known && Date.now() - known.at < FRESH_MS) return known.card;
  const { cards } = await api.get<{ cards: Card[] }>("/api/cards", { query: { ids: id } });
  const card = cards.find((one) => one.id === id) ?? null;
  if (card) seen.set(id, { card, at: Date.now() });
  return card;
}

export function profilePath(card: Pick<Card, "handle">): string | null {
  return card.handle ? `/in/${card.handle}` : null;
}
