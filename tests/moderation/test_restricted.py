"""Whom the host has restricted says nothing new to others, by no way there is."""

from typing import Any

from entregent.invitations.actions.arranging import set_replies, set_rules
from entregent.invitations.desk import Condition, ReplyDraft, RuleDraft
from tests.invitations.asking import asked, box, finish
from tests.messaging.talk import begin, everything, row, say
from tests.moderation.hosting import Seat, code
from tests.moderation.test_decisions import DAY, decide, reported
from tests.world import World

REFUSED = ("accounts.restricted", 403)


def said(world: World, member: int) -> list[str]:
    found = world.see(everything, member).messages.values()
    return [one.text for some in found for one in some]


async def restricted(world: World) -> Seat:
    await decide(world, await reported(world), "restrict", days=3)
    return Seat(world, world.bruno)


async def test_no_reaction_and_no_title(world: World) -> None:
    key = begin(world, world.bruno, world.chloe, world.ana)
    say(world, world.chloe, key, "What do you think?")
    bruno = Seat(world, world.bruno)
    thumb = f"/api/conversations/{key}/messages/1/reactions/👍"
    assert (await bruno.http.put(thumb)).status_code == 200
    bruno = await restricted(world)
    cursor = world.cursor(world.chloe)
    heart = f"/api/conversations/{key}/messages/1/reactions/❤️"
    assert code(await bruno.http.put(heart)) == REFUSED
    body = {"client_id": "a-title-that-says-more", "title": "Buy my things"}
    assert code(await bruno.http.patch(f"/api/conversations/{key}", json=body)) == REFUSED
    assert world.cursor(world.chloe) == cursor
    # What is there can be taken back, and one's own inbox be kept in order.
    assert (await bruno.http.delete(thumb)).status_code == 200
    await bruno.does("/api/conversations/marks", ids=[str(key)], mark="archived")
    assert row(world, world.bruno, key).view == "archived"


async def test_invitations_are_answered_without_words(world: World) -> None:
    keys = [asked(world, who, world.bruno, "We met.") for who in (world.emi, world.diego)]
    bruno = await restricted(world)
    before = {who: said(world, who) for who in (world.emi, world.diego)}
    for verb in ("reply", "ask", "accept"):
        body: Any = {"verb": verb, "ids": [str(keys[0])], "text": "Buy my things"}
        assert code(await bruno.post("/api/invitations/actions", **body)) == REFUSED
    queued = {"verb": "accept", "ids": [str(keys[0])], "text": "Buy my things"}
    await bruno.does("/api/invitations/queue", **queued)
    sent = await bruno.post(f"/api/invitations/queue/{keys[0]}/send")
    assert code(sent) == REFUSED
    assert sorted(box(world, world.bruno)) == sorted((world.emi, world.diego))
    # To accept, to ignore and to report says nothing new.
    ids = [str(keys[0])]
    run = await bruno.does("/api/invitations/actions", verb="accept", ids=ids)
    assert run["state"] == "done"
    why = {"verb": "report", "ids": [str(keys[1])], "reason": "Sells things"}
    await bruno.does("/api/invitations/actions", **why)
    assert box(world, world.bruno) == []
    assert said(world, world.diego) == before[world.diego]
    assert "Buy my things" not in said(world, world.emi)


async def test_rules_ask_nothing_for_them(world: World) -> None:
    question = ReplyDraft(kind="question", title="How?", text="How do we know us?")
    [kept] = world.do(set_replies, world.bruno, [question]).replies
    asks = RuleDraft(name="Asks", when=Condition(), then="ask", reply_id=kept.id)
    world.do(set_rules, world.bruno, [asks])
    bruno = await restricted(world)
    asked(world, world.emi, world.bruno)
    world.clock.forward(seconds=2_500)
    await finish(world)
    assert box(world, world.bruno) == [world.emi]
    assert code(await bruno.post("/api/invitations/rules/run")) == REFUSED
    assert said(world, world.emi) == []
    world.clock.forward(seconds=3 * DAY)
    await bruno.does("/api/invitations/rules/run")
    assert said(world, world.emi) == ["How do we know us?"]


async def test_nobody_is_answered_for_them_while_they_are_away(world: World) -> None:
    key = begin(world, world.chloe, world.bruno)
    bruno = Seat(world, world.bruno)
    until = world.clock.now() + 7 * DAY * 1_000
    absence = {"until": until, "text": "Buy my things", "audience": "everyone"}
    body = {"client_id": "away-for-a-week", **absence}
    assert (await bruno.http.put("/api/absence", json=body)).status_code == 200
    await restricted(world)
    say(world, world.chloe, key, "Hello")
    await finish(world)
    assert said(world, world.chloe) == ["Hello"]
    world.clock.forward(seconds=3 * DAY + 1)
    say(world, world.chloe, key, "Still there?")
    await finish(world)
    assert said(world, world.chloe) == ["Hello", "Still there?", "Buy my things"]
