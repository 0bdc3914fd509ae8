import type { Card, Invitation } from "../wire/types.ts";

export type { Allowance, Invitation, Waiting as InvitationPage } from "../wire/types.ts";

export type Reason = Invitation["reason"];
export type Box = Invitation["box"];
export const REASONS: Reason[] = [
  "worked_together",
  "studied_together",
  "met_at_event",
  "same_profession",
  "customer_or_supplier",
  "other",
];
export const NOTE_LIMIT = 300;

/** An invitation and the face that goes with it. */
export type Waiting = Invitation & { card: Card };

const GONE: Card = {
  id: "0",
  kind: "gone",
  name: "",
  headline: "",
  handle: null,
  degree: null,
  mutuals: null,
  open_to: [],
  photo: null,
  connected_on: null,
};

export function withCards(invitations: Invitation[], cards: Card[]): Waiting[] {
  const faces = new Map(cards.map((card) => [card.id, card]));
  return invitations.map((one) => ({
    ...one,
    card: faces.get(one.person_id) ?? { ...GONE, id: one.person_id },
  }));
}
