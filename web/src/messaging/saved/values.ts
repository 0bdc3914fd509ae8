/** What the variables of a saved text stand for in a conversation; asked for once each. */

import { fillKnown, type Variable } from "../../invitations/triage/variables.ts";
import { firstName } from "../../kit/names.ts";
import { api } from "../../ports/api.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Profile } from "../../wire/types.ts";
import type { Id } from "../../wire/words.ts";
import { faces } from "../faces.svelte.ts";
import { inbox } from "../mailbox.svelte.ts";

type Known = Partial<Record<Variable, string>>;

const asked = new Map<string, Promise<string>>();
session.onLeft(() => asked.clear());

function organisationOf(handle: string): Promise<string> {
  let found = asked.get(handle);
  if (!found) {
    found = api.get<Profile>(`/api/profiles/${handle}`).then(
      (profile) => profile.positions[0]?.organisation ?? "",
      () => {
        asked.delete(handle);
        return "";
      },
    );
    asked.set(handle, found);
  }
  return found;
}

/** Of a group nobody is named: who writes says to whom. */
export function knownOf(conversation: Id): Known {
  const row = inbox.cells.peek(conversation);
  const known: Known = { me: session.me?.name ?? "" };
  const other = row?.kind === "direct" && row.size === 2 ? row.people[0] : undefined;
  const card = other ? faces.get(other) : null;
  if (!card?.name) return known;
  return {
    ...known,
    name: card.name,
    first_name: firstName(card.name),
    headline: card.headline ?? "",
  };
}

/** Filled in for whoever is written to; their organisation is asked for where a text names it. */
export async function filledFor(
  conversation: Id,
  text: string,
): Promise<ReturnType<typeof fillKnown>> {
  const known = knownOf(conversation);
  const person = inbox.cells.peek(conversation)?.people[0];
  const handle = known.name && person ? faces.get(person)?.handle : null;
  if (handle && text.includes("{organisation}")) known.organisation = await organisationOf(handle);
  return fillKnown(text, known);
}
