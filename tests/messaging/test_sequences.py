"""Two members, three tabs each, any sequence of actions: all tabs agree with a fresh load.

A tab takes in what happened whenever it likes: one may be offline through many actions.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from entregent.messaging import read_up_to
from entregent.messaging.actions import (
    Done,
    add_to_desk,
    begin_bulk,
    bulks,
    change_on_desk,
    check_act,
    come_back,
    delete_from_desk,
    go_on_with_bulk,
    restore_on_desk,
    stop_bulk,
    undo_bulk,
)
from entregent.messaging.acts import MARKS, Act, Seen
from entregent.messaging.desk import Kind
from entregent.messaging.lists import chosen
from entregent.ports.db import Transaction
from tests.messaging.playing import HOUR, PLACES, WHO, Grouping, Writing
from tests.world import World

KEYS = st.lists(PLACES, min_size=1, max_size=4, unique=True)
SEEN = st.none() | st.integers(0, 3)
KINDS = st.sampled_from(["labels", "boxes"])
VIEWS = st.sampled_from(["inbox", "archived", "all", "starred", "snoozed", "awaiting_them"])


def all_of(tx: Transaction, me: int, view: str, act: Act) -> Done:
    return begin_bulk(tx, me, chosen(tx, me, view, None), act)


class Everything(Writing, Grouping):
    """And what is done to a mailbox."""

    def __init__(self) -> None:
        super().__init__()
        self.undos: list[list[int]] = [[], []]
        self.desk: list[dict[str, list[int]]] = [{"labels": [], "boxes": []} for _ in range(2)]
        for who in range(2):
            self.makes(who, "labels")
            self.makes(who, "boxes")
            self.marks_some(who, [0, 4], "label")
            self.marks_some(who, [3, 4], "box")

    def some(self, places: list[int]) -> list[int]:
        return sorted({self.key(place) for place in places})

    @rule(
        who=WHO, keys=KEYS, how=st.sampled_from(MARKS), hours=st.integers(1, 3), at=WHO, seen=SEEN
    )
    def marks(self, who: int, keys: list[int], how: Any, hours: int, at: int, seen: Any) -> None:
        some = self.some(keys)
        known = Seen(dict.fromkeys(some, seen) if seen is not None else {})
        self._act(who, how, hours, at, lambda tx, me, act: begin_bulk(tx, me, some, act, known))

    def marks_some(self, who: int, keys: list[int], how: Any) -> None:
        some = self.some(keys)
        self._act(who, how, 1, 0, lambda tx, me, act: begin_bulk(tx, me, some, act))

    @rule(who=WHO, view=VIEWS, how=st.sampled_from(MARKS), hours=st.integers(1, 3), at=WHO)
    def marks_all(self, who: int, view: str, how: Any, hours: int, at: int) -> None:
        self._act(who, how, hours, at, lambda tx, me, act: all_of(tx, me, view, act))

    def _act(self, who: int, how: Any, hours: int, at: int, begin: Callable[..., Done]) -> None:
        now = self.world.clock.now()
        of = {"label": "labels", "unlabel": "labels", "box": "boxes"}.get(how, "labels")
        some = self.desk[who][of][at : at + 1]
        act = Act(
            mark=how,
            until=now + hours * HOUR,
            label=str(some[0]) if of == "labels" and some else None,
            box=str(some[0]) if of == "boxes" and some else None,
        )

        def command(tx: Transaction, me: int) -> Done:
            check_act(tx, me, act)
            return begin(tx, me, act)

        done = self.do(command, self.people[who])
        if done is not None and done.undo is not None:
            self.undos[who].append(done.undo)

    @rule(who=WHO, which=st.integers(0, 2), stop=st.booleans())
    def goes_on(self, who: int, which: int, stop: bool) -> None:
        for undo in self.undos[who][-1 - which :][:1]:
            self.do(stop_bulk if stop else go_on_with_bulk, self.people[who], undo)

    @rule(who=WHO, which=st.integers(0, 2))
    def undoes(self, who: int, which: int) -> None:
        for undo in self.undos[who][-1 - which :][:1]:
            self.do(undo_bulk, self.people[who], undo)

    @rule(who=WHO, key=PLACES, seq=st.integers(0, 4))
    def reads(self, who: int, key: int, seq: int) -> None:
        self.do(read_up_to, self.people[who], self.key(key), seq)

    @rule(who=WHO, kind=KINDS)
    def makes(self, who: int, kind: Kind) -> None:
        name = f"{kind} {len(self.desk[who][kind])}"
        made = self.do(add_to_desk, self.people[who], kind, name, 3 if kind == "labels" else None)
        if made is not None:
            self.desk[who][kind].append(made)

    @rule(who=WHO, kind=KINDS, at=WHO, what=st.sampled_from(["delete", "restore", "rename"]))
    def changes(self, who: int, kind: Kind, at: int, what: str) -> None:
        for key in self.desk[who][kind][at : at + 1]:
            if what == "rename":
                self.do(change_on_desk, self.people[who], kind, key, f"{kind} {key}", None, at)
            else:
                act = delete_from_desk if what == "delete" else restore_on_desk
                self.do(act, self.people[who], kind, key)

    @rule(hours=st.integers(1, 3))
    def time_passes(self, hours: int) -> None:
        self.passes(hours * HOUR)
        for member in self.people:
            while self.do(come_back, member):
                pass

    def teardown(self) -> None:
        for who in range(2):
            for undo in self.undos[who]:  # no piece is left half done
                while self.do(go_on_with_bulk, self.people[who], undo):
                    pass
            self.catch_up(who, *self.tabs[who])


# All of them where it is decided what lands; a look while one works.
SEQUENCES = (
    {"sqlite": 500, "postgresql": 30} if os.environ.get("CI") else {"sqlite": 30, "postgresql": 5}
)


@pytest.mark.timeout(1500)
def test_all_tabs_agree_with_a_fresh_load(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulks, "PIECE", 2)  # so that some of it goes in pieces
    machine = type("OfThisWorld", (Everything,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES[world.db.dialect],
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
