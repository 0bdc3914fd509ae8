"""Many who look at the same time: each is recorded once, and as if they had looked alone."""

import asyncio
from typing import Any

from entregent.network import block, connect, follow
from entregent.ports.db import Transaction
from entregent.stories import actions, queries
from entregent.stories.actions import Seeing, Seen
from tests.stories.telling import Teller, card, path_of
from tests.world import World


def see(tx: Transaction, given: list[Seeing]) -> None:
    """All of these at once."""
    actions.see(tx, given)


def views(tx: Transaction, story: dict[str, Any]) -> set[tuple[int, int]]:
    """Who has seen a story, and how far."""
    rows = tx.all(queries.VIEWS, story=int(story["id"]), after=2**63 - 1, limit=100)
    return {(row.viewer_id, row.number) for row in rows}


async def tell_to_all_kinds(ana: Teller, chloe: int) -> list[dict[str, Any]]:
    """A story of two frames for each kind of audience."""
    frames = card("One"), card("Two")
    return [
        await ana.tell(*frames),
        await ana.tell(*frames, who="everyone"),
        await ana.tell(*frames, who="everyone", hidden=(chloe,)),
        await ana.tell(*frames, hidden=(chloe,)),
        await ana.tell(*frames, who="close"),
    ]


async def test_each_is_recorded_as_if_alone(house: World) -> None:
    ana, gina = Teller(house, house.ana), house.member("Gina Rossi")
    house.do(connect, house.ana, house.chloe)
    house.do(follow, house.emi, house.ana)
    house.do(block, gina, house.ana)
    house.do(actions.set_close_circle, house.ana, [house.bruno, house.emi])
    fay = house.member("Fay Kerr")  # nothing to do with Ana
    people = [house.bruno, house.chloe, house.diego, house.emi, fay, gina, house.ana]
    told = []
    for together in (False, True):
        stories = await tell_to_all_kinds(ana, house.chloe)
        given = [
            Seeing(one, tuple(Seen(house.ana, int(s["id"]), 1 + n % 2) for s in stories))
            for n, one in enumerate(people)
        ]
        cursors = [house.cursor(one) for one in people[:-1]]
        for some in [given] if together else [[one] for one in given]:
            house.do(see, some)
            house.do(see, some)
        logs = [house.log(*one) for one in zip(people[:-1], cursors, strict=True)]
        seen = [[(e["seen"], e["unseen"]) for e in log] for log in logs]
        rows = [(await Teller(house, one).row())["unseen"] for one in people]
        told.append(([house.see(views, one) for one in stories], seen, rows))
        for one in stories:
            await ana.ask("DELETE", path_of(one))
        await house.house.worker.run_due()
    assert told[0] == told[1]
    connections, everyone, *_, close_ones = told[0][0]
    assert connections == {(house.bruno, 1), (house.chloe, 2), (house.emi, 2)}
    assert everyone == connections | {(fay, 1)}
    assert close_ones == {(house.bruno, 1), (house.emi, 2)}


async def test_many_at_once_are_counted_once_each(house: World) -> None:
    ana, people = Teller(house, house.ana), house.members(12)
    for one in people:
        house.do(connect, house.ana, one)
    story = await ana.tell(card("One"), card("Two"))
    await asyncio.gather(*(Teller(house, one).see(story, n) for one in people for n in (1, 2, 2)))
    found = await ana.get(path_of(story, "/viewers"))
    assert (found["total"], found["completed"]) == (12, 12)
    for one in people:
        row = await Teller(house, one).row()
        assert (row["unseen"], row["tellers"][0]["seen"]) == (0, 2)


async def test_more_take_no_more_statements(house: World) -> None:
    ana, people = Teller(house, house.ana), house.members(9)
    for one in people:
        house.do(connect, house.ana, one)
    story = await ana.tell(card())
    asked = []
    for some in (people[:2], people[2:]):
        with house.counting() as counter:
            house.do(see, [Seeing(one, (Seen(house.ana, int(story["id"]), 1),)) for one in some])
        asked.append(len(counter))
    assert asked[0] == asked[1] <= 20
