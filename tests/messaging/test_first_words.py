"""First words: where they go, how many there may be, what is said to all; and reports."""

from typing import Any

import httpx
import pytest

from entregent.messaging.model import Row
from entregent.network import block, connect
from tests.invitations.asking import do
from tests.messaging.talk import begin, row, say
from tests.messaging.test_changing import Pen, code
from tests.world import World

DAY = 86_400


async def write(pen: Pen, other: int, text: str = "Good morning") -> httpx.Response:
    body = pen.command(member_ids=[str(other)], text=text)
    return await pen.http.post("/api/conversations", json=body)


async def wrote(pen: Pen, other: int, text: str = "Good morning") -> Row:
    answer = await write(pen, other, text)
    assert answer.status_code == 200, answer.text
    return row(pen.world, other, int(answer.json()["row"]["id"]))


async def choose(pen: Pen, **what: str) -> dict[str, Any]:
    answer = await pen.http.patch("/api/senders", json=pen.command(**what))
    found: dict[str, Any] = answer.json()
    return found


# -- who may write ---------------------------------------------------------------------------------


async def test_first_words_go_where_the_receiver_says(world: World) -> None:
    ana, chloe, emi = (Pen(world, one) for one in (world.ana, world.chloe, world.emi))
    assert await ana.get("/api/senders") == {"near": "requests", "far": "requests"}
    assert (await wrote(emi, world.ana)).view == "requests"
    assert await choose(chloe, near="inbox", far="refuse") == {"near": "inbox", "far": "refuse"}
    assert (await wrote(ana, world.chloe)).view == "inbox"  # both know Bruno
    refused = await write(emi, world.chloe)
    assert code(refused) == ("wants_no_requests", 403)
    assert await choose(chloe, far="requests") == {"near": "inbox", "far": "requests"}
    assert (await wrote(emi, world.chloe)).view == "requests"
    assert (await wrote(Pen(world, world.bruno), world.chloe)).view == "inbox"  # connected
    assert (await ana.http.patch("/api/senders", json=ana.command(far="spam"))).status_code == 400


async def test_who_refuses_strangers_still_meets_whom_they_write_to(world: World) -> None:
    emi, chloe = Pen(world, world.emi), Pen(world, world.chloe)
    await choose(emi, far="refuse", near="refuse")
    key = int((await write(emi, world.chloe)).json()["row"]["id"])
    await chloe.said(key, "Hello Emi")
    assert row(world, world.emi, key).view == "inbox"


async def test_a_new_member_writes_to_few_strangers_in_a_day(world: World) -> None:
    emi = Pen(world, world.emi)
    people = world.members(12)
    for one in people[:10]:
        await wrote(emi, one, f"Good morning, {one}, about {one}")
    refused = await write(emi, people[10])
    assert code(refused) == ("many_strangers", 429)
    assert refused.json()["error"]["retry_after"]
    world.do(connect, world.emi, people[10])
    assert (await wrote(emi, people[10])).view == "inbox"
    world.clock.forward(seconds=DAY + 1)
    await wrote(emi, people[11])


async def bring(pen: Pen, *others: int, key: int | None = None) -> Any:
    """Asks people into a group: a new one, or one that is there."""
    ids = [str(one) for one in others]
    if key is None:
        body = pen.command(member_ids=ids, title="Gold for everybody")
        return await pen.http.post("/api/conversations", json=body)
    path = f"/api/conversations/{key}/people"
    return await pen.http.post(path, json=pen.command(member_ids=ids))


async def test_no_group_is_a_way_around_a_closed_door(world: World) -> None:
    emi, chloe = Pen(world, world.emi), Pen(world, world.chloe)
    await choose(chloe, far="refuse")
    refused = await bring(emi, world.chloe, world.ana)
    assert code(refused) == ("some_want_no_requests", 403)
    assert "write to: Chloé Dupont. Leave" in refused.json()["error"]["message"]
    key = int((await bring(emi, world.ana)).json()["row"]["id"])
    assert code(await bring(emi, world.chloe, key=key)) == ("wants_no_requests", 403)
    # Who knows somebody whom Chloé knows, too, may ask; and so may anybody she is connected with.
    assert (await bring(Pen(world, world.ana), world.chloe, world.bruno)).status_code == 200
    world.do(connect, world.emi, world.chloe)
    assert (await bring(emi, world.chloe, key=key)).status_code == 200
    # Nor does who was refused come back with a group.
    dan = Pen(world, world.member("Dan Oyelowo"))
    asked = await invite(dan, world.ana)
    do(world, world.ana, [int(asked)], "reply", "Who are you?")
    do(world, world.ana, [int(asked)], "refuse")
    assert code(await bring(dan, world.ana)) == ("cannot_write_to", 403)
    refused = await bring(dan, world.ana, world.bruno, world.emi)
    assert code(refused) == ("cannot_write_to_some", 403)
    assert "write to: Ana Lima. Leave" in refused.json()["error"]["message"]
    # Who is hidden from me is not named.
    world.do(block, world.emi, dan.member)
    assert code(await bring(dan, world.bruno, world.emi)) == ("cannot_write_to", 403)


async def invite(pen: Pen, other: int) -> str:
    """Asks somebody to connect; gives the invitation."""
    body = pen.command(member_id=str(other), reason="other", note="We met")
    answer = await pen.http.post("/api/invitations", json=body)
    found: str = answer.json()["invitation"]["id"]
    return found


async def test_a_new_member_asks_few_strangers_into_groups_in_a_day(world: World) -> None:
    emi = Pen(world, world.emi)
    people = world.members(14)
    key = int((await bring(emi, *people[:6])).json()["row"]["id"])
    assert code(await bring(emi, *people[6:12])) == ("many_strangers", 429)
    assert (await bring(emi, *people[6:9], key=key)).status_code == 200
    await wrote(emi, people[9])
    for more in (key, None):
        assert code(await bring(emi, people[10], key=more)) == ("many_strangers", 429)
    assert code(await write(emi, people[10])) == ("many_strangers", 429)
    world.clock.forward(seconds=DAY + 1)
    assert (await bring(emi, *people[10:13], key=key)).status_code == 200


# -- what is said to everybody ---------------------------------------------------------------------


async def test_what_is_said_to_everybody_is_spam(world: World) -> None:
    emi = Pen(world, world.emi)
    people = world.members(7)
    views = [
        (await wrote(emi, one, f"Hello Member {number:03}!  Earn {number}00 € a day.")).view
        for number, one in enumerate(people)
    ]
    assert views == ["requests"] * 4 + ["spam"] * 3
    other = Pen(world, world.ana)
    assert (await wrote(other, people[0], "Hello Member! Earn 500 € a day.")).view == "requests"


@pytest.mark.parametrize("text", ["See https://sell.example/now", "Nice to meet you"])
async def test_a_new_contact_who_begins_with_a_link_is_a_request(world: World, text: str) -> None:
    world.do(connect, world.ana, world.emi)
    emi = Pen(world, world.emi)
    # Whether it is said with the first request or after it.
    key = begin(world, world.emi, world.ana)
    await emi.said(key, text)
    view = row(world, world.ana, key).view
    assert view == ("requests" if "://" in text else "inbox")
    await Pen(world, world.ana).said(key, "Thank you")
    assert row(world, world.ana, key).view == "inbox"
    await emi.said(key, "https://sell.example/again")
    assert row(world, world.ana, key).view == "inbox"


async def test_an_old_contact_is_not_weighed(world: World) -> None:
    world.clock.forward(seconds=8 * DAY)
    assert (await wrote(Pen(world, world.bruno), world.ana, "https://a.example/")).view == "inbox"


# -- reports ---------------------------------------------------------------------------------------


async def test_who_may_not_report(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key)
    stranger, ana = Pen(world, world.emi), Pen(world, world.ana)
    path = f"/api/conversations/{key}/report"
    answer = await stranger.http.post(path, json=stranger.command(reason="spam", seq=1))
    assert code(answer) == ("conversation_not_found", 404)
    answer = await ana.http.post(path, json=ana.command(reason="spam", seq=9))
    assert code(answer) == ("message_not_found", 404)
    answer = await ana.http.post(path, json=ana.command(reason="boring"))
    assert answer.status_code == 400
    world.do(block, world.bruno, world.ana)
    answer = await ana.http.post(path, json=ana.command(reason="harassment", seq=1))
    assert answer.status_code == 200  # what a block hides can still be reported
