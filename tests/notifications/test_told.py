"""What other slices tell: mentions, reactions, answers, groups, what came back; and messages."""

import json
from typing import Any

import pytest

from entregent.invitations import Rules, accept, invite
from entregent.messaging.actions import react, read_up_to, rename
from entregent.messaging.actions.joining import add_people, remove_person, set_role
from entregent.network import connect
from entregent.notifications import bell
from entregent.notifications.actions import page
from tests.messaging.talk import begin, say
from tests.notifications.telling import body, pushed, run_due
from tests.notifications.test_devices import subscribe
from tests.world import World


def lines(world: World, member: int) -> list[tuple[str, str, list[int]]]:
    return [
        (one.kind, one.detail.what or one.detail.emoji, [int(person) for person in one.people])
        for one in world.see(page, member).notices
    ]


def told(world: World) -> list[dict[str, Any]]:
    return [json.loads(message.payload) for _, message in pushed(world).sent]


@pytest.fixture
async def trio(world: World) -> int:
    world.do(connect, world.ana, world.chloe)
    key = begin(world, world.ana, world.bruno, world.chloe, title="Choir")
    await run_due(world)
    return key


async def test_a_reaction_is_told_and_taken_back(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.ana, key, "I have the job!")
    world.do(react, world.bruno, key, 1, "🎉", True)
    world.do(react, world.bruno, key, 1, "👍", True)
    assert lines(world, world.ana) == [("reaction", "👍", [world.bruno])]
    assert world.see(page, world.ana).notices[0].detail.text == "I have the job!"
    world.do(react, world.ana, key, 1, "❤️", True)  # one's own is no news
    world.do(react, world.bruno, key, 1, "👍", False)
    assert world.see(bell, world.ana) == 1  # one of two is left
    world.do(react, world.bruno, key, 1, "🎉", False)
    assert lines(world, world.ana) == []


async def test_a_mention_is_told_until_it_is_read(world: World, trio: int) -> None:
    async with world.client(world.ana) as ana:
        text = f"@[Bruno](member:{world.bruno}) can you sing?"
        sent = body(text=text, mentions=[str(world.bruno)])
        answer = await ana.post(f"/api/conversations/{trio}/messages", json=sent)
        assert answer.status_code == 200, answer.text
    await run_due(world)
    assert ("mention", "", [world.ana]) in lines(world, world.bruno)
    assert world.see(page, world.bruno).notices[0].detail.text == "@Bruno can you sing?"
    assert "mention" not in [kind for kind, _, _ in lines(world, world.chloe)]
    world.do(read_up_to, world.bruno, trio, 1)
    [one] = [one for one in world.see(page, world.bruno).notices if one.kind == "mention"]
    assert one.read


async def test_accepted_invitations_are_one_line(world: World) -> None:
    for other in (world.ana, world.chloe):
        asked = world.do(invite, world.emi, other, "other", "", Rules())
        assert asked.invitation
        world.do(accept, other, int(asked.invitation.id), Rules())
    await run_due(world)
    assert lines(world, world.emi) == [("accepted", "", [world.ana, world.chloe])]


@pytest.mark.parametrize("soon", [True, False])
async def test_an_answer_that_was_taken_back_is_told_no_more(world: World, soon: bool) -> None:
    """Whether the bell has rung for it or is still going to; and the next answer rings again."""
    keys = {}
    for other in (world.ana, world.chloe):
        asked = world.do(invite, world.emi, other, "other", "", Rules()).invitation
        assert asked
        keys[other] = int(asked.id)
    world.do(accept, world.chloe, keys[world.chloe], Rules())
    await run_due(world)
    async with world.client(world.ana) as ana:
        accepts = body(verb="accept", ids=[str(keys[world.ana])])
        run = (await ana.post("/api/invitations/actions", json=accepts)).json()
        assert run["state"] == "done"
        if not soon:
            await run_due(world)
            assert lines(world, world.emi) == [("accepted", "", [world.ana, world.chloe])]
        undone = await ana.post(f"/api/invitations/runs/{run['id']}/undo", json=body())
        assert undone.json()["state"] == "undone"
        await run_due(world)
        assert lines(world, world.emi) == [("accepted", "", [world.chloe])]
        assert world.see(bell, world.emi) == 1
        await ana.post("/api/invitations/actions", json=accepts | body())
        await run_due(world)
        assert lines(world, world.emi) == [("accepted", "", [world.ana, world.chloe])]


async def test_the_last_answer_taken_back_takes_the_line(world: World) -> None:
    asked = world.do(invite, world.emi, world.ana, "other", "", Rules()).invitation
    assert asked
    async with world.client(world.ana) as ana:
        accepts = body(verb="accept", ids=[asked.id])
        run = (await ana.post("/api/invitations/actions", json=accepts)).json()
        await run_due(world)
        assert world.see(bell, world.emi) == 1
        cursor = world.cursor(world.emi)
        await ana.post(f"/api/invitations/runs/{run['id']}/undo", json=body())
        await run_due(world)
    assert (lines(world, world.emi), world.see(bell, world.emi)) == ([], 0)
    assert "notice.taken" in [event["type"] for event in world.log(world.emi, cursor)]


async def test_changes_of_a_group(world: World, trio: int) -> None:
    world.do(connect, world.ana, world.emi)
    world.do(add_people, world.ana, trio, [world.emi], 50)
    world.do(set_role, world.ana, trio, world.bruno, "admin")
    world.do(rename, world.ana, trio, "Chorus")
    await run_due(world)
    assert ("group", "added", [world.ana]) in lines(world, world.emi)
    assert ("group", "role", [world.ana]) in lines(world, world.bruno)
    assert ("group", "renamed", [world.ana]) in lines(world, world.chloe)
    assert lines(world, world.ana) == []
    world.do(remove_person, world.ana, trio, world.emi)
    await run_due(world)
    assert lines(world, world.emi)[0] == ("group", "removed", [world.ana])


# -- messages, by devices alone ------------------------------------------------------------------


async def test_a_message_is_told_once_for_a_conversation(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    await subscribe(world, world.bruno)
    say(world, world.ana, key, "Hello")
    say(world, world.ana, key, "Are you there?")
    await run_due(world)
    [one] = told(world)
    assert (one["title"], one["body"]) == ("Ana Lima", "Are you there?")
    assert (one["tag"], one["url"]) == (f"conversation:{key}", f"/messages/{key}")
    assert one["language"] == "fr"
    assert lines(world, world.bruno) == []


async def test_a_message_that_was_read_is_not_told(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    await subscribe(world, world.bruno)
    say(world, world.ana, key, "Hello")
    world.do(read_up_to, world.bruno, key, 1)
    await run_due(world)
    assert told(world) == []


async def test_ones_own_message_is_not_told(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    await subscribe(world, world.ana)
    say(world, world.ana, key, "Hello")
    await run_due(world)
    assert told(world) == []


async def test_a_strangers_request_is_not_told(world: World) -> None:
    await subscribe(world, world.ana)
    async with world.client(world.emi) as emi:
        first = body(member_ids=[str(world.ana)], text="Buy now")
        assert (await emi.post("/api/conversations", json=first)).status_code == 200
    await run_due(world)
    assert told(world) == []


@pytest.mark.parametrize(("mark", "heard"), [("mute", 0), ("mentions", 1), ("unmute", 2)])
async def test_a_conversation_may_be_silent(world: World, trio: int, mark: str, heard: int) -> None:
    bruno = await subscribe(world, world.bruno)
    marks = body(ids=[str(trio)], mark=mark)
    assert (await bruno.post("/api/conversations/marks", json=marks)).status_code == 200
    async with world.client(world.ana) as ana:
        for text, named in (("Hello", []), (f"@[B](member:{world.bruno}) hi", [world.bruno])):
            sent = body(text=text, mentions=[str(one) for one in named])
            await ana.post(f"/api/conversations/{trio}/messages", json=sent)
            await run_due(world)
    mine = [one for one in told(world) if one["tag"] == f"conversation:{trio}"]
    assert len(mine) == heard
    assert all(one["title"] == "Ana Lima · Choir" for one in mine)
