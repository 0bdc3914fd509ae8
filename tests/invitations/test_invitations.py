"""Asking to connect: who may, how often, and what the other can do about it."""

from collections.abc import Callable

import pytest

from entregent.accounts import close_account
from entregent.invitations import (
    InvitationAccepted,
    Rules,
    accept,
    expire,
    ignore,
    invite,
    waiting,
    withdraw,
)
from entregent.invitations.actions import Asked, page
from entregent.invitations.model import Box
from entregent.kit.errors import Refusal
from entregent.network import block, connect, relation, unblock
from tests.world import World

RULES = Rules()
A_FEW = Rules(per_week=3, pending=5)


def ask(world: World, me: int, other: int, note: str = "", rules: Rules = RULES) -> Asked:
    return world.do(invite, me, other, "met_at_event", note, rules)


def asked(world: World, me: int, other: int, note: str = "") -> int:
    invitation = ask(world, me, other, note).invitation
    assert invitation is not None
    return int(invitation.id)


def box(world: World, me: int, which: Box) -> list[int]:
    found = world.see(page, me, which, RULES)
    assert found.total == len(found.invitations) == world.see(waiting, me, which)
    return [int(one.person_id) for one in found.invitations]


def accepted(world: World) -> list[InvitationAccepted]:
    facts: list[InvitationAccepted] = []
    world.db.listen(InvitationAccepted, lambda tx, fact: facts.append(fact))
    return facts


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, match=rf"invitations\.{code}$")


def test_an_invitation_waits_at_both_ends(world: World) -> None:
    answer = ask(world, world.emi, world.ana, "  We met in Nantes.\x00 ")
    assert answer.invitation is not None
    assert (answer.connected, answer.allowance.left) == (False, 99)
    assert answer.invitation.note == "We met in Nantes."
    assert box(world, world.emi, "sent") == [world.ana]
    assert box(world, world.ana, "received") == [world.emi]
    assert box(world, world.ana, "sent") == box(world, world.emi, "received") == []


def test_accepting_connects_and_hands_the_note_on(world: World) -> None:
    facts = accepted(world)
    sent_at = world.clock.now()
    key = asked(world, world.emi, world.ana, "We met in Nantes.")
    world.clock.forward(days=2)
    world.do(accept, world.ana, key, RULES)
    world.do(accept, world.ana, key, RULES)  # once more, harmlessly
    assert world.see(relation, world.emi, world.ana).connected
    [fact] = facts
    assert (fact.sender_id, fact.receiver_id) == (world.emi, world.ana)
    assert (fact.note, fact.sent_at) == ("We met in Nantes.", sent_at)
    assert box(world, world.ana, "received") == box(world, world.emi, "sent") == []


def test_the_sender_never_learns_of_being_ignored(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    before = world.cursor(world.emi)
    world.do(ignore, world.ana, key)
    world.do(ignore, world.ana, key)
    assert box(world, world.ana, "received") == []
    assert box(world, world.emi, "sent") == [world.ana]
    assert world.log(world.emi, before) == []
    with refused("already_sent"):
        ask(world, world.emi, world.ana)
    world.do(accept, world.ana, key, RULES)  # thought better of it
    assert world.see(relation, world.ana, world.emi).connected


def test_withdrawing_takes_it_back_and_asks_for_patience(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    world.do(withdraw, world.emi, key)
    world.do(withdraw, world.emi, key)
    assert box(world, world.ana, "received") == []
    with refused("over"):
        world.do(accept, world.ana, key, RULES)
    world.clock.forward(days=20)
    with refused("too_soon") as said:
        ask(world, world.emi, world.ana)
    assert said.value.params["days"] == 1
    assert asked(world, world.ana, world.emi)  # the other may ask at any time
    world.clock.forward(days=1)
    assert ask(world, world.emi, world.ana).connected


def test_withdrawing_an_ignored_one_says_nothing_to_the_other(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    world.do(ignore, world.ana, key)
    before = world.cursor(world.ana)
    world.do(withdraw, world.emi, key)
    assert world.log(world.ana, before) == []


def test_both_asking_is_being_connected(world: World) -> None:
    facts = accepted(world)
    asked(world, world.emi, world.ana, "Hello Ana")
    answer = ask(world, world.ana, world.emi, "Hello Emi")
    assert (answer.connected, answer.invitation) == (True, None)
    assert world.see(relation, world.ana, world.emi).connected
    assert [(fact.sender_id, fact.note) for fact in facts] == [
        (world.emi, "Hello Ana"),
        (world.ana, "Hello Emi"),
    ]
    assert box(world, world.emi, "sent") == box(world, world.ana, "received") == []


def test_whom_one_cannot_ask(world: World) -> None:
    world.do(close_account, world.chloe)
    for other in (world.emi, world.chloe, 77):
        with refused("nobody"):
            ask(world, world.emi, other)
    for one, other in ((world.ana, world.diego), (world.diego, world.ana)):
        with refused("nobody"):  # one blocked the other: neither is told
            ask(world, one, other)
    with refused("connected_already"):
        ask(world, world.ana, world.bruno)
    with refused("note_too_long"):
        ask(world, world.emi, world.ana, "x" * 301)
    assert ask(world, world.emi, world.ana, "é" * 300).invitation


def test_nobody_answers_for_another(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    with refused("not_found"):
        world.do(accept, world.bruno, key, RULES)
    with refused("not_found"):
        world.do(accept, world.emi, key, RULES)  # one's own
    with refused("not_found"):
        world.do(ignore, world.emi, key)
    with refused("not_found"):
        world.do(withdraw, world.ana, key)
    with refused("not_found"):
        world.do(withdraw, world.bruno, key)
    assert box(world, world.ana, "received") == [world.emi]


def test_the_week_has_a_limit_that_is_shown(world: World) -> None:
    people = world.members(4)
    for one in people[:3]:
        left = ask(world, world.emi, one, rules=A_FEW).allowance
        world.clock.forward(days=1)
    assert (left.week, left.left, left.pending) == (3, 0, 3)
    with refused("week_full") as said:
        ask(world, world.emi, people[3], rules=A_FEW)
    assert said.value.retry_after
    assert left.resets_at
    world.clock.at = left.resets_at
    assert ask(world, world.emi, people[3], rules=A_FEW).invitation


def test_what_waits_has_a_limit_too(world: World) -> None:
    people = world.members(6)
    for one in people[:5]:
        key = ask(world, world.emi, one, rules=A_FEW).invitation
        world.clock.forward(days=3)
    with refused("pending_full"):
        ask(world, world.emi, people[5], rules=A_FEW)
    assert key
    world.do(withdraw, world.emi, int(key.id))
    assert ask(world, world.emi, people[5], rules=A_FEW).invitation


def test_a_block_ends_what_waits_in_both_directions(world: World) -> None:
    asked(world, world.emi, world.ana)
    before = world.cursor(world.emi)
    world.do(block, world.ana, world.emi)
    assert box(world, world.ana, "received") == box(world, world.emi, "sent") == []
    assert [event["type"] for event in world.log(world.emi, before)] == [
        "card.changed",
        "invitation.settled",
    ]
    with refused("nobody"):
        ask(world, world.emi, world.ana)
    world.do(unblock, world.ana, world.emi)
    assert box(world, world.ana, "received") == []


def test_being_connected_otherwise_ends_what_waits(world: World) -> None:
    asked(world, world.emi, world.ana)
    world.do(connect, world.ana, world.emi)
    assert box(world, world.ana, "received") == box(world, world.emi, "sent") == []


def test_nobody_waits_for_who_has_left(world: World) -> None:
    asked(world, world.emi, world.ana)
    asked(world, world.bruno, world.emi)
    world.do(close_account, world.emi)
    assert box(world, world.ana, "received") == box(world, world.bruno, "sent") == []


def test_a_full_receiver_cannot_accept_and_nothing_changes(world: World) -> None:
    key = asked(world, world.emi, world.bruno)
    with pytest.raises(Refusal, match=r"network\.too_many_connections"):
        world.do(accept, world.bruno, key, Rules(connections=2))
    assert box(world, world.bruno, "received") == [world.emi]
    world.do(accept, world.bruno, key, RULES)


def test_an_invitation_lives_for_half_a_year(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    world.clock.forward(days=180)
    assert box(world, world.ana, "received") == box(world, world.emi, "sent") == []
    with refused("over"):
        world.do(accept, world.ana, key, RULES)
    before = world.cursor(world.ana)
    assert world.do(expire, RULES) == 2
    assert world.do(expire, RULES) == 0
    assert world.log(world.ana, before) == [
        {"type": "invitation.settled", "id": str(key), "box": "received"}
    ]
    assert asked(world, world.emi, world.ana) != key


def test_boxes_page_by_key(world: World) -> None:
    people = world.members(5)
    keys = [asked(world, one, world.emi) for one in people]
    first = world.see(page, world.emi, "received", RULES, "", 3)
    world.do(ignore, world.emi, keys[-1])
    second = world.see(page, world.emi, "received", RULES, first.next or "", 3)
    seen = [int(one.id) for one in (*first.invitations, *second.invitations)]
    assert seen == keys[::-1]
    assert (first.total, second.total, second.next) == (5, 4, None)


def test_a_box_takes_the_same_statements_for_any_number(world: World) -> None:
    counts = set()
    for one in world.members(8):
        asked(world, one, world.emi)
        with world.counting() as counter:
            world.see(page, world.emi, "received", RULES)
        counts.add(len(counter))
    assert counts == {5}


async def test_invitations_over_http(make_world: Callable[..., World]) -> None:
    world = make_world(invitations_per_week=1)
    body = {
        "client_id": "invite-1",
        "member_id": str(world.ana),
        "reason": "worked_together",
        "note": "Do you remember the bridge?",
    }
    async with world.client(world.emi) as client:
        sent = await client.post("/api/invitations", json=body)
        assert (await client.post("/api/invitations", json=body)).json() == sent.json()
        assert sent.json()["allowance"]["left"] == 0
        for wrong in ({"reason": "because"}, {"member_id": "x"}, {"client_id": "!"}):
            answer = await client.post("/api/invitations", json={**body, **wrong})
            assert answer.status_code == 400
        full = await client.post(
            "/api/invitations",
            json={**body, "client_id": "invite-2", "member_id": str(world.bruno)},
        )
        assert full.status_code == 429
        assert int(full.headers["retry-after"]) > 0
    key = sent.json()["invitation"]["id"]
    async with world.client(world.bruno) as stranger:
        for verb in ("accept", "ignore", "withdraw"):
            answer = await stranger.post(
                f"/api/invitations/{key}/{verb}", json={"client_id": f"{verb}-12345"}
            )
            assert answer.status_code == 404
    async with world.client(world.ana) as client:
        waiting_ = (await client.get("/api/invitations")).json()
        assert waiting_["total"] == 1
        assert waiting_["cards"][0]["name"] == "Emi Sato"
        command = {"client_id": "accept-1"}
        for _ in range(2):
            done = await client.post(f"/api/invitations/{key}/accept", json=command)
            assert done.json() == {"id": key}
        reused = await client.post(f"/api/invitations/{key}/ignore", json=command)
        assert reused.status_code == 409
        assert (await client.get("/api/invitations?box=other")).status_code == 400
    assert world.see(relation, world.ana, world.emi).connected
