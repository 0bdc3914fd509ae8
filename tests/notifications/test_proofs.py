"""Old state + events = fresh state, for what the bell tells."""

from collections.abc import Callable
from typing import Any

from entregent.kit.events import Event
from entregent.notifications import (
    NoticesRead,
    NoticesSeen,
    NoticeTaken,
    NoticeTold,
    take_back,
)
from entregent.notifications.actions import mark, page, see
from entregent.notifications.state import State, apply
from entregent.ports.db import Transaction
from tests.notifications.telling import news
from tests.proofs import prove
from tests.world import World

KINDS: list[type[Event]] = [NoticeTold, NoticeTaken, NoticesSeen, NoticesRead]


def fresh(tx: Transaction, member: int) -> State:
    found = page(tx, member, "", 200)
    return State(bell=found.bell, notices=found.notices)


def proven(world: World, name: str, act: Callable[[], Any]) -> State:
    return prove(world, f"notifications_{name}", world.ana, fresh, apply, KINDS, act)


def some_news(world: World) -> None:
    news(world, world.ana, world.bruno, emoji="👍")
    news(world, world.ana, world.chloe, topic="77:9", emoji="🎉")
    news(world, world.ana, kind="import", topic="1", what="done", text="archive.zip")


def test_news(world: World) -> None:
    some_news(world)
    after = proven(world, "told", lambda: news(world, world.ana, world.emi, topic="77:10"))
    assert after.bell == 4


def test_more_of_the_same(world: World) -> None:
    some_news(world)
    after = proven(world, "more", lambda: news(world, world.ana, world.emi))
    assert after.notices[0].count == 2


def test_taken_back(world: World) -> None:
    some_news(world)
    news(world, world.ana, world.emi)

    def act() -> None:
        world.do(take_back, world.ana, "reaction", "77:3", world.emi)
        world.do(take_back, world.ana, "reaction", "77:9", world.chloe)

    assert proven(world, "taken", act).bell == 2


def test_seen(world: World) -> None:
    some_news(world)
    upto = world.see(page, world.ana).notices[1].at
    assert proven(world, "seen", lambda: world.do(see, world.ana, upto)).bell == 1


def test_read(world: World) -> None:
    some_news(world)
    one = world.see(page, world.ana).notices[0].id
    after = proven(world, "read", lambda: world.do(mark, world.ana, [one], read=True))
    assert [notice.read for notice in after.notices] == [True, False, False]


def test_all_read(world: World) -> None:
    some_news(world)
    assert proven(world, "all_read", lambda: world.do(mark, world.ana, None, read=True)).bell == 0


def test_to_be_read_again(world: World) -> None:
    some_news(world)
    one = world.see(page, world.ana).notices[0].id
    world.do(mark, world.ana, None, read=True)
    after = proven(world, "unread", lambda: world.do(mark, world.ana, [one], read=False))
    assert not after.notices[0].read
