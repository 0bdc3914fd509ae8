"""Being away: each person is answered once, by itself, and nothing counts as done (M11)."""

from typing import Any

from entregent.accounts import close_account
from entregent.messaging import mark
from entregent.messaging.actions.away import absence_of, answer_away
from entregent.messaging.actions.strangers import set_senders
from entregent.messaging.queries import rows as queries
from entregent.messaging.state import apply
from entregent.network import block
from tests.messaging.talk import begin, events_after, everything, row, say
from tests.messaging.test_changing import Pen, ana, code
from tests.world import World

__all__ = ["ana"]

DAY = 86_400_000
TEXT = "I am back on Monday, {first_name}."


async def leave(pen: Pen, status: int = 200, **more: Any) -> dict[str, Any]:
    now = pen.world.clock.now()
    body = pen.command(**{"until": now + DAY, "text": TEXT, **more})
    answer = await pen.http.put("/api/absence", json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def writes(world: World, who: int, key: int, text: str = "Hello") -> None:
    say(world, who, key, text)
    await world.house.worker.run_due()


def texts(world: World, member: int, key: int) -> list[str]:
    said = world.see(everything, member).messages.get(str(key), [])
    return [one.text for one in said]


async def test_whoever_writes_is_answered_once(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    gone = await leave(ana)
    assert gone["absence"]["audience"] == "connections"
    assert gone["answered"] == 0
    cursor, old = world.cursor(world.ana), world.see(everything, world.ana)
    await writes(world, world.bruno, key)
    assert texts(world, world.bruno, key) == ["Hello", "I am back on Monday, Bruno."]
    (answer,) = [m for m in await ana.thread(key) if m["author_id"] == str(world.ana)]
    assert answer["kind"] == "away"
    # Nothing is done by it: unread, to be answered, on top with what was written.
    mine = row(world, world.ana, key)
    assert (mine.unread, mine.awaiting, mine.snippet) == (True, "me", "Hello")
    assert (mine.last_seq, mine.read_seq, mine.last_author_id) == (2, 0, str(world.bruno))
    theirs = row(world, world.bruno, key)
    assert (theirs.unread, theirs.awaiting) == (True, "them")
    assert theirs.snippet == "I am back on Monday, Bruno."
    for event in world.see(events_after, world.ana, cursor):
        old = apply(old, event)
    fresh = world.see(everything, world.ana)
    assert (old.counts, old.rows) == (fresh.counts, fresh.rows)
    await writes(world, world.bruno, key, "Again")
    assert len(texts(world, world.bruno, key)) == 3
    assert (await ana.get("/api/absence"))["answered"] == 1
    # Another text is the same absence; the next absence is another one.
    await leave(ana, text="Until Tuesday")
    await writes(world, world.bruno, key, "And?")
    assert len(texts(world, world.bruno, key)) == 4
    await ana.http.delete("/api/absence")
    await leave(ana, text="Away again")
    await writes(world, world.bruno, key, "Already?")
    assert texts(world, world.bruno, key)[-1] == "Away again"


async def test_it_begins_and_ends_by_itself(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    now = world.clock.now()
    gone = (await leave(ana, since=now + DAY, until=now + 2 * DAY))["absence"]
    await writes(world, world.bruno, key)
    assert len(texts(world, world.bruno, key)) == 1
    world.clock.forward(days=1)
    await writes(world, world.bruno, key)
    assert len(texts(world, world.bruno, key)) == 3
    world.clock.forward(days=1)
    assert (await ana.get("/api/absence"))["absence"] is None
    third = begin(world, world.ana, world.chloe)
    await writes(world, world.chloe, third)
    assert len(texts(world, world.chloe, third)) == 1
    # Brought back, it knows whom it has answered.
    again = await leave(ana, id=gone["id"])
    assert again["absence"]["id"] == gone["id"]
    await writes(world, world.bruno, key)
    assert len(texts(world, world.bruno, key)) == 4


async def test_coming_home_is_told_and_undone(world: World, ana: Pen) -> None:
    gone = (await leave(ana))["absence"]
    cursor = world.cursor(world.ana)
    for _ in range(2):
        assert (await ana.http.delete("/api/absence")).status_code == 200
    told = [one for one in world.log(world.ana, cursor) if one["type"] == "absence.changed"]
    assert [one["absence"] for one in told] == [None]
    back = await leave(ana, id=gone["id"])
    assert back["absence"] | {"since": 0, "until": 0} == gone | {"since": 0, "until": 0}
    # The same command once more is the same absence.
    answer = await ana.http.put(
        "/api/absence",
        json={"client_id": f"by-{world.ana}-0002", "until": gone["until"], "text": TEXT},
    )
    assert answer.json() == back


async def test_whom_it_is_for(world: World, ana: Pen) -> None:
    await leave(ana)
    asked = begin(world, world.emi, world.ana)
    await writes(world, world.emi, asked)
    assert len(texts(world, world.emi, asked)) == 1
    await leave(ana, audience="everyone")
    await writes(world, world.emi, asked, "Anybody?")
    assert texts(world, world.emi, asked)[-1] == "I am back on Monday, Emi."
    # That accepts nothing.
    assert row(world, world.ana, asked).view == "requests"


async def test_as_many_strangers_as_one_may_write_to(world: World, ana: Pen) -> None:
    await leave(ana, audience="everyone")
    keys = []
    for one in world.members(3):
        keys.append(begin(world, one, world.ana))
        say(world, one, keys[-1])
    # Who is new here answers one a day of them, by this host's settings; others two.
    assert [world.do(answer_away, world.ana, key, 2, 1) for key in keys] == [True, False, False]
    world.clock.forward(days=8)
    await leave(ana, audience="everyone")
    assert [world.do(answer_away, world.ana, key, 2, 1) for key in keys] == [True, True, False]


async def test_what_is_never_answered(world: World, ana: Pen) -> None:
    group = begin(world, world.bruno, world.ana, world.chloe, title="All of us")
    spam, promotions = begin(world, world.bruno, world.ana), begin(world, world.chloe, world.ana)
    say(world, world.bruno, spam)
    world.do(mark, world.ana, [spam], "spam")
    await leave(ana, audience="everyone")
    for who, key in ((world.bruno, group), (world.bruno, spam)):
        await writes(world, who, key)
        assert world.ana not in {
            int(one.author_id or 0) for one in world.see(everything, world.ana).messages[str(key)]
        }
    # Whom the member has answered by hand meanwhile, or read, needs no other answer.
    say(world, world.chloe, promotions)
    say(world, world.ana, promotions, "I am here after all")
    await world.house.worker.run_due()
    assert texts(world, world.chloe, promotions) == ["Hello", "I am here after all"]


async def test_two_who_are_away_do_not_talk(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    await leave(ana)
    await leave(Pen(world, world.bruno))
    await writes(world, world.bruno, key)
    await world.house.worker.run_due()
    assert len(texts(world, world.bruno, key)) == 2


async def test_a_block_in_between(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    await leave(ana)
    say(world, world.bruno, key)
    world.do(block, world.ana, world.bruno)
    await world.house.worker.run_due()
    assert len(texts(world, world.bruno, key)) == 1


async def test_it_brings_nothing_back_and_cannot_be_edited(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    await leave(ana)
    say(world, world.bruno, key)
    world.do(mark, world.bruno, [key], "archived")
    await world.house.worker.run_due()
    theirs = row(world, world.bruno, key)
    assert (theirs.view, theirs.unread, theirs.awaiting) == ("archived", True, "them")
    assert code(await ana.edit(key, 2, "Or Tuesday")) == ("not_yours", 403)
    assert code(await ana.delete(key, 2, "everyone")) == ("not_yours", 403)
    assert (await ana.delete(key, 2, "me")).status_code == 200


async def test_sending_asks_nothing_more_for_it(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key)
    with world.counting() as before:
        say(world, world.bruno, key)
    await leave(Pen(world, world.chloe))
    with world.counting() as after:
        say(world, world.bruno, key)
    assert len(before) == len(after)
    assert queries.DELIVER in after.statements


async def test_refusals(world: World, ana: Pen) -> None:
    now = world.clock.now()
    for more, name in (
        ({"text": " "}, "away_says_nothing"),
        ({"text": "x" * 2_001}, "too_long"),
        ({"until": now}, "away_ends_first"),
        ({"since": now + DAY, "until": now + DAY}, "away_ends_first"),
        ({"until": now + 400 * DAY}, "away_ends_first"),
    ):
        refused = await leave(ana, status=422, **more)
        assert refused["error"]["code"] == f"messaging.{name}"
    assert (await ana.get("/api/absence"))["absence"] is None
    async with world.client() as nobody:
        assert (await nobody.get("/api/absence")).status_code == 401


async def test_who_takes_no_first_words_says_none(world: World, ana: Pen) -> None:
    world.do(set_senders, world.ana, "refuse", "refuse")
    await leave(ana, audience="everyone")
    refused = await Pen(world, world.emi).http.post(
        "/api/conversations",
        json={"client_id": "emi-asks-1", "member_ids": [str(world.ana)], "text": "Hello"},
    )
    assert refused.status_code == 403


async def test_who_leaves_for_good_answers_nobody_any_more(world: World, ana: Pen) -> None:
    key = begin(world, world.bruno, world.ana)
    await leave(ana)
    say(world, world.bruno, key, "Hello")
    world.do(close_account, world.ana)
    await world.house.worker.run_due()
    assert texts(world, world.bruno, key) == ["Hello"]
    assert world.see(absence_of, world.ana).absence is None
