"""Showing that an address is one's own."""

import re

import pytest

from entregent.accounts import account, verify_email
from entregent.accounts.actions import ask_for_proof
from entregent.kit.errors import Refusal
from entregent.ports.mail import Letter, MailUnavailable
from tests.world import World


def newcomer(world: World) -> tuple[int, str]:
    member = world.member("Gina Rossi", verified=False)
    token = world.do(ask_for_proof, member)
    assert token
    return member, token


def verified(world: World, member: int) -> bool:
    return world.see(account, member).verified_at is not None


def test_the_link_proves_the_address_also_when_opened_twice(world: World) -> None:
    member, token = newcomer(world)
    before = world.cursor(member)
    assert world.do(verify_email, token) == member
    assert verified(world, member)
    assert [event["type"] for event in world.log(member, before)] == ["me.changed"]
    assert world.do(verify_email, token) == member
    assert world.cursor(member) == before + 1


def test_a_proven_address_needs_no_letter(world: World) -> None:
    assert world.do(ask_for_proof, world.ana) is None


def test_a_link_too_old_is_refused(world: World) -> None:
    member, token = newcomer(world)
    world.clock.forward(days=3)
    with pytest.raises(Refusal, match=r"accounts\.proof_expired"):
        world.do(verify_email, token)
    assert not verified(world, member)


def test_a_forged_link_is_refused(world: World) -> None:
    member, token = newcomer(world)
    owner, identifier, secret = token.split(".")
    for wrong in (
        "",
        "nonsense",
        f"{owner}.{identifier}.{secret[::-1]}",
        f"{world.ana}.{identifier}.{secret}",
        f"{owner}.{int(identifier) + 1}.{secret}",
    ):
        with pytest.raises(Refusal, match=r"accounts\.proof_unknown"):
            world.do(verify_email, wrong)
    assert not verified(world, member)


async def test_another_letter_in_the_members_language(world: World) -> None:
    member = world.member("Gaël Petit", language="fr", verified=False)
    async with world.client(member) as client:
        answer = await client.post("/api/accounts/verify/resend")
        assert answer.status_code == 200
    [letter] = world.mail.sent
    assert letter.subject == "Cette adresse est-elle la vôtre\u202f?"
    found = re.search(r"token=(\S+)", letter.text)
    assert found
    async with world.client() as nobody:  # the link is opened on another device
        answer = await nobody.post("/api/accounts/verify", json={"token": found[1]})
        assert answer.status_code == 200
    assert verified(world, member)


async def test_letters_are_few(world: World) -> None:
    member = world.member("Gina Rossi", verified=False)
    async with world.client(member) as client:
        said = [(await client.post("/api/accounts/verify/resend")).status_code for _ in range(6)]
    assert said == [200] * 5 + [429]
    assert len(world.mail.sent) == 5


async def test_a_letter_that_cannot_be_sent_is_said(world: World) -> None:
    class Down:
        async def send(self, letter: Letter) -> str:
            raise MailUnavailable("no mail today")

    member = world.member("Gina Rossi", verified=False)
    world.ports.mail = Down()
    async with world.client(member) as client:
        answer = await client.post("/api/accounts/verify/resend")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "accounts.mail_not_sent"


async def test_a_letter_that_waits_is_sent_when_mail_is_back(world: World) -> None:
    class Down:
        async def send(self, letter: Letter) -> str:
            raise MailUnavailable("no mail today")

    world.ports.mail = Down()
    async with world.client() as client:
        answer = await client.post(
            "/api/accounts",
            json={
                "client_id": "sign-up-gina",
                "email": "gina@example.org",
                "password": "four words at random",
                "name": "Gina Rossi",
            },
        )
    assert answer.status_code == 200
    assert world.mail.sent == []
    world.ports.mail = world.mail
    world.clock.forward(seconds=61)
    await world.house.worker.run_due()
    [letter] = world.mail.sent
    assert letter.to.address == "gina@example.org"
    await world.house.worker.run_due()
    assert len(world.mail.sent) == 1
