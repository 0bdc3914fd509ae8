"""Old state + events = fresh state, for what waits at both ends."""

from collections.abc import Callable
from typing import Any

from entregent.accounts import close_account
from entregent.invitations import (
    InvitationReceived,
    InvitationSent,
    InvitationSettled,
    Rules,
    accept,
    expire,
    ignore,
    invite,
    withdraw,
)
from entregent.invitations.actions import page
from entregent.invitations.state import State, apply, face
from entregent.kit.events import Event
from entregent.network import block
from entregent.ports.db import Transaction
from entregent.profiles import cards
from tests.proofs import prove
from tests.world import World

RULES = Rules()
KINDS: list[type[Event]] = [InvitationReceived, InvitationSent, InvitationSettled]


def fresh(tx: Transaction, member: int) -> State:
    received = page(tx, member, "received", RULES, "", 200)
    sent = page(tx, member, "sent", RULES, "", 200)
    people = sorted({*received.people(), *sent.people()})
    return State(
        received=received.invitations,
        sent=sent.invitations,
        cards=[face(card) for card in cards(tx, member, people)],
    )


def proven(world: World, name: str, member: int, act: Callable[[], Any]) -> State:
    return prove(world, f"invitations_{name}", member, fresh, apply, KINDS, act)


def ask(world: World, one: int, other: int, note: str = "") -> int:
    world.clock.forward(seconds=1)
    asked = world.do(invite, one, other, "studied_together", note, RULES)
    return int(asked.invitation.id) if asked.invitation else 0


def test_receiving(world: World) -> None:
    ask(world, world.emi, world.ana, "Hello")
    after = proven(world, "received", world.ana, lambda: ask(world, world.chloe, world.ana))
    assert [int(one.person_id) for one in after.received] == [world.chloe, world.emi]


def test_sending(world: World) -> None:
    after = proven(world, "sent", world.emi, lambda: ask(world, world.emi, world.ana, "Hello"))
    assert [one.note for one in after.sent] == ["Hello"]


def test_accepting(world: World) -> None:
    key = ask(world, world.emi, world.ana, "Hello")
    ask(world, world.chloe, world.ana)

    def act() -> None:
        world.do(accept, world.ana, key, RULES)

    assert len(proven(world, "accepted", world.ana, act).received) == 1


def test_being_accepted(world: World) -> None:
    key = ask(world, world.emi, world.ana)
    after = proven(
        world, "was_accepted", world.emi, lambda: world.do(accept, world.ana, key, RULES)
    )
    assert after == State()


def test_ignoring(world: World) -> None:
    key = ask(world, world.emi, world.ana)
    assert proven(world, "ignored", world.ana, lambda: world.do(ignore, world.ana, key)) == State()


def test_being_ignored_changes_nothing(world: World) -> None:
    key = ask(world, world.emi, world.ana)
    after = proven(world, "was_ignored", world.emi, lambda: world.do(ignore, world.ana, key))
    assert len(after.sent) == 1


def test_withdrawing(world: World) -> None:
    key = ask(world, world.emi, world.ana)
    proven(world, "withdrawn", world.emi, lambda: world.do(withdraw, world.emi, key))


def test_being_withdrawn_from(world: World) -> None:
    key = ask(world, world.emi, world.ana)
    proven(world, "was_withdrawn", world.ana, lambda: world.do(withdraw, world.emi, key))


def test_both_asking(world: World) -> None:
    ask(world, world.emi, world.ana, "Hello")
    proven(world, "both_asked", world.emi, lambda: ask(world, world.ana, world.emi, "You too"))


def test_being_blocked(world: World) -> None:
    ask(world, world.emi, world.ana)
    proven(world, "blocked", world.emi, lambda: world.do(block, world.ana, world.emi))


def test_the_other_leaving(world: World) -> None:
    ask(world, world.emi, world.ana)
    proven(world, "left", world.ana, lambda: world.do(close_account, world.emi))


def test_growing_too_old(world: World) -> None:
    ask(world, world.emi, world.ana)
    young = Rules(days=0)  # so that nothing else has to grow old with it
    after = proven(world, "expired", world.ana, lambda: world.do(expire, young))
    assert after == State()
