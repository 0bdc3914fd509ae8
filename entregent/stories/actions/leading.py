"""Who has looked is kept as a lead, or no longer."""

from entregent.network import Words, put_down, relation, words_on
from entregent.ports.db import Transaction

from ..leads import any_lead, is_lead, lead_tag
from ..model import LeadDone
from ..sight import nothing_there


def keep_lead(tx: Transaction, me: int, other: int, on: bool) -> LeadDone:
    """Puts somebody into the list of leads, or takes them out; what else is noted on them stays.
    They are not told. Repeating it changes nothing."""
    if not relation(tx, me, other).reachable:
        raise nothing_there()
    tag = lead_tag(tx, me)
    words = words_on(tx, me, [other]).get(other, Words())
    if any_lead(words.tags) != on:
        others = [one for one in words.tags if not is_lead(one)]
        tags = [*others, tag] if on else others
        put_down(tx, me, other, tags, words.note, words.cadence_days)
    return LeadDone(lead=on, tag=tag)
