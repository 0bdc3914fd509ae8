"""Signing up, coming in, and being kept out."""

from collections.abc import Callable

import pytest

from entregent.accounts import (
    SignIn,
    SignUp,
    account,
    check_password,
    close_account,
    create_member,
    find_member,
    hash_password,
    members,
    set_password,
    sign_in,
    sign_up,
)
from entregent.kit.errors import Refusal
from tests.world import PASSWORD, World, password_hash

SOMEWHERE = ("192.0.2.7", "a browser")


def request(email: str = "farid@example.org", password: str = PASSWORD) -> SignUp:
    return SignUp(client_id="sign-up-1", email=email, password=password, name="Farid Amrani")


def test_a_hash_knows_its_password_and_no_other() -> None:
    kept = hash_password("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert check_password(kept, "correct horse battery")
    assert not check_password(kept, "correct horse batter")
    assert not check_password("", "")
    assert not check_password("not a hash", "correct horse battery")


async def test_a_newcomer_signs_up_and_is_in(world: World) -> None:
    entered = await sign_up(world.ports, request(), *SOMEWHERE)
    caller = await world.house.sessions.caller(entered.cookie)
    assert caller is not None
    assert caller.member_id == entered.member_id
    mine = world.see(account, entered.member_id)
    assert (mine.email, mine.name, mine.verified_at) == ("farid@example.org", "Farid Amrani", None)
    [letter] = world.mail.sent
    assert letter.to.address == "farid@example.org"
    assert "http://localhost:8000/verify?token=" in letter.text


async def test_signing_up_twice_makes_one_account(world: World) -> None:
    first = await sign_up(world.ports, request(), *SOMEWHERE)
    again = await sign_up(world.ports, request(), *SOMEWHERE)
    assert again.member_id == first.member_id
    with pytest.raises(Refusal, match=r"accounts\.email_taken"):
        await sign_up(world.ports, request(password="another four words"), *SOMEWHERE)


@pytest.mark.parametrize(
    ("email", "password", "name", "code"),
    [
        ("farid", PASSWORD, "Farid", "bad_email"),
        ("a b@example.org", PASSWORD, "Farid", "bad_email"),
        ("farid@-example.org", PASSWORD, "Farid", "bad_email"),
        ("farid@example..org", PASSWORD, "Farid", "bad_email"),
        ("f@example.org\r\nBcc: x@y.z", PASSWORD, "Farid", "bad_email"),
        ("f@example.org", "short", "Farid", "password_too_short"),
        ("f@example.org", "x" * 300, "Farid", "password_too_long"),
        ("f@example.org", "Qwertyuiop", "Farid", "password_common"),
        ("f@example.org", "aaaaaaaaaaab", "Farid", "password_common"),
        ("farid.amrani@example.org", "FaridAmrani1990", "F", "password_personal"),
        ("f@example.org", "farid amrani 1", "Farid Amrani", "password_personal"),
        ("f@example.org", PASSWORD, " \u200b!? ", "name_missing"),
        ("f@example.org", PASSWORD, "F" * 51, "name_too_long"),
        ("ana@EXAMPLE.org", "quite other words", "Ana", "email_taken"),
    ],
)
async def test_what_cannot_be_an_account(
    world: World, email: str, password: str, name: str, code: str
) -> None:
    wrong = SignUp(client_id="sign-up-1", email=email, password=password, name=name)
    with pytest.raises(Refusal) as refused:
        await sign_up(world.ports, wrong, *SOMEWHERE)
    assert refused.value.code == f"accounts.{code}"
    assert refused.value.field


async def test_a_closed_network_takes_nobody(make_world: Callable[..., World]) -> None:
    world = make_world(sign_up="closed")
    with pytest.raises(Refusal, match=r"accounts\.sign_up_closed"):
        await sign_up(world.ports, request(), *SOMEWHERE)


async def test_coming_in_by_either_spelling(world: World) -> None:
    entered = await sign_in(
        world.ports, SignIn(email=" Ana@Example.ORG ", password=PASSWORD), *SOMEWHERE
    )
    assert entered.member_id == world.ana


async def test_unknown_address_and_wrong_password_look_the_same(world: World) -> None:
    said = []
    for email in ("ana@example.org", "nobody@example.org"):
        with pytest.raises(Refusal) as refused:
            await sign_in(world.ports, SignIn(email=email, password="wrong words"), *SOMEWHERE)
        said.append((refused.value.code, refused.value.field, refused.value.status))
    assert said[0] == said[1]


async def test_a_member_without_a_password_cannot_come_in_with_none(world: World) -> None:
    world.do(create_member, "gina@example.org", "", "Gina Rossi")
    with pytest.raises(Refusal, match=r"accounts\.wrong_credentials"):
        await sign_in(world.ports, SignIn(email="gina@example.org", password=""), *SOMEWHERE)


async def test_guessing_is_limited_for_the_account_and_for_the_address(world: World) -> None:
    wrong = SignIn(email="ana@example.org", password="wrong words")
    for number in range(10):
        with pytest.raises(Refusal, match=r"accounts\.wrong_credentials"):
            await sign_in(world.ports, wrong, f"192.0.2.{number}", "")
    with pytest.raises(Refusal) as refused:
        await sign_in(world.ports, wrong, "198.51.100.1", "")
    assert refused.value.code == "kit.slow_down"
    assert refused.value.retry_after
    world.clock.forward(seconds=refused.value.retry_after)
    right = SignIn(email="ana@example.org", password=PASSWORD)
    assert (await sign_in(world.ports, right, *SOMEWHERE)).member_id == world.ana


async def test_a_closed_account_is_nobodys_and_its_address_is_free(world: World) -> None:
    world.do(close_account, world.ana)
    with pytest.raises(Refusal, match=r"accounts\.wrong_credentials"):
        await sign_in(world.ports, SignIn(email="ana@example.org", password=PASSWORD), *SOMEWHERE)
    assert world.see(members, [world.ana])[world.ana].closed
    assert world.see(find_member, "ana@example.org") is None
    other = world.do(create_member, "ana@example.org", password_hash(), "Ana Lima")
    assert other != world.ana


async def test_the_host_sets_a_password_for_who_is_locked_out(world: World) -> None:
    world.do(set_password, world.ana, hash_password("given by the host"))
    entered = await sign_in(
        world.ports, SignIn(email="ana@example.org", password="given by the host"), *SOMEWHERE
    )
    assert entered.member_id == world.ana
