/** What one is told before one writes: the other's line, and whether one may ask at all. */
import { api } from "../ports/api.ts";
import type { Id } from "../wire/words.ts";
import type { Allowance } from "./model.ts";

export interface Before {
  line: string;
  asks_email: boolean;
  why_not:
    | "nobody"
    | "connected"
    | "sent"
    | "received"
    | "too_soon"
    | "week_full"
    | "pending_full"
    | null;
  again_at: number | null;
  invitation_id: Id | null;
  allowance: Allowance;
}

export function before(member: Id): Promise<Before> {
  return api.get<Before>(`/api/invitations/to/${member}`);
}
