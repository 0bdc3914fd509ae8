"""Decisions: what they do, whom they are told, objecting, taking back, and the hosts' log."""

from typing import Any

import httpx
import pytest

from entregent.ports.jobs import dead
from tests.messaging.talk import begin
from tests.moderation.hosting import Seat, code, host
from tests.world import PASSWORD, World

DAY = 86_400


async def reported(world: World) -> Seat:
    """Ana has reported Bruno; a host is about to decide."""
    _, hana = host(world)
    await Seat(world, world.ana).does(f"/api/people/{world.bruno}/report", reason="spam")
    return hana


async def decide(world: World, seat: Seat, verdict: str, **body: Any) -> dict[str, Any]:
    path = f"/api/host/reports/{world.bruno}/decisions"
    answer: dict[str, Any] = await seat.does(
        path, **{"verdict": verdict, "reason": "spam", "statement": "You advertise.", **body}
    )
    decided: dict[str, Any] = answer["decision"]["decision"]
    return decided


def notices(world: World, member: int) -> list[tuple[str, str]]:
    return [
        (one["notice"]["kind"], one["notice"]["detail"]["what"])
        for one in world.log(member)
        if one["type"] == "notice.told"
    ]


async def sign_in(world: World, who: str = "bruno") -> httpx.Response:
    body = {"email": f"{who}@example.org", "password": PASSWORD}
    return await world.client().post("/api/sessions", json=body)


def link_in(text: str) -> str:
    return text.rpartition("/decisions?token=")[2].split()[0]


async def test_dismissed_is_told_to_the_reporter_alone(world: World) -> None:
    hana = await reported(world)
    await decide(world, hana, "dismiss", statement="")
    await world.house.worker.run_due()
    assert notices(world, world.ana) == [("house", "settled")]
    assert not notices(world, world.bruno)
    assert not world.mail.sent
    assert (await Seat(world, world.bruno).get("/api/decisions"))["decisions"] == []
    assert (await hana.get("/api/host/reports"))["total"] == 0
    assert (await hana.get("/api/host/reports?state=decided"))["total"] == 1


async def test_a_warning_is_told_with_its_reasons(world: World) -> None:
    hana = await reported(world)
    await decide(world, hana, "warn")
    await world.house.worker.run_due()
    assert notices(world, world.bruno) == [("house", "warn")]
    [letter] = world.mail.sent
    assert letter.to.address == "bruno@example.org"
    assert "You advertise." in letter.text
    assert "publicité" in letter.text  # Bruno reads French
    [mine] = (await Seat(world, world.bruno).get("/api/decisions"))["decisions"]
    assert (mine["verdict"], mine["reason"], mine["statement"]) == (
        "warn",
        "spam",
        "You advertise.",
    )
    assert not mine["in_force"]
    assert "Ana" not in letter.text + str(mine)
    key = begin(world, world.bruno, world.chloe)
    await Seat(world, world.bruno).does(f"/api/conversations/{key}/messages", text="Hello")


async def test_who_is_restricted_sends_nothing_new_until_it_ends(world: World) -> None:
    hana = await reported(world)
    bruno = Seat(world, world.bruno)
    key = begin(world, world.bruno, world.chloe)
    later = world.clock.now() + 3_600_000
    path = f"/api/conversations/{key}/messages"
    await bruno.does(path, text="For later", send_at=later)
    decided = await decide(world, hana, "restrict", days=3)
    assert decided["in_force"]
    assert decided["until"] == world.clock.now() + 3 * DAY * 1_000
    for where, body in (
        (path, {"text": "Hello"}),
        ("/api/conversations", {"member_ids": [str(world.emi)], "text": "Hello"}),
        ("/api/invitations", {"member_id": str(world.emi), "reason": "other"}),
    ):
        assert code(await bruno.post(where, **body)) == ("accounts.restricted", 403)
    assert (await bruno.get("/api/inbox"))["rows"]
    world.clock.forward(seconds=3_601)
    await world.house.worker.run_due()
    [waiting] = (await bruno.get("/api/scheduled"))["scheduled"]
    assert waiting["refusal"] == "accounts.restricted"
    world.clock.forward(seconds=3 * DAY)
    await bruno.does(path, text="Hello again")
    [mine] = (await bruno.get("/api/decisions"))["decisions"]
    assert not mine["in_force"]


async def test_who_is_suspended_is_out_everywhere_and_learns_why(world: World) -> None:
    hana = await reported(world)
    bruno = Seat(world, world.bruno)
    made = await bruno.does("/api/tokens", name="tool", scopes=["messages.read"])
    tool = httpx.AsyncClient(
        transport=bruno.http._transport,
        base_url="http://localhost:8000",
        headers={"authorization": f"Bearer {made['secret']}"},
    )
    assert (await tool.get("/api/inbox")).status_code == 200
    await decide(world, hana, "suspend")
    assert (await bruno.http.get("/api/inbox")).status_code == 401
    assert (await tool.get("/api/inbox")).status_code == 401
    assert code(await sign_in(world)) == ("accounts.suspended", 403)
    nobody = Seat(world, None)
    wrong = {"email": "bruno@example.org", "password": "not his password"}
    assert code(await nobody.http.post("/api/sessions", json=wrong))[0] == (
        "accounts.wrong_credentials"
    )
    assert code(await nobody.http.post("/api/decision/key", json=wrong))[0] == (
        "accounts.wrong_credentials"
    )
    known = {"email": "bruno@example.org", "password": PASSWORD}
    token = (await nobody.http.post("/api/decision/key", json=known)).json()["token"]
    await world.house.worker.run_due()
    assert link_in(world.mail.sent[-1].text) == token
    decision = await nobody.does("/api/decision", token=token)
    assert (decision["verdict"], decision["statement"]) == ("suspend", "You advertise.")
    objected = await nobody.does("/api/decision/appeal", token=token, text="It was not me")
    assert objected["appeal"]["text"] == "It was not me"
    again = await nobody.post("/api/decision/appeal", token=token, text="Not me, really")
    assert code(again) == ("moderation.appealed_already", 409)
    [case] = (await hana.get("/api/host/reports"))["cases"]
    assert (case["waiting"], case["appeals"]) == (0, 1)
    path = f"/api/host/reports/{world.bruno}/decisions/{decision['id']}/reverse"
    await hana.does(path, statement="You are right.")
    assert (await sign_in(world)).status_code == 200
    assert (await hana.get("/api/host/reports"))["total"] == 0
    await world.house.worker.run_due()
    assert "You are right." in world.mail.sent[-1].text
    decision = await nobody.does("/api/decision", token=token)
    assert decision["reversed_at"]
    assert decision["answer"]["text"] == "You are right."
    assert not world.see(dead)


@pytest.mark.parametrize("token", ["", "1.2", "1.2.x", "x.y.z", "9" * 30 + ".1.x"])
async def test_no_other_key_opens_a_decision(world: World, token: str) -> None:
    answer = await Seat(world, None).post("/api/decision", token=token)
    assert code(answer) == ("moderation.bad_key", 404)


async def test_an_objection_is_answered_once(world: World) -> None:
    hana = await reported(world)
    decided = await decide(world, hana, "warn")
    bruno, ana = Seat(world, world.bruno), Seat(world, world.ana)
    path = f"/api/decisions/{decided['id']}/appeal"
    assert code(await ana.post(path, text="Mine?")) == ("kit.not_found", 404)
    assert code(await bruno.post(path, text="  ")) == ("moderation.say_why", 422)
    mine = await bruno.does(path, text="I did not", client_id="objection-1")
    assert mine == await bruno.does(path, text="I did not", client_id="objection-1")
    uphold = f"/api/host/reports/{world.bruno}/decisions/{decided['id']}/uphold"
    await hana.does(uphold, statement="You did.")
    assert code(await hana.post(uphold, statement="You did.")) == ("moderation.nothing_waits", 409)
    [mine] = (await bruno.get("/api/decisions"))["decisions"]
    assert (mine["answer"]["text"], mine["appeal_until"]) == ("You did.", None)


async def test_the_time_to_object_ends(world: World) -> None:
    hana = await reported(world)
    decided = await decide(world, hana, "warn")
    world.clock.forward(seconds=181 * DAY)
    answer = await Seat(world, world.bruno).post(
        f"/api/decisions/{decided['id']}/appeal", text="Late"
    )
    assert answer.status_code in (401, 409)
    answer = await Seat(world, world.bruno).post(
        f"/api/decisions/{decided['id']}/appeal", text="Late"
    )
    assert code(answer) == ("moderation.too_late", 409)


async def test_what_came_meanwhile_still_waits(world: World) -> None:
    hana = await reported(world)
    path = f"/api/host/reports/{world.bruno}"
    last = (await hana.get(path))["reports"][0]["id"]
    world.clock.forward(ms=5)
    await Seat(world, world.chloe).does(f"/api/people/{world.bruno}/report", reason="fraud")
    await decide(world, hana, "warn", last=last)
    [case] = (await hana.get("/api/host/reports"))["cases"]
    assert (case["waiting"], case["reporters"]) == (1, 1)
    # Two hosts who saw the same: the second is told that it is done.
    body = {"verdict": "warn", "reason": "spam", "statement": "You advertise.", "last": last}
    assert code(await hana.post(f"{path}/decisions", **body)) == ("moderation.nothing_waits", 409)


async def test_nobody_decides_about_themselves_or_without_reasons(world: World) -> None:
    member, hana = host(world)
    await Seat(world, world.ana).does(f"/api/people/{member}/report", reason="spam")
    path = f"/api/host/reports/{member}/decisions"
    body = {"verdict": "dismiss", "reason": "spam"}
    assert code(await hana.post(path, **body)) == ("moderation.own_case", 403)
    path = f"/api/host/reports/{world.bruno}/decisions"
    for body, refusal in (
        ({"verdict": "warn"}, "say_why"),
        ({"verdict": "restrict", "statement": "Because"}, "say_how_long"),
        ({"verdict": "dismiss"}, "nothing_waits"),
    ):
        answer = await hana.post(path, reason="spam", **body)
        assert code(answer)[0] == f"moderation.{refusal}"


async def test_two_suspensions_end_when_both_have_ended(world: World) -> None:
    hana = await reported(world)
    short = await decide(world, hana, "suspend", days=1)
    world.clock.forward(ms=5)
    long = await decide(world, hana, "suspend", days=9)
    path = f"/api/host/reports/{world.bruno}/decisions"
    await hana.does(f"{path}/{long['id']}/reverse", statement="Too long")
    assert code(await sign_in(world)) == ("accounts.suspended", 403)
    world.clock.forward(seconds=DAY)
    assert (await sign_in(world)).status_code == 200
    assert short["id"] != long["id"]


async def test_hosts_leave_a_log_that_only_grows(world: World) -> None:
    hana = await reported(world)
    decided = await decide(world, hana, "warn")
    path = f"/api/host/reports/{world.bruno}/decisions/{decided['id']}"
    await Seat(world, world.bruno).does(f"/api/decisions/{decided['id']}/appeal", text="No")
    await hana.does(f"{path}/reverse", statement="All right")
    entries = (await hana.get("/api/host/log"))["entries"]
    assert [one["what"] for one in entries] == ["reverse", "appeal", "decide", "grant"]
    assert entries[2]["detail"] == {"decision": decided["id"], "verdict": "warn", "reports": 1}
    assert entries[2]["person_id"] == str(world.bruno)
    refused = await hana.post(f"{path}/reverse", statement="Again")
    assert code(refused) == ("moderation.reversed_already", 409)
    assert len((await hana.get("/api/host/log"))["entries"]) == 4
