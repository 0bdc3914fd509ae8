"""The digest: when it comes, what is in it, that it comes once, and the one click that ends it."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from entregent.invitations.actions import invite
from entregent.invitations.model import Rules
from entregent.notifications.model import Digest, NoticeSettings, Quiet, complete, next_digest
from entregent.ports.jobs import Worker, dead
from entregent.ports.mail import Letter, MailUnavailable
from entregent.server.house import JOBS
from tests.messaging.talk import begin, say
from tests.moderation.hosting import Seat, code
from tests.world import ORIGIN, World

HOUR = 3_600


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1_000)


def shown(at: int | None) -> str:
    assert at is not None
    return datetime.fromtimestamp(at / 1_000, UTC).strftime("%a %d %H:%M")


async def wants(world: World, member: int, **digest: Any) -> Seat:
    seat = Seat(world, member)
    body = {"client_id": f"digest-{member}-{len(digest)}", "digest": {"rhythm": "daily", **digest}}
    answer = await seat.http.patch("/api/notices/settings", json=body)
    assert answer.status_code == 200, answer.text
    world.clock.forward(ms=1)
    return seat


async def a_day_passes(world: World) -> list[Letter]:
    """The letters of the next day."""
    before = len(world.mail.sent)
    world.clock.forward(seconds=25 * HOUR)
    await world.house.worker.run_due()
    return world.mail.sent[before:]


# -- when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "now", "due"),
    [
        (Digest(rhythm="daily", hour=8), "2026-07-01T05:00Z", "Wed 01 06:00"),
        (Digest(rhythm="daily", hour=8), "2026-07-01T06:00Z", "Thu 02 06:00"),
        (Digest(rhythm="daily", hour=8), "2026-12-01T06:30Z", "Tue 01 07:00"),
        (Digest(rhythm="weekly", hour=18, day=4), "2026-07-01T05:00Z", "Fri 03 16:00"),
        (Digest(rhythm="weekly", hour=18, day=4), "2026-07-03T16:00Z", "Fri 10 16:00"),
        # The night in which the clocks go forward has no half past two; it still gets its letter.
        (Digest(rhythm="daily", hour=2), "2026-03-28T23:00Z", "Sun 29 01:00"),
    ],
)
def test_it_is_due_by_the_members_own_clock(chosen: Digest, now: str, due: str) -> None:
    mine = complete(NoticeSettings(digest=chosen, zone="Europe/Paris"))
    assert shown(next_digest(mine, moment(now))) == due


def test_it_waits_for_the_end_of_quiet_hours() -> None:
    quiet = Quiet(on=True, start=22 * 60, end=7 * 60 + 30)
    mine = complete(NoticeSettings(digest=Digest(rhythm="daily", hour=6), quiet=quiet))
    assert shown(next_digest(mine, moment("2026-07-01T00:00Z"))) == "Wed 01 07:30"
    assert next_digest(complete(NoticeSettings()), 0) is None


# -- what ----------------------------------------------------------------------------------------


async def test_it_says_who_waits_and_not_what_was_said(world: World) -> None:
    await wants(world, world.bruno)
    for number in range(3):
        key = begin(world, world.bruno, world.ana, world.chloe, title=f"Cercle {number}")
        say(world, world.ana, key, "a secret <b>word</b>")
    world.do(invite, world.emi, world.bruno, "other", "a secret note", Rules())
    [letter] = await a_day_passes(world)
    assert letter.to.address == "bruno@example.org"
    assert letter.subject == "Entregent\u202f: 3 conversations non lues et 1 invitation"
    for text in (letter.text, letter.html or ""):
        assert "Cercle 2" in text
        assert "Emi Sato" in text
        assert "secret" not in text
    assert "une fois par jour" in letter.text
    assert 'lang="fr"' in (letter.html or "")
    assert not await a_day_passes(world)  # nothing new: no letter


async def test_it_holds_texts_for_who_wants_them(world: World) -> None:
    await wants(world, world.ana, texts=True)
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key, "Lunch <script>alert(1)</script>?")
    [letter] = await a_day_passes(world)
    assert letter.subject == "Entregent: 1 unread conversation"
    assert "Bruno Çelik: Lunch <script>" in letter.text
    assert "<script>" not in (letter.html or "")
    assert "Lunch &lt;script&gt;" in (letter.html or "")


async def test_only_the_kinds_that_were_chosen_are_in_it(world: World) -> None:
    ana = await wants(world, world.ana)
    ways = {"message": {"bell": False, "push": True, "mail": False}}
    body = {"client_id": "no-messages", "ways": ways}
    assert (await ana.http.patch("/api/notices/settings", json=body)).status_code == 200
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key)
    assert not await a_day_passes(world)


async def test_nobody_gets_one_unasked_or_unproven(world: World) -> None:
    unproven = world.member("Una Proven", verified=False)
    await wants(world, unproven)
    for member in (world.ana, unproven):
        say(world, world.bruno, begin(world, world.bruno, member))
    assert not await a_day_passes(world)


# -- once ----------------------------------------------------------------------------------------


async def test_a_mail_server_that_is_away_is_asked_again(world: World) -> None:
    await wants(world, world.ana)
    say(world, world.bruno, begin(world, world.bruno, world.ana))
    real, calls = world.mail.send, []

    async def away(letter: Letter) -> str:
        calls.append(letter)
        if len(calls) == 1:
            raise MailUnavailable("away")
        return await real(letter)

    world.mail.send = away  # type: ignore[method-assign]
    assert not await a_day_passes(world)
    world.clock.forward(seconds=60)
    await world.house.worker.run_due()
    assert len(world.mail.sent) == 1
    assert [one.number for one in calls] == [world.mail.sent[0].number] * 2


async def test_a_worker_that_is_killed_writes_one_letter(world: World) -> None:
    """Killed after the letter was handed over and before that was known: the same letter again."""
    await wants(world, world.ana)
    say(world, world.bruno, begin(world, world.bruno, world.ana))
    ids: list[str] = []
    real = world.mail.send

    async def killed(letter: Letter) -> str:
        ids.append(await real(letter))
        if len(ids) == 1:
            raise SystemExit
        return ids[-1]

    world.mail.send = killed  # type: ignore[method-assign]
    world.clock.forward(seconds=25 * HOUR)
    with pytest.raises(SystemExit):
        await world.house.worker.run_due()
    world.clock.forward(seconds=60)  # its lease ends
    other = Worker(world.ports, JOBS)
    await other.run_due()
    assert len(ids) == 2
    assert len(set(ids)) == 1  # by its Message-ID, one letter
    await other.run_due()
    assert len(ids) == 2
    assert not world.see(dead)


async def test_another_hour_puts_it_off(world: World) -> None:
    now = datetime.fromtimestamp(world.clock.now() / 1_000, UTC)
    await wants(world, world.ana, hour=(now.hour + 1) % 24)
    say(world, world.bruno, begin(world, world.bruno, world.ana))
    await wants(world, world.ana, hour=(now.hour + 3) % 24, texts=False)
    world.clock.forward(seconds=HOUR + 60)
    await world.house.worker.run_due()
    assert not world.mail.sent
    world.clock.forward(seconds=2 * HOUR)
    await world.house.worker.run_due()
    assert len(world.mail.sent) == 1


# -- one click -----------------------------------------------------------------------------------


def way_out(letter: Letter) -> tuple[str, str]:
    """The address that a mail program posts to, and the key in it."""
    address = letter.headers["List-Unsubscribe"].strip("<>")
    return address, parse_qs(urlsplit(address).query)["token"][0]


async def test_one_click_in_a_mail_program_ends_it(world: World) -> None:
    ana = await wants(world, world.ana, hour=9)
    say(world, world.bruno, begin(world, world.bruno, world.ana))
    [letter] = await a_day_passes(world)
    address, token = way_out(letter)
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("http://localhost:8000/api/digest/unsubscribe?")
    # RFC 8058: no cookie, no origin of ours, a form.
    program = httpx.AsyncClient(transport=ana.http._transport, base_url=ORIGIN)
    for _ in range(2):
        answer = await program.post(
            address.replace("http://localhost:8000", ORIGIN),
            data={"List-Unsubscribe": "One-Click"},
            headers={"origin": "https://mail.example"},
        )
        assert answer.status_code == 200
    assert (await program.get(address.replace("http://localhost:8000", ORIGIN))).status_code == 405
    nobody = Seat(world, None)
    assert await nobody.does("/api/digest", token=token) == {"rhythm": "off"}
    say(world, world.bruno, begin(world, world.bruno, world.ana), "Again")
    assert not await a_day_passes(world)
    assert await nobody.does("/api/digest/again", token=token) == {"rhythm": "daily"}
    mine = await ana.get("/api/notices/settings")
    assert (mine["digest"]["rhythm"], mine["digest"]["hour"]) == ("daily", 9)
    assert await nobody.does("/api/digest/stop", token=token) == {"rhythm": "off"}
    assert f"/unsubscribe?token={token}" in letter.text


@pytest.mark.parametrize("token", ["", "1", "1.2", "x.y", f"{'9' * 30}.a"])
async def test_no_other_key_ends_it(world: World, token: str) -> None:
    for path in ("/api/digest", "/api/digest/stop", "/api/digest/again"):
        answer = await Seat(world, None).post(path, token=token)
        assert code(answer) == ("notifications.bad_key", 404)
    answer = await Seat(world, None).http.post(f"/api/digest/unsubscribe?token={token}")
    assert code(answer) == ("notifications.bad_key", 404)


async def test_a_key_is_its_members_alone(world: World) -> None:
    for member in (world.ana, world.bruno):
        await wants(world, member)
        other = world.chloe if member == world.bruno else world.bruno
        say(world, other, begin(world, other, member))
    letters = await a_day_passes(world)
    keys = {letter.to.address: way_out(letter)[1] for letter in letters}
    forged = f"{world.bruno}.{keys['ana@example.org'].partition('.')[2]}"
    assert code(await Seat(world, None).post("/api/digest/stop", token=forged))[1] == 404
