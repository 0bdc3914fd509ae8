"""Groups: who is in them, who may say so, what newcomers see, and what a block leaves."""

from typing import Any

import httpx
import pytest

from entregent.accounts import close_account
from entregent.messaging import exported
from entregent.messaging.state import State
from entregent.network import block, connect, connect_many, unblock
from entregent.ports.db import Transaction
from tests.messaging.talk import begin, everything, recount, row, say
from tests.messaging.test_changing import Pen, code
from tests.world import World


class Group:
    """Bruno's group with Ana, whom he knows as he knows Chloé; nobody knows Emi."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.key = begin(world, world.bruno, world.ana, title="Choir")
        self.path = f"/api/conversations/{self.key}"
        self.ana, self.bruno = Pen(world, world.ana), Pen(world, world.bruno)
        self.chloe, self.emi = Pen(world, world.chloe), Pen(world, world.emi)
        self.diego = Pen(world, world.diego)

    async def add(self, pen: Pen, *people: int) -> httpx.Response:
        body = pen.command(member_ids=[str(one) for one in people])
        return await pen.http.post(f"{self.path}/people", json=body)

    async def remove(self, pen: Pen, person: int) -> httpx.Response:
        return await pen.http.delete(f"{self.path}/people/{person}")

    async def role(self, pen: Pen, person: int, role: str) -> httpx.Response:
        return await pen.http.patch(f"{self.path}/people/{person}", json=pen.command(role=role))

    async def act(self, pen: Pen, verb: str) -> httpx.Response:
        return await pen.http.post(f"{self.path}/{verb}", json=pen.command())

    async def change(self, pen: Pen, **what: Any) -> httpx.Response:
        return await pen.http.patch(self.path, json=pen.command(**what))

    async def texts(self, pen: Pen) -> list[str]:
        return [one["text"] for one in await pen.thread(self.key)]

    async def roles(self) -> dict[int, str]:
        people = (await self.bruno.get(self.path))["participants"]
        return {int(one["id"]): one["role"] for one in people}


@pytest.fixture
def group(world: World) -> Group:
    return Group(world)


def fresh(world: World, member: int) -> State:
    return world.see(everything, member)


# -- coming in -------------------------------------------------------------------------------------


async def test_a_contact_joins_at_once_and_sees_what_comes(world: World, group: Group) -> None:
    say(world, world.ana, group.key, "before")
    answer = await group.add(group.bruno, world.chloe)
    assert answer.status_code == 200
    assert {one["id"] for one in answer.json()["participants"]} == {
        str(one) for one in (world.ana, world.bruno, world.chloe)
    }
    mine = row(world, world.chloe, group.key)
    assert (mine.view, mine.size, mine.snippet, mine.unread) == ("inbox", 3, "", False)
    assert row(world, world.ana, group.key).size == 3
    assert await group.texts(group.chloe) == []
    say(world, world.ana, group.key, "after")
    assert await group.texts(group.chloe) == ["after"]
    assert await group.chloe.found("before") == []
    assert await group.chloe.found("after") == ["after"]
    # Neither by asking for it, nor quoted, nor as a quotation of somebody else's.
    for path in ("?before=2", "?around=1", "?after=0"):
        assert [one["seq"] for one in await group.chloe.thread(group.key, path)] in ([], [2])
    for fields in ({"quote_seq": 1}, {"forward": {"conversation_id": str(group.key), "seq": 1}}):
        assert code(await group.chloe.send(group.key, "x", **fields)) == ("message_not_found", 404)
    assert code(await group.chloe.react(group.key, 1, "👍")) == ("message_not_found", 404)
    history = await group.chloe.http.get(f"{group.path}/messages/1/history")
    assert code(history) == ("message_not_found", 404)
    await group.bruno.said(group.key, "as Ana said", quote_seq=1)
    assert (await group.chloe.thread(group.key))[-1]["quote"] is None
    assert (await group.ana.thread(group.key))[-1]["quote"]["text"] == "before"
    sent = [one for one in world.log(world.chloe) if one["type"] == "message.sent"]
    assert sent[-1]["message"]["quote"] is None
    await group.ana.edit(group.key, 1, "before, corrected")
    told = [one for one in world.log(world.chloe) if one["type"] == "message.changed"]
    assert "before" not in str(told)


async def test_a_group_may_show_newcomers_everything(world: World, group: Group) -> None:
    say(world, world.ana, group.key, "from the beginning")
    assert (await group.change(group.bruno, history="all")).status_code == 200
    assert (await group.bruno.get(group.path))["history"] == "all"
    await group.add(group.bruno, world.chloe)
    await world.house.worker.run_due()
    assert await group.texts(group.chloe) == ["from the beginning"]
    assert row(world, world.chloe, group.key).snippet == "from the beginning"
    assert await group.chloe.found("beginning") == ["from the beginning"]
    assert (await group.change(group.bruno, title="Quartet")).json()["row"]["title"] == "Quartet"
    assert (await group.bruno.get(group.path))["history"] == "all"


async def test_who_is_no_contact_is_asked(world: World, group: Group) -> None:
    say(world, world.ana, group.key, "before")
    answer = await group.add(group.bruno, world.emi)
    assert answer.json()["asked"] == [str(world.emi)]
    asked = row(world, world.emi, group.key)
    assert (asked.view, asked.writable, asked.snippet) == ("requests", False, "")
    say(world, world.ana, group.key, "meanwhile")
    seen = await group.emi.get(group.path)
    assert seen["asked_by"] == str(world.bruno)
    assert {one["id"] for one in seen["participants"]} == {str(world.ana), str(world.bruno)}
    assert await group.texts(group.emi) == []
    assert await group.emi.found("meanwhile") == []
    assert code(await group.emi.send(group.key, "hi")) == ("conversation_not_found", 404)
    assert row(world, world.emi, group.key).snippet == ""
    joined = await group.act(group.emi, "join")
    assert joined.json()["row"]["view"] == "inbox"
    assert code(await group.act(group.emi, "join")) == ("not_asked", 404)
    assert (await group.bruno.get(group.path))["asked"] == []
    assert row(world, world.ana, group.key).size == 3
    await group.emi.said(group.key, "Hello all")
    assert await group.texts(group.emi) == ["Hello all"]
    state = fresh(world, world.emi)
    assert state.counts == recount(state.rows.values())


async def test_who_declines_is_not_asked_again(world: World, group: Group) -> None:
    await group.add(group.bruno, world.emi)
    for _ in range(2):
        assert (await group.act(group.emi, "decline")).status_code == 200
    assert fresh(world, world.emi) == State()
    before = world.cursor(world.emi)
    assert (await group.add(group.bruno, world.emi)).status_code == 200
    assert world.cursor(world.emi) == before
    assert code(await group.act(group.emi, "join")) == ("not_asked", 404)
    assert code(await group.act(group.diego, "join")) == ("not_asked", 404)
    assert code(await group.act(group.diego, "decline")) == ("not_asked", 404)
    # Once they are contacts they can be brought in.
    world.do(connect, world.bruno, world.emi)
    await group.add(group.bruno, world.emi)
    assert row(world, world.emi, group.key).view == "inbox"


async def test_a_group_begins_with_strangers_being_asked(world: World) -> None:
    key = begin(world, world.bruno, world.ana, world.emi)
    assert row(world, world.ana, key).view == "inbox"
    assert row(world, world.emi, key).view == "requests"
    assert row(world, world.bruno, key).size == 2


async def test_who_may_not_bring_people_in(world: World, group: Group) -> None:
    assert code(await group.add(group.ana, world.chloe)) == ("only_administrators", 403)
    assert code(await group.add(group.emi, world.chloe)) == ("conversation_not_found", 404)
    assert code(await group.add(group.bruno, 7)) == ("cannot_write_to", 403)
    world.do(block, world.emi, world.bruno)
    assert code(await group.add(group.bruno, world.emi)) == ("cannot_write_to", 403)
    await group.role(group.bruno, world.ana, "admin")
    assert code(await group.add(group.ana, world.diego)) == ("cannot_write_to", 403)
    direct = begin(world, world.ana, world.bruno)
    body = group.ana.command(member_ids=[str(world.chloe)])
    answer = await group.ana.http.post(f"/api/conversations/{direct}/people", json=body)
    assert code(answer) == ("not_a_group", 409)


async def test_a_group_has_fifty_people_at_most(world: World, group: Group) -> None:
    people = world.members(49)
    world.do(connect_many, [(world.bruno, one) for one in people])
    assert code(await group.add(group.bruno, *people)) == ("too_many_people", 422)
    assert (await group.add(group.bruno, *people[:48])).status_code == 200
    assert code(await group.add(group.bruno, people[48])) == ("too_many_people", 422)


# -- parts -----------------------------------------------------------------------------------------


async def test_roles_and_what_they_may(world: World, group: Group) -> None:
    await group.add(group.bruno, world.chloe)
    assert code(await group.role(group.ana, world.ana, "owner")) == ("only_the_owner", 403)
    assert code(await group.role(group.emi, world.ana, "admin")) == ("conversation_not_found", 404)
    assert code(await group.role(group.bruno, world.emi, "admin")) == ("not_in_the_group", 404)
    assert code(await group.role(group.bruno, world.bruno, "member")) == (
        "a_group_has_an_owner",
        409,
    )
    assert code(await group.change(group.ana, title="Mine")) == ("only_administrators", 403)
    assert code(await group.change(group.ana, history="all")) == ("only_administrators", 403)
    assert code(await group.remove(group.ana, world.chloe)) == ("only_administrators", 403)
    assert (await group.role(group.bruno, world.ana, "admin")).status_code == 200
    assert (await group.change(group.ana, title="Ours")).status_code == 200
    assert code(await group.remove(group.ana, world.bruno)) == ("only_the_owner", 403)
    assert code(await group.role(group.ana, world.chloe, "admin")) == ("only_the_owner", 403)
    assert (await group.remove(group.ana, world.chloe)).status_code == 200
    answer = await group.role(group.bruno, world.ana, "owner")
    assert answer.status_code == 200
    assert await group.roles() == {world.ana: "owner", world.bruno: "admin"}
    await group.act(group.ana, "leave")
    assert await group.roles() == {world.bruno: "owner"}


async def test_who_is_removed_is_out(world: World, group: Group) -> None:
    await group.add(group.bruno, world.chloe)
    say(world, world.ana, group.key, "everybody hears this")
    assert await group.chloe.found("everybody") == ["everybody hears this"]
    assert (await group.remove(group.bruno, world.chloe)).status_code == 200
    assert code(await group.remove(group.bruno, world.chloe)) == ("not_in_the_group", 404)
    assert fresh(world, world.chloe).rows == {}
    say(world, world.ana, group.key, "and this")
    assert await group.chloe.found("everybody") == await group.chloe.found("this") == []
    for answer in (
        await group.chloe.http.get(group.path),
        await group.chloe.http.get(f"{group.path}/messages"),
        await group.chloe.http.get(f"{group.path}/messages/1/history"),
        await group.chloe.send(group.key, "hm"),
        await group.chloe.edit(group.key, 1, "hm"),
        await group.chloe.delete(group.key, 1, "me"),
        await group.chloe.react(group.key, 1, "👍"),
        await group.add(group.chloe, world.emi),
        await group.remove(group.chloe, world.ana),
        await group.role(group.chloe, world.ana, "admin"),
        await group.change(group.chloe, title="x"),
        await group.act(group.chloe, "leave"),
        await group.act(group.chloe, "typing"),
        await group.chloe.send(group.key, "later", send_at=world.clock.now() + 1_000),
    ):
        assert answer.status_code == 404, answer.text


async def test_who_comes_back_sees_what_is_new_only(world: World, group: Group) -> None:
    await group.add(group.bruno, world.chloe)
    say(world, world.ana, group.key, "old news")
    await group.act(group.chloe, "leave")
    say(world, world.ana, group.key, "missed news")
    await group.add(group.bruno, world.chloe)
    say(world, world.ana, group.key, "new news")
    assert await group.texts(group.chloe) == ["new news"]
    assert await group.chloe.found("news") == ["new news"]
    assert len(await group.ana.found("news")) == 3


async def test_an_asked_member_may_leave_or_close_the_account(world: World, group: Group) -> None:
    await group.add(group.bruno, world.emi)
    assert (await group.remove(group.bruno, world.emi)).status_code == 200
    assert fresh(world, world.emi) == State()
    await group.add(group.bruno, world.emi)
    world.do(close_account, world.emi)
    assert (await group.bruno.get(group.path))["asked"] == []


# -- blocks ----------------------------------------------------------------------------------------


async def test_a_block_hides_two_from_each_other_and_both_stay(world: World, group: Group) -> None:
    world.do(connect, world.ana, world.chloe)
    await group.add(group.bruno, world.chloe)
    say(world, world.ana, group.key, "Ana was here")
    say(world, world.chloe, group.key, "Chloé was here")
    world.do(block, world.ana, world.chloe)
    assert await group.texts(group.ana) == ["Ana was here"]
    assert await group.texts(group.chloe) == ["Chloé was here"]
    assert row(world, world.ana, group.key).snippet == "Ana was here"
    assert await group.ana.found("here") == ["Ana was here"]
    assert await group.chloe.found("here") == ["Chloé was here"]
    assert len(await group.bruno.found("here")) == 2
    before = world.cursor(world.ana)
    await group.chloe.said(group.key, "still here")
    await group.bruno.said(group.key, "who?", quote_seq=3)
    assert [one["type"] for one in world.log(world.ana, before)] == ["message.sent"]
    assert world.log(world.ana, before)[0]["message"]["quote"] is None
    assert await group.texts(group.ana) == ["Ana was here", "who?"]
    assert (await group.chloe.thread(group.key))[-1]["quote"]["text"] == "still here"
    for pen in (group.ana, group.chloe, group.bruno):
        await pen.react(group.key, 4, "👍")
    for pen, count in ((group.ana, 2), (group.chloe, 2), (group.bruno, 3)):
        assert len((await pen.thread(group.key))[-1]["reactions"][0]["people"]) == count
    # Nothing of the other's can be reached.
    assert code(await group.ana.react(group.key, 3, "👍")) == ("message_not_found", 404)
    assert code(await group.ana.send(group.key, "x", quote_seq=3)) == ("message_not_found", 404)
    passed = {"conversation_id": str(group.key), "seq": 3}
    assert code(await group.ana.send(group.key, forward=passed)) == ("message_not_found", 404)
    assert row(world, world.ana, group.key).size == row(world, world.chloe, group.key).size == 3
    world.do(unblock, world.ana, world.chloe)
    assert await group.texts(group.ana) == ["Ana was here", "Chloé was here", "still here", "who?"]


async def test_a_group_of_people_who_have_blocked_each_other(world: World) -> None:
    world.do(connect, world.bruno, world.diego)
    key = begin(world, world.bruno, world.ana, world.diego, title="Choir")
    say(world, world.diego, key, "Hello from Diego")
    assert row(world, world.ana, key).snippet == ""
    assert row(world, world.bruno, key).snippet == "Hello from Diego"
    assert await Pen(world, world.ana).thread(key) == []
    later = begin(world, world.bruno, world.ana, title="Later")
    body = {"client_id": "adding-1", "member_ids": [str(world.diego)]}
    await Pen(world, world.bruno).http.post(f"/api/conversations/{later}/people", json=body)
    say(world, world.ana, later, "Hello from Ana")
    assert row(world, world.diego, later).snippet == ""


# -- taking it along -------------------------------------------------------------------------------


async def test_an_export_has_what_one_can_see_and_no_more(world: World, group: Group) -> None:
    world.do(connect, world.ana, world.chloe)
    await group.add(group.bruno, world.chloe, world.emi)
    for member, text in ((world.ana, "by Ana"), (world.chloe, "by Chloé"), (world.bruno, "taken")):
        say(world, member, group.key, text)
    world.do(block, world.ana, world.chloe)
    await group.bruno.delete(group.key, 3, "everyone")
    await group.bruno.delete(group.key, 1, "me")

    def texts(tx: Transaction, member: int) -> list[str]:
        [one] = exported(tx, member)
        return [message.text for message in one.messages]

    assert world.see(texts, world.ana) == ["by Ana"]
    assert world.see(texts, world.bruno) == ["by Chloé"]
    assert world.see(texts, world.emi) == []  # only asked
