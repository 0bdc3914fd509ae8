"""Who is named in a story hears of it, as long as it is for them."""

from typing import Any

import pytest

from entregent.network import block, connect, follow
from tests.messaging.talk import begin
from tests.stories.telling import HOUR, Teller, card, path_of, sticker
from tests.world import World


def naming(*members: int, text: str = "Thanks") -> dict[str, Any]:
    """A card that names these."""
    named = [sticker("mention", f"m{one}", member_id=str(one), text="You") for one in members]
    return card(text, stickers=named)


async def told(one: Teller) -> list[tuple[str, str]]:
    """Whose stories the bell says somebody is named in, and which."""
    await one.world.house.worker.run_due()
    notices = (await one.get("/api/notices"))["notices"]
    return [(said["thing"]["of"], said["thing"]["id"]) for said in notices]


async def test_who_is_named_hears_of_it_once(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno, chloe = (Teller(house, one) for one in (house.ana, house.bruno, house.chloe))
    story = await ana.tell(naming(house.bruno, house.ana), naming(house.bruno), card("Three"))
    (notice,) = (await bruno.get("/api/notices"))["notices"]
    assert (notice["kind"], notice["people"]) == ("mention", [str(house.ana)])
    assert notice["thing"]["kind"] == "story"
    # Nothing of what stands in it is kept there.
    assert notice["detail"] == {"text": "", "emoji": "", "what": "story"}
    assert (await bruno.get("/api/notices"))["bell"] == 1
    assert await told(chloe) == await told(ana) == []

    # Read, it is not told again when the story goes into rows anew.
    await bruno.ask("POST", "/api/notices/read", ids=[notice["id"]])
    audience = {"who": "everyone", "hidden_from": []}
    await ana.ask("PATCH", path_of(story), audience=audience)
    await ana.ask("DELETE", path_of(story, "/frames/3"))
    assert await told(bruno) == [(str(house.ana), story["id"])]
    assert (await bruno.get("/api/notices"))["bell"] == 0
    # Still named on the first frame; then on none.
    await ana.ask("DELETE", path_of(story, "/frames/2"))
    assert len(await told(bruno)) == 1


async def test_to_look_at_it_is_to_have_read_of_it(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    looked, other = [await ana.tell(naming(house.bruno)) for _ in range(2)]
    cursor = house.cursor(house.bruno)
    for _ in range(2):
        await bruno.see(looked)
    notices = (await bruno.get("/api/notices"))["notices"]
    read = {one["thing"]["id"]: one["read"] for one in notices}
    assert read == {looked["id"]: True, other["id"]: False}
    told = [one for one in house.log(house.bruno, cursor) if one["type"] == "notices.read"]
    assert [len(one["ids"]) for one in told] == [1]


HOW = ["deleted", "frame", "hidden", "blocked", "close", "over", "left", "parted", "list", "group"]


@pytest.mark.parametrize("how", HOW)
async def test_what_is_told_no_more_is_taken_back(house: World, how: str) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    if how == "close":
        await ana.ask("PUT", "/api/stories/close", member_ids=[str(house.bruno)])
    ref, mine = None, f"/api/people/{house.bruno}/mine"
    if how == "list":
        ref = "Team"
        await ana.ask("PUT", mine, tags=["Team"], note="", cadence_days=None)
    if how == "group":
        house.do(connect, house.ana, house.chloe)
        ref = str(begin(house, house.ana, house.bruno, house.chloe, title="All"))
    who = how if how in ("close", "list", "group") else "connections"
    story = await ana.tell(naming(house.bruno), card("Two"), who=who, ref=ref)
    assert await bruno.rings() == [str(house.ana)]
    cursor = house.cursor(house.bruno)
    assert await told(bruno) == [(str(house.ana), story["id"])]
    match how:
        case "deleted":
            await ana.ask("DELETE", path_of(story))
        case "frame":
            await ana.ask("DELETE", path_of(story, "/frames/1"))
        case "hidden":
            audience = {"who": "connections", "hidden_from": [str(house.bruno)]}
            await ana.ask("PATCH", path_of(story), audience=audience)
        case "blocked":
            house.do(block, house.bruno, house.ana)
        case "close":
            await ana.ask("PUT", "/api/stories/close", member_ids=[])
        case "over":
            house.clock.forward(seconds=25 * HOUR)
        case "parted":
            await bruno.ask("DELETE", f"/api/connections/{house.ana}")
        case "list":
            await ana.ask("PUT", mine, tags=[], note="", cadence_days=None)
        case "group":
            await bruno.ask("POST", f"/api/conversations/{ref}/leave")
        case _:
            await ana.ask("POST", "/api/accounts/close", password="four words at random")
    assert await told(bruno) == []
    assert (await bruno.get("/api/notices"))["bell"] == 0
    # An open page has it no more, either.
    if how not in ("frame", "over", "left"):
        gone = [one for one in house.log(house.bruno, cursor) if one["type"] == "story.gone"]
        assert [one["author_id"] for one in gone] == [str(house.ana)]


async def test_who_comes_nearer_has_it_and_who_never_had_it_hears_nothing(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno, chloe = (Teller(house, one) for one in (house.ana, house.bruno, house.chloe))
    (stranger,) = house.members(1)
    emi = Teller(house, stranger)
    house.do(follow, stranger, house.ana)
    await ana.tell(naming(house.bruno), who="close")
    await ana.tell(hidden=(house.bruno, stranger))
    before = {one: house.cursor(one) for one in (house.bruno, stranger)}
    await ana.ask("PUT", "/api/stories/close", member_ids=[str(house.bruno)])
    assert len(await told(bruno)) == 1
    assert await bruno.rings() == [str(house.ana)]
    await emi.ask("DELETE", f"/api/follows/{house.ana}")
    await house.house.worker.run_due()
    kinds = {one["type"] for one in house.log(stranger, before[stranger])}
    assert kinds == {"follow.changed"}
    await chloe.ask("DELETE", f"/api/connections/{house.ana}")
    await house.house.worker.run_due()
    assert await chloe.rings() == await emi.rings() == []


@pytest.mark.parametrize("who", ["hidden", "close"])
async def test_a_block_says_nothing_of_what_one_never_saw(house: World, who: str) -> None:
    ana = Teller(house, house.ana)
    hidden = (house.bruno,) if who == "hidden" else ()
    await ana.tell(who="everyone" if hidden else "close", hidden=hidden)
    cursors = {one: house.cursor(one) for one in (house.ana, house.bruno)}
    house.do(block, house.bruno, house.ana)
    await house.house.worker.run_due()
    for one, after in cursors.items():
        assert not [said for said in house.log(one, after) if "stor" in said["type"]]


async def test_who_may_not_see_it_never_hears_of_it(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno, chloe = (Teller(house, one) for one in (house.ana, house.bruno, house.chloe))
    (stranger,) = house.members(1)
    emi = Teller(house, stranger)
    named = naming(house.bruno, house.chloe, stranger)
    before = [house.cursor(one) for one in (house.bruno, stranger)]
    story = await ana.tell(named, hidden=(house.bruno,))
    assert await told(chloe) == [(str(house.ana), story["id"])]
    assert await told(bruno) == await told(emi) == []
    assert [house.log(house.bruno, before[0]), house.log(stranger, before[1])] == [[], []]
    # From now on it is for Bruno, too; the stranger has it with the connection.
    await ana.ask("PATCH", path_of(story), audience={"who": "connections", "hidden_from": []})
    assert await told(bruno) == [(str(house.ana), story["id"])]
    house.do(connect, house.ana, stranger)
    assert await told(emi) == [(str(house.ana), story["id"])]


async def test_it_is_told_when_all_of_it_is_ready(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    photo = {**naming(house.bruno), "kind": "photo", "text": "", "media_id": await ana.bring()}
    before = house.cursor(house.bruno)
    story = await ana.tell(photo, settle=False)
    assert story["state"] == "processing"
    assert house.log(house.bruno, before) == []
    house.clock.forward(seconds=60)
    assert await told(bruno) == [(str(house.ana), story["id"])]


async def test_the_letter_says_it(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    ways = {"mention": {"bell": True, "push": False, "mail": True}}
    await bruno.ask("PATCH", "/api/notices/settings", ways=ways, digest={"rhythm": "daily"})
    house.clock.forward(ms=1)
    await ana.tell(naming(house.bruno, text="A secret"), hours=48)
    house.clock.forward(seconds=25 * HOUR)
    await house.house.worker.run_due()
    (letter,) = house.mail.sent
    assert "Ana Lima vous a mentionné dans une story" in letter.text
    said = f"{letter.text}{letter.html}"
    assert f"/stories/{house.ana}" in said
    assert "A secret" not in said
