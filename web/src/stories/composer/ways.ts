/** For whom a story is, for how long, and who may answer: remembered from one to the next. */
import type { NewStory, StoryAudience } from "../../wire/types.ts";
import type { Id } from "../../wire/words.ts";

type StoryKind = NonNullable<NewStory["kind"]>;

export const KINDS: readonly StoryKind[] = [
  "moment",
  "tip",
  "help",
  "reaction",
  "event",
  "milestone",
  "hiring",
  "live",
  "pointer",
];
export const WHO = ["connections", "close", "group", "everyone"] as const;
export type Who = (typeof WHO)[number];
export const REPLIES = ["all", "connections", "none"] as const;
export type Replies = NonNullable<NewStory["replies"]>;
export const HOURS = [1, 6, 12, 24, 48, 72, 168] as const;

export type Named = { id: Id; name: string };
export type Ways = {
  kind: StoryKind;
  prompt: Id | null;
  who: Who;
  group: Named | null;
  hidden: Named[];
  hours: number;
  replies: Replies;
};

const USUAL: Ways = {
  kind: "moment",
  prompt: null,
  who: "connections",
  group: null,
  hidden: [],
  hours: 24,
  replies: "all",
};

const one = <T>(all: readonly T[], value: unknown, usual: T): T =>
  all.includes(value as T) ? (value as T) : usual;

const named = (value: unknown): value is Named =>
  typeof value === "object" && value !== null && "id" in value && "name" in value;

/** What was kept, as far as it still makes sense. */
export function allowed(found: unknown): Ways {
  const ways = (found ?? {}) as Partial<Ways>;
  const group = named(ways.group) ? ways.group : null;
  const who = one(WHO, ways.who, USUAL.who);
  return {
    kind: one(KINDS, ways.kind, USUAL.kind),
    prompt: typeof ways.prompt === "string" ? ways.prompt : null,
    who: who === "group" && !group ? USUAL.who : who,
    group,
    hidden: Array.isArray(ways.hidden) ? ways.hidden.filter(named) : [],
    hours: one(HOURS, ways.hours, USUAL.hours),
    replies: one(REPLIES, ways.replies, USUAL.replies),
  };
}

const keyOf = (member: Id): string => `entregent.story.${member}`;

export function remembered(member: Id | null): Ways {
  if (!member) return { ...USUAL };
  try {
    const ways = allowed(JSON.parse(localStorage.getItem(keyOf(member)) ?? "null"));
    return { ...ways, kind: USUAL.kind, prompt: null };
  } catch {
    return { ...USUAL };
  }
}

export function remember(member: Id, ways: Ways): void {
  try {
    localStorage.setItem(keyOf(member), JSON.stringify(ways));
  } catch {
    // No storage: the next story begins as the first did.
  }
}

export function audienceOf({ who, group, hidden }: Ways): StoryAudience {
  const ref = who === "group" ? (group?.id ?? null) : null;
  return { who, ref, hidden_from: hidden.map(({ id }) => id) };
}
