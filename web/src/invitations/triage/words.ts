/** Names for the wire types that triage speaks. */
import type { About, Card, Invitation, Waiting as Page, Profile, Run } from "../../wire/types.ts";
import type { Id } from "../../wire/words.ts";

export type { About, Invitation, Profile, Run };

export const GROUPS = [
  "all",
  "personal",
  "template",
  "no_note",
  "mutuals",
  "organisation",
  "school",
  "empty_profile",
  "no_photo",
  "mass_inviter",
] as const;
export type GroupKey = (typeof GROUPS)[number];
export const PILES = ["received", "replied", "held", "archive"] as const;
export type PileBox = (typeof PILES)[number];
export const SORTS = ["date", "oldest", "closeness"] as const;
export type Sort = (typeof SORTS)[number];

export type Group = { key: GroupKey; count: number };
export type PilePage = Page & {
  groups: Group[];
  arriving: number;
  arrives_at: number | null;
};

/** An invitation and the face that goes with it. */
export type One = Invitation & { card: Card };

export type Verb =
  | "accept"
  | "follow"
  | "ignore"
  | "unknown"
  | "report"
  | "block"
  | "reply"
  | "ask"
  | "refuse"
  | "keep"
  | "release";

export type Everything = { box: PileBox; group: GroupKey; mutuals: number; except: Id[] };
export type Chosen = { ids: Id[] } | { all: Everything };

export type InvitationPreview = {
  invitation: Invitation;
  profile: Profile | null;
  mutuals: Id[];
  mutual_total: number;
  organisations: string[];
  schools: string[];
  note_shared: { count: number; by: "sender" | "others" } | null;
  cards: Card[];
};
