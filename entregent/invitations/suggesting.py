"""People whom a member may know, each with the reason: never from messages or address books."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from entregent.kit.ids import Id
from entregent.kit.people import WithPeople
from entregent.network import declined, mutuals_with, relations, second_degree
from entregent.ports.db import Transaction
from entregent.profiles import backgrounds, members_at, met, own_background

from .actions.arranging import unsuggested
from .model import OPEN
from .reading import open_among

SHOWN = 30
WHO = 3
PLACES = 3
TOGETHER = 5  # mutual connections that having been somewhere at once is worth


class SuggestionReason(msgspec.Struct, kw_only=True):
    """Why: mutual connections (how many, and some of them), or a place in common, `together` where
    both are known to have been there at once."""

    kind: Literal["mutuals", "organisation", "school"]
    count: int = 0
    name: str = ""
    together: bool = False
    people: list[Id] = []


class Suggestion(msgspec.Struct, kw_only=True):
    """Somebody whom the member may know."""

    person_id: Id
    reasons: list[SuggestionReason]


class Suggestions(WithPeople, kw_only=True):
    """People whom the member may know, the likeliest first."""

    people_: list[Suggestion] = msgspec.field(name="people")

    def people(self) -> Iterable[int]:
        shown = {int(one.person_id) for one in self.people_}
        for one in self.people_:
            shown |= {int(who) for reason in one.reasons for who in reason.people}
        return shown


def suggestions(tx: Transaction, me: int) -> Suggestions:
    """Those two steps away, and those of the same organisations and schools."""
    mine = own_background(tx, me)
    mutuals = {one.id: one.mutuals for one in second_degree(tx, me)}
    places = [*mine.organisations.values()][:PLACES] + [*mine.schools.values()][:PLACES]
    wanted = set(mutuals)
    for place in places:
        wanted |= set(members_at(tx, place))
    wanted -= {me} | _out(tx, me, wanted)
    known = backgrounds(tx, wanted)
    scored = []
    for one in wanted & set(known):
        organisations, schools = met(mine, known[one])
        score = mutuals.get(one, 0) + sum(
            TOGETHER if place.together else 1 for place in (*organisations, *schools)
        )
        if score:
            scored.append((-score, one, organisations, schools))
    scored.sort(key=lambda item: item[:2])
    found = []
    for _, one, organisations, schools in scored[:SHOWN]:
        reasons = []
        if one in mutuals:
            some = [str(who) for who in mutuals_with(tx, me, one, WHO)]
            reasons.append(SuggestionReason(kind="mutuals", count=mutuals[one], people=some))
        reasons += [
            SuggestionReason(kind="organisation", name=place.name, together=place.together)
            for place in organisations[:1]
        ]
        reasons += [
            SuggestionReason(kind="school", name=place.name, together=place.together)
            for place in schools[:1]
        ]
        found.append(Suggestion(person_id=str(one), reasons=reasons))
    return Suggestions(people_=found)


def _out(tx: Transaction, me: int, ids: set[int]) -> set[int]:
    """Those who are connected, cannot be reached, do not want it, were declined or are asked."""
    standing = relations(tx, me, ids)
    out = {one for one, tie in standing.items() if tie.connected or not tie.reachable}
    out |= unsuggested(tx, sorted(ids)) | declined(tx, me)
    asked = open_among(tx, me, ids)
    return out | {row.other_id for row in asked if row.state in OPEN}
