"""Whoever wants to be reminded of a countdown is: once, and only of what is for them still."""

from typing import Any

import pytest

from entregent.network import block, connect
from entregent.stories.actions import reminding
from tests.stories.telling import HOUR, Teller, card, key, path_of, sticker
from tests.world import World


def countdown(house: World, hours: int = 3) -> dict[str, Any]:
    """A card with a countdown that ends in so many hours."""
    at = house.clock.now() + hours * HOUR * 1_000
    return card("Soon", stickers=[sticker("countdown", "c", text="The fair", at=at)])


async def ask(viewer: Teller, story: dict[str, Any], on: bool = True, expect: int = 200) -> Any:
    path = path_of(story, "/frames/1/stickers/c")
    return await viewer.ask("POST", path, expect, remind=on)


async def told(one: Teller, hours: int = 0) -> list[tuple[str, str | None]]:
    """What of countdowns the bell says so many hours later, and where it leads."""
    one.world.clock.forward(seconds=hours * HOUR)
    await one.world.house.worker.run_due()
    notices = (await one.get("/api/notices"))["notices"]
    said = [notice for notice in notices if notice["detail"]["what"] == "countdown"]
    return [(one["detail"]["text"], one["thing"] and one["thing"]["of"]) for one in said]


async def test_who_asked_is_reminded_once(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno, chloe = (Teller(house, one) for one in (house.ana, house.bruno, house.chloe))
    story = await ana.tell(countdown(house))
    asked = await ask(bruno, story)
    assert asked["sticker"]["reminded"]
    await ask(bruno, story)
    await ask(chloe, story)
    assert not (await ask(chloe, story, False))["sticker"]["reminded"]
    assert not (await ask(chloe, story, False))["sticker"]["reminded"]
    shown = (await bruno.open(house.ana))["stories"][0]["frames"][0]["stickers"][0]
    assert (shown["reminded"], shown["answered"]) == (True, False)
    assert await told(bruno, 2) == []
    assert await told(bruno, 1) == [("The fair", str(house.ana))]
    (notice,) = (await bruno.get("/api/notices"))["notices"]
    assert (notice["kind"], notice["people"]) == ("returned", [str(house.ana)])
    assert await told(chloe) == await told(ana) == []
    await bruno.ask("POST", "/api/notices/read", ids=None)
    await told(bruno, 10)
    assert (await bruno.get("/api/notices"))["bell"] == 0
    # It is over: nobody can ask any more.
    refused = await ask(chloe, story, expect=409)
    assert refused["error"]["code"] == "stories.countdown_over"


@pytest.mark.parametrize("archive", [True, False])
async def test_a_countdown_may_outlast_its_story(house: World, archive: bool) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno, chloe = (Teller(house, one) for one in (house.ana, house.bruno, house.chloe))
    await ana.ask("PATCH", "/api/stories/settings", archive=archive)
    story = await ana.tell(countdown(house, 48))
    await ask(bruno, story)
    await ask(chloe, story)
    assert await told(bruno, 25) == []
    house.do(block, house.ana, house.chloe)
    assert await told(bruno, 22) == []
    # The story is there no more: what is said of it leads to its author.
    assert await told(bruno, 1) == [("The fair", None)]
    assert await told(chloe) == []


@pytest.mark.parametrize(
    "how", ["deleted", "deleted from the archive", "frame", "hidden", "blocked", "left"]
)
async def test_nothing_is_said_of_what_is_gone(house: World, how: str) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell(countdown(house, 30), card("Two"))
    await ask(bruno, story)
    match how:
        case "deleted":
            await ana.ask("DELETE", path_of(story))
        case "deleted from the archive":
            await told(bruno, 25)
            await ana.ask("DELETE", path_of(story))
        case "frame":
            await ana.ask("DELETE", path_of(story, "/frames/1"))
        case "hidden":
            audience = {"who": "everyone", "hidden_from": [str(house.bruno)]}
            await ana.ask("PATCH", path_of(story), audience=audience)
        case "blocked":
            house.do(block, house.ana, house.bruno)
        case _:
            async with house.client(house.ana) as client:
                body = {"client_id": key(), "password": "four words at random"}
                await client.post("/api/accounts/close", json=body)
    assert await told(bruno, 31) == []


async def test_somebody_outside_asks_for_nothing(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    (stranger,) = house.members(1)
    emi = Teller(house, stranger)
    story = await ana.tell(countdown(house), hidden=(house.bruno,))
    before = [house.cursor(one) for one in (house.bruno, stranger)]
    for one in (bruno, emi):
        refused = await ask(one, story, expect=404)
        nowhere = {**story, "id": str(int(story["id"]) + 1)}
        assert (await ask(one, nowhere, expect=404))["error"] == refused["error"]
    assert await told(bruno, 3) == await told(emi) == []
    assert [house.log(house.bruno, before[0]), house.log(stranger, before[1])] == [[], []]
    # For everyone, it is for a stranger, too.
    other = await ana.tell(countdown(house), who="everyone")
    await ask(emi, other)
    assert await told(emi, 3) == [("The fair", str(house.ana))]


async def test_many_are_reminded_some_at_a_time(
    house: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "SOME", 2)
    some = [Teller(house, one) for one in house.members(5)]
    for one in some:
        house.do(connect, house.ana, one.member)
    story = await Teller(house, house.ana).tell(countdown(house))
    for one in some:
        await ask(one, story)
    for one in some:
        assert await told(one, 3 if one is some[0] else 0) == [("The fair", str(house.ana))]
