"""The proof for an action: old state + events = fresh state.

What it proves is kept as JSON in `tests/triples`, where the browser's `apply` is held to the same.
`ENTREGENT_WRITE_TRIPLES=1` writes the files anew; without it they are compared.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from entregent.kit.events import Event
from entregent.ports.db import Transaction
from tests.world import World

TRIPLES = Path(__file__).parent / "triples"
S = TypeVar("S", bound=msgspec.Struct)


def prove(
    world: World,
    name: str,
    member: int,
    fresh: Callable[[Transaction, int], S],
    apply: Callable[[S, Event], S],
    kinds: Iterable[type[Event]],
    act: Callable[[], Any],
) -> S:
    """Shows that the member's old state and the events of `act` give the member's fresh state."""
    before, cursor = world.see(fresh, member), world.cursor(member)
    act()
    events = world.events(member, kinds, cursor)
    after = world.see(fresh, member)
    hold(name, before, events, after, apply)
    return after


def hold(
    name: str, before: S, events: Iterable[Event], after: S, apply: Callable[[S, Event], S]
) -> None:
    """Shows it of states and events that were looked at already."""
    told = list(events)
    state = before
    for event in told:
        state = apply(state, event)
    assert state == after
    _keep(name, {"old": before, "events": told, "fresh": after})


def _keep(name: str, triple: dict[str, Any]) -> None:
    text = msgspec.json.format(msgspec.json.encode(triple), indent=2).decode() + "\n"
    path = TRIPLES / f"{name}.json"
    if os.environ.get("ENTREGENT_WRITE_TRIPLES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "run with ENTREGENT_WRITE_TRIPLES=1"
