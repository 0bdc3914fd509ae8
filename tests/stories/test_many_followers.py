"""Whoever is followed by more than ten thousand is put into no rows: these find it themselves."""

import itertools

import pytest

from entregent.accounts import open_session
from entregent.network import block, follow
from entregent.network.queries import people as network
from entregent.ports.db import Transaction
from entregent.stories import queries, reading
from entregent.stories.jobs import MOST_PUSHED
from tests.live.following import serving
from tests.stories.telling import HOUR, Teller, card, path_of, sticker
from tests.world import World


def followed(tx: Transaction, author: int, number: int) -> None:
    """So many others follow, of whom nothing else is known."""
    first = tx.new_id() + (1 << 30)
    rows = ({"member_id": author, "other_id": first + n, "at": tx.now} for n in range(number))
    while some := list(itertools.islice(rows, 1_000)):
        tx.run_many(network.ADD_FOLLOWER, some)


def rows_with(tx: Transaction, author: int, people: list[int]) -> set[int]:
    """Whose rows a story was put into."""
    return {one.member_id for one in tx.all(queries.TRAYS_OF, ids=people, author=author)}


@pytest.fixture
def star(house: World) -> Teller:
    """Diego is followed by Bruno, Chloé and too many others."""
    for one in (house.bruno, house.chloe):
        house.do(follow, one, house.diego)
    house.do(followed, house.diego, MOST_PUSHED - 1)
    return Teller(house, house.diego)


async def test_ten_thousand_have_it_in_their_rows(house: World) -> None:
    house.do(follow, house.bruno, house.diego)
    house.do(followed, house.diego, MOST_PUSHED - 1)
    cursor = house.cursor(house.bruno)
    await Teller(house, house.diego).tell(card())
    everybody = [queries.EVERYBODY, house.bruno]
    assert house.see(rows_with, house.diego, everybody) == {house.bruno}
    assert [one["type"] for one in house.log(house.bruno, cursor)] == ["story.published"]


async def test_more_find_it_themselves(house: World, star: Teller) -> None:
    bruno, emi = Teller(house, house.bruno), Teller(house, house.emi)
    cursor = house.cursor(house.bruno)
    story = await star.tell(card("One"), card("Two"))
    people = [queries.EVERYBODY, house.bruno, house.chloe]
    assert house.see(rows_with, house.diego, people) == {queries.EVERYBODY}
    assert house.cursor(house.bruno) == cursor
    row = await bruno.row()
    (teller,) = row["tellers"]
    assert (teller["card"]["id"], teller["frames"], teller["seen"]) == (str(house.diego), 2, 0)
    assert row["unseen"] == 1
    assert (await emi.row())["tellers"] == []
    await emi.open(house.diego, 404)
    assert (await star.row())["tellers"] == []

    # What is seen is counted once, and stays seen.
    for frames, unseen in ((1, 1), (2, 0), (2, 0)):
        await bruno.see(story, frames)
        row = await bruno.row()
        assert (row["tellers"][0]["seen"], row["unseen"]) == (frames, unseen)
    seen = [one for one in house.log(house.bruno, cursor) if one["type"] == "stories.seen"]
    assert [one["unseen"] for one in seen] == [0, -1]
    assert (await star.get(path_of(story, "/viewers")))["total"] == 1

    # The next story is new again; what is taken back is gone for all at once.
    again = await star.tell(card("Three"))
    row = await bruno.row()
    assert (row["tellers"][0]["frames"], row["tellers"][0]["seen"], row["unseen"]) == (3, 2, 1)
    for one in (story, again):
        await star.ask("DELETE", path_of(one))
    assert await bruno.rings() == []
    await house.house.worker.run_due()
    assert house.see(rows_with, house.diego, people[:1]) == set()


async def test_only_who_may_see_it_finds_it(house: World, star: Teller) -> None:
    bruno, chloe = Teller(house, house.bruno), Teller(house, house.chloe)
    await star.tell(card(), hidden=(house.chloe,))
    assert (await bruno.rings(), await chloe.rings()) == ([str(house.diego)], [])
    await bruno.ask("PUT", f"/api/stories/mutes/{house.diego}", on=True)
    row = await bruno.row()
    assert (row["tellers"][0]["muted"], row["unseen"]) == (True, 0)
    house.do(block, house.diego, house.bruno)
    assert await bruno.rings() == []


async def test_who_is_here_hears_of_it_at_once(house: World, star: Teller) -> None:
    """And nobody else: neither who does not follow, nor from whom it is hidden."""
    house.clock.forward(seconds=60)  # and with it the ids
    house.do(followed, house.diego, 1)
    people = house.ana, house.bruno, house.chloe, house.emi
    cookies = [house.do(open_session, one, "127.0.0.1", "a test") for one in people]
    async with serving(house.house) as served:
        tabs = [
            await served.tab(cookie).open(house.cursor(one))
            for one, cookie in zip(people, cookies, strict=True)
        ]
        await star.tell(card(), hidden=(house.chloe,), settle=False)
        told = await tabs[1].next()
        assert (told.seq, told.kind, told.event["type"]) == (0, "now", "story.around")
        teller = told.event["teller"]
        assert teller == (await Teller(house, house.bruno).row())["tellers"][0]
        for tab in (tabs[0], tabs[2], tabs[3]):
            assert await tab.quiet()


async def test_who_stands_otherwise_to_them(house: World, star: Teller) -> None:
    """Who looked and follows no more has it no more; who was never near hears nothing."""
    bruno, chloe = Teller(house, house.bruno), Teller(house, house.chloe)
    named = [
        sticker("mention", f"m{one}", member_id=str(one), text="You")
        for one in (house.bruno, house.chloe)
    ]
    story = await star.tell(card(stickers=named))
    await bruno.see(story)
    emis, brunos = house.cursor(house.emi), house.cursor(house.bruno)
    await star.ask("PUT", f"/api/people/{house.emi}/mine", tags=["X"], note="", cadence_days=None)
    for one in (bruno, chloe):
        await one.ask("DELETE", f"/api/follows/{house.diego}")
    await house.house.worker.run_due()
    assert house.log(house.emi, emis) == []
    assert "story.gone" in [one["type"] for one in house.log(house.bruno, brunos)]
    for one in (bruno, chloe):
        assert (await one.rings(), (await one.get("/api/notices"))["notices"]) == ([], [])


async def test_a_day_and_no_longer(house: World, star: Teller) -> None:
    bruno = Teller(house, house.bruno)
    await star.tell(card())
    assert await bruno.rings() == [str(house.diego)]
    house.clock.forward(seconds=24 * HOUR + 1)
    assert await bruno.rings() == []


async def test_whom_it_names_hears_of_it_once(house: World, star: Teller) -> None:
    bruno, cursor = Teller(house, house.bruno), house.cursor(house.bruno)
    here = sticker("mention", member_id=str(house.bruno), text="Bruno")
    story = await star.tell(card("One"), card("Two", stickers=[here]))
    await star.ask("DELETE", path_of(story, "/frames/1"))
    await house.house.worker.run_due()
    (notice,) = (await bruno.get("/api/notices"))["notices"]
    assert (notice["kind"], notice["people"]) == ("mention", [str(house.diego)])
    assert len(house.log(house.bruno, cursor)) == 1


async def test_it_takes_the_same_statements_for_all(house: World, star: Teller) -> None:
    """To tell, with no more than it takes for one follower; and to read the row."""
    await house.house.worker.run_due()
    told, asked = [], []
    for teller in (star, Teller(house, house.ana)):
        with house.counting() as counter:
            await teller.tell(card())
        told.append(len(counter))
        with house.counting() as counter:
            house.see(reading.row, house.bruno, "en")
        asked.append(len(counter))
    assert told[0] < told[1]
    assert asked[0] == asked[1] <= 10
