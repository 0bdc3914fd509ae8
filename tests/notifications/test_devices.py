"""Devices: told once, in time, and nothing that the member would not show."""

import json
from typing import Any

import pytest

from entregent.accounts import close_account
from entregent.notifications import Quiet, SettingsChange, change_settings
from entregent.notifications.actions import see
from entregent.notifications.devices import add_device, devices_of
from entregent.notifications.model import NoticeSettings, is_quiet
from entregent.ports.push import PushGone, PushUnavailable
from tests.notifications.telling import a_device, body, news, pushed, run_due
from tests.world import World

PARIS = "Europe/Paris"
HOUR = 3_600_000


async def subscribe(world: World, member: int, place: str = "https://push.example/one") -> Any:
    """Signs a member in by a browser and subscribes it."""
    client = world.client(member)
    device = a_device(place)
    keys = {"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth}
    assert (await client.post("/api/push", json=body(**keys))).status_code == 200
    return client


def told(world: World) -> list[dict[str, Any]]:
    return [json.loads(message.payload) for _, message in pushed(world).sent]


async def test_a_device_is_told_what_was_not_seen(world: World) -> None:
    await subscribe(world, world.ana)
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    await run_due(world)
    [one] = told(world)
    assert one["title"] == "Bruno Çelik accepted your invitation"
    assert one["language"] == "en"
    await run_due(world)
    assert len(told(world)) == 1


async def test_what_was_seen_in_time_is_not_told(world: World) -> None:
    await subscribe(world, world.ana)
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    world.do(see, world.ana, world.clock.now())
    await run_due(world)
    assert told(world) == []


async def test_in_the_members_language(world: World) -> None:
    await subscribe(world, world.bruno)
    news(world, world.bruno, world.ana, kind="accepted", topic="")
    await run_due(world)
    assert told(world)[0]["title"] == "Ana Lima a accepté votre invitation"


async def test_no_more_than_the_member_would_show(world: World) -> None:
    await subscribe(world, world.ana)
    world.do(change_settings, world.ana, SettingsChange(show_text=False))
    news(world, world.ana, world.bruno, kind="accepted", topic="", text="secret")
    await run_due(world)
    [one] = told(world)
    assert (one["title"], one["body"]) == ("An invitation was accepted", "")
    assert "Bruno" not in json.dumps(one)


async def test_nothing_in_quiet_hours(world: World) -> None:
    await subscribe(world, world.ana)
    always = Quiet(on=True, start=0, end=1439)
    world.do(change_settings, world.ana, SettingsChange(quiet=always, zone=PARIS))
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    await run_due(world)
    assert told(world) == []


@pytest.mark.parametrize(
    ("days", "hour", "quiet"),
    [
        ([0], 23.5, True),  # Monday night in Paris
        ([0], 21.5, False),
        ([0], 24 + 6.5, True),  # and the morning after
        ([0], 24 + 7, False),
        ([0], 24 + 23, False),  # Tuesday night
        ([6], 6, True),  # the night that began on Sunday
        ([], 23, False),
    ],
)
def test_quiet_hours_are_those_of_the_member(days: list[int], hour: float, quiet: bool) -> None:
    monday = 1_767_567_600_000  # midnight in Paris, 5 January 2026
    mine = NoticeSettings(quiet=Quiet(on=True, days=days), zone=PARIS)
    assert is_quiet(mine, int(monday + hour * HOUR)) is quiet


def test_quiet_hours_follow_the_clocks_that_change() -> None:
    mine = NoticeSettings(quiet=Quiet(on=True), zone=PARIS)  # until seven
    winter = 1_767_247_200_000  # 1 January 2026, 6:00 UTC
    summer = 1_782_882_000_000  # 1 July 2026, 5:00 UTC
    for seven in (winter, summer):
        assert is_quiet(mine, seven - 60_000)
        assert not is_quiet(mine, seven)


async def test_a_device_that_is_gone_is_forgotten(world: World) -> None:
    await subscribe(world, world.ana)
    pushed(world).refuse["https://push.example/one"] = PushGone("410")
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    await run_due(world)
    assert world.see(devices_of, world.ana) == []


async def test_only_who_was_away_is_told_again(world: World) -> None:
    await subscribe(world, world.ana)
    await subscribe(world, world.ana, "https://push.example/two")
    pushed(world).refuse["https://push.example/two"] = PushUnavailable("503")
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    await run_due(world)
    await run_due(world)
    del pushed(world).refuse["https://push.example/two"]
    await run_due(world, 3_600)
    assert [device.endpoint[-3:] for device, _ in pushed(world).sent] == ["one", "two"]


async def test_a_device_ends_with_its_session(world: World) -> None:
    ana = await subscribe(world, world.ana)
    await ana.delete("/api/sessions/current")
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    await run_due(world)
    assert told(world) == []
    assert world.see(devices_of, world.ana) == []


async def test_one_browser_is_one_members(world: World) -> None:
    await subscribe(world, world.ana)
    await subscribe(world, world.bruno)
    assert world.see(devices_of, world.ana) == []
    assert len(world.see(devices_of, world.bruno)) == 1


async def test_a_browser_is_switched_off_by_its_member_alone(world: World) -> None:
    ana = await subscribe(world, world.ana)
    place = "https://push.example/one"
    async with world.client(world.bruno) as bruno:
        await bruno.request("DELETE", "/api/push", json=body(endpoint=place))
    assert len(world.see(devices_of, world.ana)) == 1
    for _ in range(2):
        gone = await ana.request("DELETE", "/api/push", json=body(endpoint=place))
        assert gone.status_code == 200
    assert world.see(devices_of, world.ana) == []


async def test_what_is_no_subscription_is_refused(world: World) -> None:
    good = a_device()
    keys = {"endpoint": good.endpoint, "p256dh": good.p256dh, "auth": good.auth}
    async with world.client(world.ana) as ana:
        assert (await ana.get("/api/push/key")).json()["key"] == pushed(world).public_key
        for spoilt in (
            {"endpoint": "javascript:alert(1)"},
            {"endpoint": "https://x/" + "a" * 3_000},
            {"p256dh": "AAAA"},
            {"p256dh": "é"},
            {"auth": "short"},
        ):
            answer = await ana.post("/api/push", json=body(**{**keys, **spoilt}))
            assert answer.json()["error"]["code"] == "notifications.bad_device", spoilt


async def test_who_has_left_is_told_nothing(world: World) -> None:
    await subscribe(world, world.ana)
    news(world, world.ana, world.bruno, kind="accepted", topic="")
    world.do(close_account, world.ana)
    await run_due(world)
    assert told(world) == []
    assert world.do(add_device, world.bruno, 1, a_device())  # the endpoint is free again
