"""A forgotten password and another address, each by a letter."""

import re

import httpx
import pytest

from entregent.accounts import account, find_member, members_by_email
from tests.accounts.test_tokens import make, program
from tests.world import PASSWORD, World

NEW = "seven quite other words"


def token_in(text: str) -> str:
    found = re.search(r"token=(\S+)", text)
    assert found
    return found[1]


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def forgot(world: World, email: str) -> str:
    """Asks for a letter, and gives the token in it; empty where none was sent."""
    world.mail.sent.clear()
    async with world.client() as visitor:
        answer = await visitor.post("/api/accounts/forgot", json={"email": email})
    assert (answer.status_code, answer.json()) == (200, {"done": True})
    await world.house.worker.run_due()
    return token_in(world.mail.sent[0].text) if world.mail.sent else ""


async def enters(world: World, password: str, email: str = "ana@example.org") -> bool:
    async with world.client() as visitor:
        answer = await visitor.post("/api/sessions", json={"email": email, "password": password})
    return answer.status_code == 200


async def test_a_forgotten_password_is_replaced_by_letter(world: World) -> None:
    program_ = await make(world, world.ana, "messages.read")
    async with world.client(world.ana) as browser, world.client() as visitor:
        token = await forgot(world, " ANA@example.org ")
        [letter] = world.mail.sent
        assert (letter.to.address, letter.subject) == (
            "ana@example.org",
            "A new password for Entregent",
        )
        body = {"token": token, "password": "short"}
        answer = await visitor.post("/api/accounts/reset", json=body)
        assert code(answer) == (422, "accounts.password_too_short")
        body["password"] = NEW
        assert (await visitor.post("/api/accounts/reset", json=body)).status_code == 200
        # The answer was lost and the request came again; but nobody changes it a second time.
        assert (await visitor.post("/api/accounts/reset", json=body)).status_code == 200
        body["password"] = "eight words that a thief would like"
        answer = await visitor.post("/api/accounts/reset", json=body)
        assert code(answer) == (404, "accounts.proof_unknown")
        assert (await browser.get("/api/sessions")).status_code == 401
    async with program(world, program_["secret"]) as tool:
        assert (await tool.get("/api/inbox")).status_code == 401
    assert await enters(world, NEW)
    assert not await enters(world, PASSWORD)
    await world.house.worker.run_due()
    assert world.mail.sent[-1].subject == "Your password at Entregent was changed"


async def test_nobody_learns_who_is_a_member(world: World) -> None:
    for nobody in ("nobody@example.org", "", "not an address", "x" * 5_000):
        assert await forgot(world, nobody) == ""


async def test_letters_for_a_forgotten_password_are_few(world: World) -> None:
    async with world.client() as visitor:
        body = {"email": "ana@example.org"}
        said = [
            (await visitor.post("/api/accounts/forgot", json=body)).status_code for _ in range(6)
        ]
    assert said == [200] * 5 + [429]


async def test_a_letter_lasts_an_hour_and_is_for_one_thing(world: World) -> None:
    token = await forgot(world, "bruno@example.org")
    assert world.mail.sent[0].subject == "Un nouveau mot de passe pour Entregent"
    async with world.client() as visitor:
        for way in ("verify", "email/confirm"):
            answer = await visitor.post(f"/api/accounts/{way}", json={"token": token})
            assert code(answer) == (404, "accounts.proof_unknown")
        body = {"token": f"{token}x", "password": NEW}
        assert code(await visitor.post("/api/accounts/reset", json=body)) == (
            404,
            "accounts.proof_unknown",
        )
        world.clock.forward(seconds=3_600)
        body["token"] = token
        assert code(await visitor.post("/api/accounts/reset", json=body)) == (
            410,
            "accounts.proof_expired",
        )


async def test_a_new_password_takes_letters_under_way_their_power(world: World) -> None:
    token = await forgot(world, "ana@example.org")
    async with world.client(world.ana) as browser:
        body = {"client_id": "change-two", "current": PASSWORD, "new": NEW}
        assert (await browser.post("/api/accounts/password", json=body)).status_code == 200
        answer = await browser.post(
            "/api/accounts/reset", json={"token": token, "password": "yet other words, seven"}
        )
    assert code(answer) == (404, "accounts.proof_unknown")
    await world.house.worker.run_due()
    assert world.mail.sent[-1].subject == "Your password at Entregent was changed"


async def test_who_reads_the_letter_has_proven_the_address(world: World) -> None:
    member = world.member("Gina Rossi", verified=False)
    token = await forgot(world, "gina@example.org")
    async with world.client() as visitor:
        await visitor.post("/api/accounts/reset", json={"token": token, "password": NEW})
    assert world.see(account, member).verified_at is not None


# -- another address -----------------------------------------------------------------------------


async def ask(
    client: httpx.AsyncClient, email: str, password: str = PASSWORD, number: int = 1
) -> httpx.Response:
    body = {"client_id": f"email-{number:04}", "email": email, "password": password}
    return await client.post("/api/accounts/email", json=body)


async def test_another_address_is_mine_once_its_link_is_opened(world: World) -> None:
    before = world.cursor(world.ana)
    async with world.client(world.ana) as browser, world.client() as elsewhere:
        assert (await ask(browser, " Ana.Lima@new.example ")).status_code == 200
        [letter] = world.mail.sent
        assert letter.to.address == "Ana.Lima@new.example"
        assert world.see(account, world.ana).email == "ana@example.org"
        token = token_in(letter.text)
        for _ in range(2):  # the link is opened twice
            answer = await elsewhere.post("/api/accounts/email/confirm", json={"token": token})
            assert answer.status_code == 200
    mine = world.see(account, world.ana)
    assert (mine.email, mine.verified_at) == ("Ana.Lima@new.example", world.clock.now())
    assert [event["me"]["email"] for event in world.log(world.ana, before)] == [mine.email]
    assert world.see(find_member, "ana@example.org") is None
    assert world.see(members_by_email, ["ana.lima@new.example"]) == {
        "ana.lima@new.example": world.ana
    }
    assert await enters(world, PASSWORD, "ana.lima@NEW.example")
    await world.house.worker.run_due()
    told = world.mail.sent[-1]
    assert (told.to.address, told.subject) == (
        "ana@example.org",
        "Your address at Entregent was changed",
    )
    assert "Ana.Lima@new.example" in told.text


async def test_only_who_knows_the_password_changes_the_address(world: World) -> None:
    async with world.client(world.ana) as browser:
        answer = await ask(browser, "thief@example.net", "no idea at all")
        assert code(answer) == (403, "accounts.wrong_password")
        assert answer.json()["error"]["field"] == "password"
    assert world.mail.sent == []


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("bruno@example.org", (409, "accounts.email_taken")),
        ("no address", (422, "accounts.bad_email")),
        ("\ud800@example.org", (400, "kit.bad_request")),
    ],
)
async def test_what_is_no_address_for_me(world: World, email: str, said: tuple[int, str]) -> None:
    async with world.client(world.ana) as browser:
        body = f'{{"client_id":"email-bad","password":"{PASSWORD}","email":"{email}"}}'
        answer = await browser.post(
            "/api/accounts/email", content=body.encode("utf-8", "surrogatepass")
        )
    assert code(answer) == said


async def test_somebody_else_was_faster(world: World) -> None:
    async with world.client(world.ana) as browser:
        await ask(browser, "wanted@example.org")
        token = token_in(world.mail.sent[0].text)
        world.member("Gina Rossi", "wanted@example.org")
        answer = await browser.post("/api/accounts/email/confirm", json={"token": token})
    assert code(answer) == (409, "accounts.email_taken")
    assert world.see(account, world.ana).email == "ana@example.org"


async def test_the_last_letter_counts_and_not_for_ever(world: World) -> None:
    async with world.client(world.ana) as browser:
        await ask(browser, "first@example.org", number=1)
        await ask(browser, "second@example.org", number=2)
        first, second = (token_in(letter.text) for letter in world.mail.sent)
        answer = await browser.post("/api/accounts/email/confirm", json={"token": first})
        assert code(answer) == (404, "accounts.proof_unknown")
        world.clock.forward(days=3)
        answer = await browser.post("/api/accounts/email/confirm", json={"token": second})
        assert code(answer) == (410, "accounts.proof_expired")


async def test_my_own_address_in_another_spelling(world: World) -> None:
    async with world.client(world.ana) as browser:
        assert (await ask(browser, "Ana@Example.org")).status_code == 200
        token = token_in(world.mail.sent[0].text)
        answer = await browser.post("/api/accounts/email/confirm", json={"token": token})
        assert answer.status_code == 200
    assert world.see(account, world.ana).email == "Ana@Example.org"
    assert world.see(find_member, "ana@example.org") == world.ana
