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
export const WHO = ["connections", "close", "list", "group", "everyone"] as const;
export type Who = (typeof WHO)[number];
export const REPLIES = ["all", "connections", "none"] as const;
export type Replies = NonNullable<NewStory["replies"]>;
export const HOURS = [1, 6, 12, 24, 48, 72, 168] as const;

export type Named = { id: Id; name: string };
/** For whom a story is, and who may answer: what can be changed while it is told. */
export type For = {
  who: Who;
  group: Named | null;
  /** A tag of the author’s own words on people. */
  list: string;
  hidden: Named[];
  replies: Replies;
};
export type Ways = For & { kind: StoryKind; prompt: Id | null; hours: number };
export const MOST_TAG = 40;

const USUAL: Ways = {
  kind: "moment",
  prompt: null,
  who: "connections",
  group: null,
  list: "",
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
  const list = typeof ways.list === "string" ? ways.list : "";
  const who = one(WHO, ways.who, USUAL.who);
  return {
    kind: one(KINDS, ways.kind, USUAL.kind),
    prompt: typeof ways.prompt === "string" ? ways.prompt : null,
    who: (who === "group" && !group) || (who === "list" && !list) ? USUAL.who : who,
    group,
    list,
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

/** A list that is not named yet is nobody. */
export const unnamed = ({ who, list }: For): boolean => who === "list" && !list.trim();

export function audienceOf({ who, group, list, hidden }: For): StoryAudience {
  const ref = who === "group" ? (group?.id ?? null) : who === "list" ? list.trim() : null;
  return { who, ref, hidden_from: hidden.map(({ id }) => id) };
}
