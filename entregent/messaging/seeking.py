"""Searches with operators: names become people, labels and places become conversations."""

from collections.abc import Iterable

from entregent.accounts import members
from entregent.kit.text import words
from entregent.network import page_of_contacts
from entregent.ports.db import Transaction
from entregent.profiles import find_people

from .asking import HAS, MINE, PLACES, STATES, Typed, moment, span, take_apart
from .desk import Filter
from .matching import Asked
from .queries import desk
from .search_index import EVER, Sought

MOST_PEOPLE = 200


def seek(tx: Transaction, me: int, text: str, zone: str) -> str | Sought:
    """What a typed search asks for; plain words as they are."""
    typed = take_apart(text)
    if not typed.asked:
        return text
    authors = _people(tx, me, typed.of("from"))
    recipients = _people(tx, me, typed.of("to"))
    holds = {HAS.get(value) for value in typed.of("has")}
    if None in holds:  # something that no message has
        return Sought(typed.words, among=[])
    dates = [span(value, tx.now, zone) for value in typed.of("date")]
    spans = [one for one in dates if one is not None]
    return Sought(
        typed.words,
        near=_near(tx, me, authors, recipients),
        since=max([*_moments(tx, typed.of("after"), zone), *(one for one, _ in spans)], default=0),
        until=min(
            [*_moments(tx, typed.of("before"), zone), *(one for _, one in spans)], default=EVER
        ),
        among=_conversations(tx, me, typed),
        authors=authors,
        recipients=recipients,
        holds=frozenset(one for one in holds if one),
    )


def _moments(tx: Transaction, values: Iterable[str], zone: str) -> list[int]:
    found = (moment(value, tx.now, zone) for value in values)
    return [when for when in found if when is not None]


def _people(tx: Transaction, me: int, names: list[str]) -> list[int] | None:
    """Everyone whom I may mean by one of these names, members and contacts; None for no name."""
    if not names:
        return None
    found: set[int] = set()
    for name in names:
        if name in MINE:
            found.add(me)
        elif words(name):
            found |= set(find_people(tx, me, name, limit=MOST_PEOPLE).ids)
            contacts = page_of_contacts(tx, me, name, "", MOST_PEOPLE)
            found |= {one.id for one in contacts.people}
            if set(words(name)) <= set(words(members(tx, [me])[me].name)):
                found.add(me)
    return sorted(found)


def _near(
    tx: Transaction, me: int, authors: list[int] | None, recipients: list[int] | None
) -> list[int] | None:
    """Members one of whom reads all that is looked for: the index knows it by them."""
    for some in (authors, recipients):
        if some and me not in some and len(members(tx, some)) == len(some):
            return some
    return None


def _conversations(tx: Transaction, me: int, typed: Typed) -> list[int] | None:
    """The conversations that labels, places and states leave; None where none of these is asked."""
    filters: list[Filter] = []
    for value in typed.of("label"):
        label = _named(tx, me, "labels", value)
        if label is None:
            return []
        filters.append(Filter(labels=[label]))
    for value in typed.of("in"):
        box = None if value in PLACES else _named(tx, me, "boxes", value)
        if value not in PLACES and box is None:
            return []
        filters.append(Filter(box=box) if box else Filter(view=PLACES[value]))
    for value in typed.of("is"):
        state = STATES.get(value)
        if state is None:
            return []
        filters.append(
            Filter(starred=True) if state == "starred" else Filter(unread=state == "unread")
        )
    if not filters:
        return None
    found = [set(Asked(tx, me, one).ids()) for one in filters]
    return sorted(set.intersection(*found))


def _named(tx: Transaction, me: int, things: str, name: str) -> str | None:
    """The label or mailbox of that name, or the first that begins so."""
    wanted = words(name)
    rows = tx.all(desk.EVERY[things], owner_id=me)
    fitting = [row for row in rows if words(row.name)[: len(wanted)] == wanted]
    exact = [row for row in fitting if words(row.name) == wanted]
    begun = [row for row in rows if "".join(words(row.name)).startswith("".join(wanted))]
    for some in (exact, fitting, begun):
        if some:
            return str(some[0].id)
    return None
