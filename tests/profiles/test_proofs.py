"""Old state + events = fresh state, for who I am and whom I am connected with."""

from collections.abc import Callable
from typing import Any

from entregent.accounts import SettingsChange, close_account, rename, verify_email
from entregent.accounts.actions import ask_for_proof
from entregent.kit.events import Event
from entregent.network import ConnectionEnded, NewContact, add_contacts, block, connect, disconnect
from entregent.ports.db import Transaction
from entregent.profiles import (
    CardChanged,
    ConnectionMade,
    MeChanged,
    ProfileChange,
    change_profile,
    me,
)
from entregent.profiles.actions import set_settings
from entregent.profiles.api import PeopleQuery, connections_page
from entregent.profiles.state import State, apply
from tests.proofs import prove
from tests.world import World

KINDS: list[type[Event]] = [MeChanged, ConnectionMade, ConnectionEnded, CardChanged]


def fresh(tx: Transaction, member: int) -> State:
    page = connections_page(tx, member, PeopleQuery(limit=200))
    assert page.next is None
    return State(me=me(tx, member), connections=page.people)


def proven(world: World, name: str, member: int, act: Callable[[], Any]) -> State:
    return prove(world, f"profiles_{name}", member, fresh, apply, KINDS, act)


def test_settings(world: World) -> None:
    change = SettingsChange(language="fr", theme="dark", density="compact", shortcuts=False)
    after = proven(world, "settings", world.ana, lambda: world.do(set_settings, world.ana, change))
    assert (after.me.language, after.me.theme, after.me.shortcuts) == ("fr", "dark", False)


def test_my_own_profile(world: World) -> None:
    change = ProfileChange(name="Ana Lima Prado", headline="Translator", handle="ana-translates")
    after = proven(
        world, "own_profile", world.ana, lambda: world.do(change_profile, world.ana, change)
    )
    assert (after.me.name, after.me.handle) == ("Ana Lima Prado", "ana-translates")


def test_a_connections_profile(world: World) -> None:
    change = ProfileChange(headline="Gardener", open_to=["mentoring"])
    after = proven(
        world, "their_profile", world.ana, lambda: world.do(change_profile, world.bruno, change)
    )
    assert after.connections[0].headline == "Gardener"


def test_a_connections_name(world: World) -> None:
    after = proven(
        world, "their_name", world.ana, lambda: world.do(rename, world.bruno, "Bruno Celik-Roth")
    )
    assert after.connections[0].name == "Bruno Celik-Roth"


def test_a_headline_that_is_no_longer_for_connections(world: World) -> None:
    world.do(change_profile, world.bruno, ProfileChange(headline="Gardener"))
    hide = ProfileChange(audiences={"headline": "me"})
    after = proven(
        world, "hidden_headline", world.ana, lambda: world.do(change_profile, world.bruno, hide)
    )
    assert after.connections[0].headline == ""


def test_connecting(world: World) -> None:
    world.do(change_profile, world.emi, ProfileChange(headline="Architect"))
    world.clock.forward(seconds=5)
    after = proven(
        world, "connected", world.bruno, lambda: world.do(connect, world.bruno, world.emi)
    )
    assert [int(card.id) for card in after.connections] == [world.emi, world.chloe, world.ana]


def test_several_in_one_moment(world: World) -> None:
    def both() -> None:
        world.do(connect, world.emi, world.chloe)
        world.do(connect, world.emi, world.ana)

    proven(world, "connected_at_once", world.emi, both)


def test_parting(world: World) -> None:
    after = proven(
        world, "parted", world.bruno, lambda: world.do(disconnect, world.ana, world.bruno)
    )
    assert [int(card.id) for card in after.connections] == [world.chloe]


def test_blocking(world: World) -> None:
    proven(world, "blocked", world.bruno, lambda: world.do(block, world.ana, world.bruno))


def test_leaving(world: World) -> None:
    proven(world, "left", world.bruno, lambda: world.do(close_account, world.chloe))


def test_proving_an_address(world: World) -> None:
    member = world.member("Gina Rossi", verified=False)

    def verify() -> None:
        token = world.do(ask_for_proof, member)
        assert token
        world.do(verify_email, token)

    assert proven(world, "verified", member, verify).me.verified


def test_a_contact_who_joins_is_not_a_connection(world: World) -> None:
    known = NewContact("slug:gina", "Gina Rossi", email="gina@example.org")
    world.do(add_contacts, world.ana, [known], 1)
    proven(world, "contact_joined", world.ana, lambda: world.member("Gina Rossi"))
