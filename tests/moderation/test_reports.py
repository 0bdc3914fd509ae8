"""Reports: what a host is shown of them, how they gather, and who knows of it all."""

from typing import Any

import pytest

from entregent.accounts import close_account
from entregent.invitations.actions import invite
from entregent.invitations.model import Rules
from entregent.moderation import grant, revoke
from entregent.moderation.taking import report_person
from tests.messaging.talk import begin, say
from tests.moderation.hosting import Seat, code, host
from tests.world import World


async def report(seat: Seat, key: int, **body: Any) -> None:
    await seat.does(f"/api/conversations/{key}/report", **{"reason": "fraud", **body})


async def test_a_host_is_shown_what_the_reporter_saw_then(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.ana, key, "Good morning")
    say(world, world.bruno, key, "Send me your password")
    secret = begin(world, world.bruno, world.chloe)
    say(world, world.bruno, secret, "between Chloé and me")
    _, hana = host(world)
    bruno = Seat(world, world.bruno)
    await report(Seat(world, world.ana), key, seq=2, note="He asks everybody")
    await bruno.http.delete(f"/api/conversations/{key}/messages/2?for=everyone")
    page = await hana.get("/api/host/reports")
    [case] = page["cases"]
    assert (page["total"], page["next"]) == (1, None)
    assert (case["person_id"], case["name"]) == (str(world.bruno), "Bruno Çelik")
    assert (case["waiting"], case["reporters"], case["appeals"]) == (1, 1, 0)
    assert case["reasons"] == [{"reason": "fraud", "count": 1}]
    file = await hana.get(f"/api/host/reports/{world.bruno}")
    [shown] = file["reports"]
    assert (shown["kind"], shown["note"], shown["state"]) == (
        "message",
        "He asks everybody",
        "waiting",
    )
    assert [(one["text"], one["reported"]) for one in shown["seen"]["said"]] == [
        ("Good morning", False),
        ("Send me your password", True),
    ]
    assert {card["id"] for card in file["cards"]} == {str(world.ana), str(world.bruno)}
    assert "between" not in str(file)


async def test_reports_gather_by_person_with_their_reporters(world: World) -> None:
    member, hana = host(world)
    with_ana, with_chloe = (begin(world, world.bruno, one) for one in (world.ana, world.chloe))
    for key in (with_ana, with_chloe):
        say(world, world.bruno, key, "Buy this")
    ana, chloe = Seat(world, world.ana), Seat(world, world.chloe)
    await report(ana, with_ana, reason="spam")
    await report(ana, with_ana, seq=1)
    await report(chloe, with_chloe, reason="spam")
    await ana.does(f"/api/people/{world.chloe}/report", reason="impersonation", note="Not her")
    page = await hana.get("/api/host/reports")
    assert [(one["name"], one["waiting"], one["reporters"]) for one in page["cases"]] == [
        ("Chloé Dupont", 1, 1),
        ("Bruno Çelik", 3, 2),
    ]
    assert page["cases"][1]["reasons"] == [
        {"reason": "spam", "count": 2},
        {"reason": "fraud", "count": 1},
    ]
    file = await hana.get(f"/api/host/reports/{world.chloe}")
    assert file["reports"][0]["seen"]["name"] == "Chloé Dupont"
    told = [one for one in world.log(member) if one["type"] == "host.queue"]
    assert [one["open"] for one in told] == [0, 1, 1, 1, 2]
    assert (await hana.get("/api/boot"))["reports"] == 2


async def test_an_invitation_is_reported_and_the_report_undone(world: World) -> None:
    _, hana = host(world)
    sent = world.do(invite, world.emi, world.ana, "other", "Buy gold now", Rules()).invitation
    assert sent is not None
    ana = Seat(world, world.ana)
    done = await ana.does(
        "/api/invitations/actions", verb="report", ids=[sent.id], reason="It is a swindle"
    )
    [shown] = (await hana.get(f"/api/host/reports/{world.emi}"))["reports"]
    assert (shown["kind"], shown["seen"]["said"][0]["text"]) == ("invitation", "Buy gold now")
    assert shown["note"] == "It is a swindle"
    await ana.does(f"/api/invitations/runs/{done['id']}/undo")
    assert (await hana.get("/api/host/reports"))["total"] == 0
    [shown] = (await hana.get(f"/api/host/reports/{world.emi}"))["reports"]
    assert shown["state"] == "taken_back"
    assert not [one for one in world.log(world.emi) if "report" in str(one) or "host" in str(one)]


async def test_a_whole_group_is_about_nobody_in_particular(world: World) -> None:
    _, hana = host(world)
    key = begin(world, world.bruno, world.ana, world.chloe, title="Swindlers")
    await report(Seat(world, world.ana), key)
    [case] = (await hana.get("/api/host/reports"))["cases"]
    assert (case["person_id"], case["name"]) == (None, "")
    file = await hana.get("/api/host/reports/0")
    assert file["reports"][0]["seen"]["title"] == "Swindlers"
    refused = await hana.post(
        "/api/host/reports/0/decisions", verdict="warn", reason="spam", statement="Stop"
    )
    assert code(refused) == ("moderation.not_a_member", 409)
    answer = await hana.does("/api/host/reports/0/decisions", verdict="dismiss", reason="other")
    assert answer["open"] == 0


async def test_the_queue_goes_by_key(world: World) -> None:
    _, hana = host(world)
    people = world.members(55)
    for one in people:
        world.clock.forward(ms=1)
        world.do(report_person, world.ana, one, "spam", "")
    first = await hana.get("/api/host/reports")
    rest = await hana.get(f"/api/host/reports?after={first['next']}")
    listed = [one["person_id"] for one in first["cases"] + rest["cases"]]
    assert listed == [str(one) for one in reversed(people)]
    assert (first["total"], rest["total"], rest["next"]) == (55, 55, None)


@pytest.mark.parametrize("reported", ["nobody", "oneself", "somebody hidden"])
async def test_who_cannot_be_reported(world: World, reported: str) -> None:
    ana = Seat(world, world.ana)
    who = {"nobody": 1, "oneself": world.ana, "somebody hidden": world.diego}[reported]
    assert code(await ana.post(f"/api/people/{who}/report", reason="spam")) == (
        "kit.not_found",
        404,
    )


HOST_ROUTES = [
    ("GET", "/api/host/reports"),
    ("GET", "/api/host/reports/1"),
    ("POST", "/api/host/reports/1/decisions"),
    ("POST", "/api/host/reports/1/decisions/1/reverse"),
    ("POST", "/api/host/reports/1/decisions/1/uphold"),
    ("GET", "/api/host/log"),
]


async def test_nobody_else_learns_that_there_is_a_queue(world: World) -> None:
    nowhere = await world.client(world.ana).get("/api/host/nowhere")
    for member in (world.ana, None):
        seat = Seat(world, member)
        for method, path in HOST_ROUTES:
            for headers in ({}, {"origin": "https://elsewhere.example"}):
                answer = await seat.http.request(method, path, content="{", headers=headers)
                assert answer.status_code == 404, path
                assert answer.json()["error"]["code"] == nowhere.json()["error"]["code"]
    assert (await Seat(world, world.ana).get("/api/boot"))["reports"] is None
    member, hana = host(world)
    assert (await hana.get("/api/host/reports"))["total"] == 0
    world.do(revoke, member)
    assert (await hana.http.get("/api/host/reports")).status_code == 404
    world.do(grant, member)
    world.do(close_account, member)
    assert (await hana.http.get("/api/host/reports")).status_code == 404


async def test_the_first_member_does_not_become_a_host(world: World) -> None:
    assert (await Seat(world, world.ana).get("/api/boot"))["reports"] is None
