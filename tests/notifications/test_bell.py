"""The bell: one line for each thing, people counted once, the same in every page."""

from entregent.accounts import close_account
from entregent.network import block
from entregent.notifications import Kind, bell, settle, take_back
from entregent.notifications.actions import change_settings, forget, mark, page, see
from entregent.notifications.model import SettingsChange, Ways
from tests.notifications.telling import body, news
from tests.world import World


def lines(world: World, member: int) -> list[tuple[str, int, list[int]]]:
    return [
        (one.kind, one.count, [int(person) for person in one.people])
        for one in world.see(page, member).notices
    ]


def test_news_of_one_thing_is_one_line(world: World) -> None:
    for who in (world.bruno, world.chloe, world.bruno):
        news(world, world.ana, who, emoji="👍")
    news(world, world.ana, world.bruno, topic="77:4", emoji="🎉")
    news(world, world.ana, world.bruno, kind="mention", topic="77")
    assert lines(world, world.ana) == [
        ("mention", 1, [world.bruno]),
        ("reaction", 1, [world.bruno]),
        ("reaction", 2, [world.bruno, world.chloe]),
    ]
    assert world.see(bell, world.ana) == 2  # people, however many things they did


def test_whom_one_blocks_is_in_no_line(world: World) -> None:
    for who in (world.bruno, world.chloe):
        news(world, world.ana, who, emoji="👍")
    news(world, world.ana, world.bruno, kind="mention", topic="77")
    news(world, world.bruno, world.ana, emoji="👍")
    before = world.cursor(world.ana)
    world.do(block, world.ana, world.bruno)
    assert lines(world, world.ana) == [("reaction", 1, [world.chloe])]
    assert lines(world, world.bruno) == []
    assert (world.see(bell, world.ana), world.see(bell, world.bruno)) == (1, 0)
    told = [one for one in world.log(world.ana, before) if one["type"].startswith("notice")]
    assert [one["bell"] for one in told][-1] == 1


def test_what_concerns_nobody_else_counts_as_one(world: World) -> None:
    news(world, world.ana, world.bruno)
    news(world, world.ana, kind="import", topic="1", what="done", text="archive.zip")
    news(world, world.ana, kind="security", topic="2", text="Firefox")
    assert world.see(bell, world.ana) == 3


def test_nobody_is_told_of_themselves(world: World) -> None:
    news(world, world.ana, world.ana)
    assert world.see(bell, world.ana) == 0
    assert lines(world, world.ana) == []


def test_seen_is_not_read(world: World) -> None:
    news(world, world.ana, world.bruno)
    upto = world.see(page, world.ana).notices[0].at
    news(world, world.ana, world.chloe, topic="77:9")
    assert world.do(see, world.ana, upto).bell == 1  # what came after that is still to be seen
    assert world.do(see, world.ana, upto).bell == 1
    one, other = world.see(page, world.ana).notices
    assert [(one.seen, one.read), (other.seen, other.read)] == [(False, False), (True, False)]
    assert world.do(mark, world.ana, None, read=True).bell == 0
    assert all(one.read and one.seen for one in world.see(page, world.ana).notices)


def test_more_of_what_was_seen_rings_again_and_keeps_its_people(world: World) -> None:
    news(world, world.ana, world.bruno)
    world.do(see, world.ana, world.clock.now())
    news(world, world.ana, world.chloe)
    assert world.see(bell, world.ana) == 1
    assert lines(world, world.ana) == [("reaction", 2, [world.chloe, world.bruno])]


def test_more_of_what_was_read_begins_anew(world: World) -> None:
    news(world, world.ana, world.bruno)
    world.do(mark, world.ana, None, read=True)
    news(world, world.ana, world.chloe)
    assert lines(world, world.ana) == [("reaction", 1, [world.chloe])]
    assert world.see(bell, world.ana) == 1


def test_what_is_taken_back_is_told_no_more(world: World) -> None:
    for who in (world.bruno, world.chloe):
        news(world, world.ana, who)
    world.do(take_back, world.ana, "reaction", "77:3", world.chloe)
    assert lines(world, world.ana) == [("reaction", 1, [world.bruno])]
    assert world.see(bell, world.ana) == 1
    world.do(take_back, world.ana, "reaction", "77:3", world.chloe)
    world.do(take_back, world.ana, "reaction", "77:3", world.bruno)
    assert lines(world, world.ana) == []
    assert world.see(bell, world.ana) == 0


def test_meeting_the_thing_itself_settles_its_line(world: World) -> None:
    news(world, world.ana, world.bruno, kind="mention", topic="77")
    news(world, world.ana, world.bruno, kind="mention", topic="78")
    world.do(settle, world.ana, "77", "mention", "returned")
    assert [one.read for one in world.see(page, world.ana).notices] == [False, True]
    assert world.see(bell, world.ana) == 1


def test_a_kind_that_is_switched_off_is_silent(world: World) -> None:
    world.do(change_settings, world.ana, SettingsChange(ways={"reaction": Ways(bell=False)}))
    news(world, world.ana, world.bruno)
    news(world, world.ana, world.bruno, kind="mention", topic="77")
    assert [kind for kind, _, _ in lines(world, world.ana)] == ["mention"]


def test_messages_and_invitations_have_counts_of_their_own(world: World) -> None:
    ways: dict[Kind, Ways] = {"message": Ways(bell=True), "invitation": Ways(bell=True)}
    mine = world.do(change_settings, world.ana, SettingsChange(ways=ways))
    assert not mine.of("message").bell
    news(world, world.ana, world.bruno, kind="message")
    news(world, world.ana, world.bruno, kind="invitation")
    assert lines(world, world.ana) == []


def test_pages_follow_each_other(world: World) -> None:
    for number in range(7):
        news(world, world.ana, world.bruno, topic=str(number))
    found, after = [], ""
    while True:
        part = world.see(page, world.ana, after, 3)
        found += [one.id for one in part.notices]
        if part.next is None:
            break
        after = part.next
    assert found == [one.id for one in world.see(page, world.ana).notices]
    assert len(set(found)) == 7


def test_half_a_year_is_enough(world: World) -> None:
    news(world, world.ana, world.bruno)
    world.clock.forward(days=100)
    news(world, world.ana, world.chloe, topic="77:9")
    assert world.do(forget, world.clock.now() - 86_400_000) == 1
    assert lines(world, world.ana) == [("reaction", 1, [world.chloe])]


def test_who_leaves_leaves_nothing_behind(world: World) -> None:
    news(world, world.ana, world.bruno)
    world.do(close_account, world.ana)
    assert lines(world, world.ana) == []


async def test_over_http(world: World) -> None:
    news(world, world.ana, world.bruno, emoji="👍")
    async with world.client(world.ana) as ana, world.client(world.bruno) as bruno:
        boot = (await ana.get("/api/boot")).json()
        assert boot["counts"]["bell"] == 1
        told = (await ana.get("/api/notices")).json()
        [one] = told["notices"]
        assert [card["name"] for card in told["cards"]] == ["Bruno Çelik"]
        assert one["thing"] == {"kind": "message", "id": "77", "seq": 3, "of": None}
        assert (await bruno.get("/api/notices")).json()["notices"] == []
        seen = body(upto=one["at"])
        for _ in range(2):
            assert (await ana.post("/api/notices/seen", json=seen)).json() == {"bell": 0}
        # Nobody marks what is another's.
        await bruno.post("/api/notices/read", json=body(ids=[one["id"]]))
        assert not (await ana.get("/api/notices")).json()["notices"][0]["read"]
        await ana.post("/api/notices/read", json=body(ids=[one["id"]]))
        assert (await ana.get("/api/notices")).json()["notices"][0]["read"]
        await ana.post("/api/notices/read", json=body(ids=[one["id"]], read=False))
        assert not (await ana.get("/api/notices")).json()["notices"][0]["read"]


async def test_a_sign_in_by_an_unknown_browser_is_told(world: World) -> None:
    async with world.client() as stranger:
        for _ in range(2):
            answer = await stranger.post(
                "/api/sessions",
                json={"email": "ana@example.org", "password": "four words at random"},
                headers={"user-agent": "Firefox on Linux"},
            )
            assert answer.status_code == 200
    [one] = world.see(page, world.ana).notices  # the second time it is known
    assert (one.kind, one.detail.text) == ("security", "Firefox on Linux")


async def test_settings_change_one_by_one(world: World) -> None:
    async with world.client(world.ana) as ana:
        mine = (await ana.get("/api/notices/settings")).json()
        assert mine["ways"]["reaction"] == {"bell": True, "push": False, "mail": False}
        quiet = {"on": True, "start": 1320, "end": 420, "days": [0, 1, 2]}
        path = "/api/notices/settings"
        await ana.patch(path, json=body(quiet=quiet, zone="Europe/Paris"))
        changed = (await ana.patch(path, json=body(show_text=False))).json()
        assert (changed["quiet"], changed["zone"]) == (quiet, "Europe/Paris")
        assert not changed["show_text"]
        assert changed["sound"] == mine["sound"]
        for zone in ("Europe/Nowhere", "../etc/passwd", "/etc/passwd", "Europe", "\x00"):
            answer = await ana.patch(path, json=body(zone=zone))
            assert answer.json()["error"]["code"] == "notifications.unknown_zone", zone
        wrong = (await ana.patch(path, json=body(quiet={"start": 1440}))).json()
        assert wrong["error"]["code"] == "kit.bad_request"
