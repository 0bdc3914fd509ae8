"""Conversations that match a filter: pages, ids and counts."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from entregent.kit.ids import as_int
from entregent.kit.text import words
from entregent.network import at_degree, contacts_among, words_on
from entregent.ports.db import Transaction
from entregent.profiles import backgrounds

from .desk import Filter
from .model import NUMBER, SHOWN_PEOPLE
from .queries import matching as queries
from .queries import rows
from .search_index import LAST_PLACE, find

MOST_HITS = 1_000_000
_shown = msgspec.json.Decoder(set[int]).decode


class Asked:
    """A filter as statements take it."""

    def __init__(
        self, tx: Transaction, me: int, wanted: Filter, only: Sequence[int] | None = None
    ) -> None:
        self.tx, self.me, self.wanted = tx, me, wanted
        self.params: dict[str, Any] = {"member_id": me}
        shape: dict[str, int] = {}
        if wanted.view is not None and wanted.view != "all":
            shape["view"] = 1
            self.params["view"] = NUMBER.get(wanted.view, -1)
        if wanted.box is not None:
            shape["box"] = 1
            self.params["box"] = as_int(wanted.box)
        if wanted.labels:
            shape["labels"] = len(wanted.labels)
            ids = {f"label{at}": as_int(one) for at, one in enumerate(wanted.labels)}
            self.params.update(ids)
        for name in ("unread", "starred", "has_attachment"):
            value = getattr(wanted, name)
            if value is not None:
                shape[name] = int(value)
        if wanted.awaiting is not None:
            shape["awaiting"] = int(wanted.awaiting == "me")
        for name in ("since", "until"):
            if getattr(wanted, name) is not None:
                shape[name] = 1
                self.params[name] = getattr(wanted, name)
        among = None if only is None else set(only)
        if wanted.text is not None and wanted.text.strip():
            hits, _ = find(tx, me, wanted.text, LAST_PLACE, MOST_HITS)
            found = {hit.conversation_id for hit in hits}
            among = found if among is None else among & found
        if among is not None:
            shape["among"] = 1
            self.params["among"] = sorted(among)
        self.shape: queries.Shape = tuple(sorted(shape.items()))

    @property
    def of_people(self) -> bool:
        """Whether it asks who is in a conversation, which no index knows."""
        wanted = self.wanted
        known = wanted.tags or wanted.organisation or wanted.degree
        return bool(known) or wanted.stranger is not None

    def count(self) -> int:
        """How many conversations match."""
        if self.of_people:
            return len(self.ids())
        number: int = self.tx.value(queries.count_of(self.shape), **self.params)
        return number

    def ids(self) -> list[int]:
        """All of them, newest first."""
        return [row.conversation_id for row in self.places()]

    def places(self) -> list[Any]:
        """The same, with where each stands."""
        found = self.tx.all(queries.all_of(self.shape), **self.params)
        if not self.of_people:
            return found
        people = self._people(found)
        everybody = {one for some in people.values() for one in some}
        fitting = self._fitting(everybody)
        fits = {key for key, some in people.items() if some & fitting}
        if self.wanted.stranger is not None:
            connected = at_degree(self.tx, self.me, everybody, 1)
            near = {key for key, some in people.items() if some & connected}
            fits = fits - near if self.wanted.stranger else fits & near
        return [row for row in found if row.conversation_id in fits]

    def page(self, at: int, key: int, limit: int) -> list[Any]:
        """The rows of a page after a place."""
        if not self.of_people:
            page = {"at": at, "key": key, "limit": limit}
            return self.tx.all(queries.page_of(self.shape), **self.params, **page)
        places = ((row.sort_at, row.conversation_id) for row in self.places())
        left = [place[1] for place in places if place < (at, key)][:limit]
        found = self.tx.all(rows.SOME_ROWS, member_id=self.me, ids=left)
        return sorted(found, key=lambda row: (row.sort_at, row.conversation_id), reverse=True)

    def _people(self, found: Sequence[Any]) -> dict[int, set[int]]:
        """Who is in each conversation, besides me; rows show the first few."""
        people = {row.conversation_id: _shown(row.people) for row in found}
        large = [row.conversation_id for row in found if row.size > SHOWN_PEOPLE + 1]
        if large:
            for row in self.tx.all(rows.PARTICIPANTS, ids=large):
                people[row.conversation_id].add(row.person_id)
        for some in people.values():
            some.discard(self.me)
        return people

    def _fitting(self, people: set[int]) -> set[int]:
        """Those of whom all is true that the filter says of people."""
        wanted = self.wanted
        if wanted.tags:
            tags = {tag.casefold() for tag in wanted.tags}
            said = words_on(self.tx, self.me, people)
            people = {
                one for one in people if one in said and tags <= _folded(said[one].tags)
            }  # fmt: skip
        if wanted.organisation:
            place = set(words(wanted.organisation))
            members = backgrounds(self.tx, people)
            contacts = contacts_among(self.tx, self.me, people)
            people = {
                one
                for one in people
                if any(
                    place <= set(words(name))
                    for name in (
                        *(members[one].organisations if one in members else ()),
                        *((contacts[one].company,) if one in contacts else ()),
                    )
                )
            }
        if wanted.degree:
            people = at_degree(self.tx, self.me, people, wanted.degree)
        return people


def _folded(tags: Iterable[str]) -> set[str]:
    return {tag.casefold() for tag in tags}
