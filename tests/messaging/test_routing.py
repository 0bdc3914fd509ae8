"""Rules that sort what comes: tried out, run, undone, applied to what begins (M17)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from entregent.invitations import Rules, accept, invite
from entregent.messaging import counts_and_desk
from entregent.messaging.queries import routing as queries
from entregent.messaging.state import apply
from entregent.network import connect, put_down
from tests.messaging.talk import a_send, begin, events_after, everything, row, say, say_all
from tests.messaging.test_handling import fill
from tests.messaging.test_triage import Triage
from tests.world import World

RULES = Rules()


class Sorting(Triage):
    """A member who has rules."""

    async def rules(self, *rules: dict[str, Any], status: int = 200) -> Any:
        self.numbers += 1
        body = {"client_id": f"rules-{self.member}-{self.numbers}", "rules": list(rules)}
        answer = await self.http.put("/api/routing", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def box(self, name: str) -> str:
        return str((await self.post("/api/boxes", name=name))["id"])

    async def label(self, name: str) -> str:
        return str((await self.post("/api/labels", name=name))["id"])


@pytest_asyncio.fixture
async def ana(world: World) -> AsyncIterator[Sorting]:
    async with world.client(world.ana) as http:
        yield Sorting(world, world.ana, http)


def tag(world: World, me: int, other: int, *tags: str) -> None:
    world.do(put_down, me, other, list(tags), "", None)


async def test_what_begins_goes_where_the_first_rule_says(world: World, ana: Sorting) -> None:
    sales, clients = await ana.box("Sales"), await ana.label("Clients")
    tag(world, world.ana, world.bruno, "client")
    kept = await ana.rules(
        {"name": "Clients", "when": {"tags": ["Client"]}, "box": sales, "label": clients},
        {"name": "All others", "when": {}, "box": "0", "label": clients},
    )
    assert [rule["name"] for rule in kept["rules"]] == ["Clients", "All others"]
    assert await ana.get("/api/routing") == kept
    cursor, before = world.cursor(world.ana), world.see(everything, world.ana)
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key, "About your offer")
    mine = row(world, world.ana, key)
    assert (mine.box, mine.labels, mine.unread) == (sales, [clients], True)
    assert row(world, world.bruno, key).box is None
    desk = world.see(counts_and_desk, world.ana)[1]
    assert (desk.boxes[0].count, desk.boxes[0].unread, desk.labels[0].count) == (1, 1, 1)
    # Old state and events are the fresh state.
    for event in world.see(events_after, world.ana, cursor):
        before = apply(before, event)
    fresh = world.see(everything, world.ana)
    assert (before.counts, before.desk, before.rows) == (fresh.counts, fresh.desk, fresh.rows)
    # Only the first words count, and nobody else's conversation is touched.
    await ana.mark("box", key, box=None)
    say(world, world.bruno, key, "Again")
    assert row(world, world.ana, key).box is None


async def test_conditions(world: World, ana: Sorting) -> None:
    far, near, words = await ana.box("Far"), await ana.box("Near"), await ana.box("Words")
    await ana.rules(
        {"when": {"text": "devis urg"}, "box": words},
        {"when": {"stranger": True}, "box": far},
        {"when": {"degree": 1}, "box": near},
    )
    close = begin(world, world.bruno, world.ana)
    say(world, world.bruno, close, "Hello")
    say(world, world.emi, asked := begin(world, world.emi, world.ana), "Hello")
    world.do(connect, world.ana, world.chloe)
    offer = begin(world, world.chloe, world.ana)
    say(world, world.chloe, offer, "Un DEVIS très urgent, s’il vous plaît")
    found = {key: row(world, world.ana, key) for key in (close, asked, offer)}
    assert [one.box for one in found.values()] == [near, far, words]
    assert found[asked].view == "requests"
    # The same said of what is there: what a rule has moved is where it belongs.
    assert (await ana.post("/api/routing/preview"))["total"] == 0


async def test_run_over_what_is_there_and_undone(world: World, ana: Sorting) -> None:
    sales, label = await ana.box("Sales"), await ana.label("Work")
    first, second = (
        begin(world, world.bruno, world.ana),
        begin(world, world.ana, world.bruno, world.emi),
    )
    say(world, world.bruno, first, "One")
    say(world, world.ana, second, "Two")
    tag(world, world.ana, world.bruno, "client")
    by_hand = begin(world, world.ana, world.bruno, title="By hand")
    say(world, world.ana, by_hand, "Three")
    other = await ana.box("Other")
    await ana.mark("box", by_hand, box=other)
    rule = {"when": {"tags": ["client"]}, "box": sales, "label": label}
    trial = await ana.post("/api/routing/preview", rules=[rule])
    # What was put somewhere by hand gets the label and stays where it is.
    assert trial == {"total": 3, "by_rule": [3], "by_hand": 0}
    rule = {"when": {"tags": ["client"]}, "box": sales}
    trial = await ana.post("/api/routing/preview", rules=[rule])
    assert trial == {"total": 2, "by_rule": [2], "by_hand": 1}
    assert (await ana.get("/api/routing"))["rules"] == []
    await ana.rules(rule)
    before = {key: row(world, world.ana, key) for key in (first, second, by_hand)}
    done = await ana.post("/api/routing/run")
    assert (done["changed"], done["bulk"]) == (2, None)
    assert [row(world, world.ana, key).box for key in before] == [sales, sales, other]
    assert (await ana.post("/api/routing/run"))["changed"] == 0
    assert (await ana.undo(done))["changed"] == 2
    assert {key: row(world, world.ana, key) for key in before} == before


async def test_many_as_a_job_in_which_each_rule_has_its_part(world: World, ana: Sorting) -> None:
    world.do(fill, world.ana, 1_800)
    sales, label = await ana.box("Sales"), await ana.label("Unread")
    key = begin(world, world.ana, world.bruno)
    await ana.mark("box", key, box=sales)
    await ana.mark("box", key, box=None)  # by hand, back to the personal one
    await ana.rules(
        {"when": {"unread": True}, "label": label},
        {"when": {}, "box": sales},
        {"when": {}, "label": label},
    )
    trial = await ana.post("/api/routing/preview")
    state = world.see(everything, world.ana)
    unread = sum(one.unread for one in state.rows.values())
    assert trial["by_rule"] == [unread, len(state.rows) - unread - 1, 0]
    assert trial["by_hand"] == 1
    done = await ana.post("/api/routing/run")
    assert (done["bulk"]["mark"], done["bulk"]["total"]) == ("route", trial["total"])
    await world.house.worker.run_due()
    after = world.see(everything, world.ana).rows
    for one in after.values():
        was = state.rows[one.id]
        wanted = (None, [label]) if was.unread else (sales, [])
        assert (one.box, one.labels) == ((None, []) if one.id == str(key) else wanted)
    await ana.undo(done)
    await world.house.worker.run_due()
    assert world.see(everything, world.ana).rows == state.rows


async def test_notes_of_invitations_are_first_words(world: World, ana: Sorting) -> None:
    sales = await ana.box("Sales")
    await ana.rules({"when": {"text": "offer"}, "box": sales})
    asked = world.do(invite, world.emi, world.ana, "other", "About an offer", RULES)
    assert asked.invitation is not None
    world.do(accept, world.ana, int(asked.invitation.id), RULES)
    (key,) = (one.id for one in world.see(everything, world.ana).rows.values())
    assert row(world, world.ana, int(key)).box == sales
    assert row(world, world.emi, int(key)).box is None


async def test_what_is_gone_is_left_out(world: World, ana: Sorting) -> None:
    sales = await ana.box("Sales")
    kept = await ana.rules({"name": "All", "when": {}, "box": sales})
    await ana.http.delete(f"/api/boxes/{sales}")
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key, "Hello")
    assert row(world, world.ana, key).box is None
    assert (await ana.post("/api/routing/preview"))["total"] == 0
    # It may stay in the rule, for it can be restored; no other rule can name it.
    assert (await ana.rules(*kept["rules"])) == kept
    wrong = await ana.rules({"when": {}, "box": sales}, status=404)
    assert wrong["error"]["code"] == "messaging.no_such_box"


async def test_refusals(world: World, ana: Sorting) -> None:
    for rule, status, code in (
        ({"when": {}}, 422, "rule_does_nothing"),
        ({"when": {}, "label": "7"}, 404, "no_such_label"),
        ({"when": {}, "box": "0", "name": "x" * 81}, 422, "rule_name_too_long"),
    ):
        refused = await ana.rules(rule, status=status)
        assert refused["error"]["code"] == f"messaging.{code}"
    many = await ana.rules(*([{"when": {}, "box": "0"}] * 51), status=422)
    assert many["error"]["code"] == "messaging.too_many_rules"
    # Another's rules, mailboxes and labels are nobody else's.
    async with world.client(world.bruno) as http:
        bruno = Sorting(world, world.bruno, http)
        theirs = await bruno.box("Mine")
        await bruno.rules({"when": {}, "box": theirs})
    assert (await ana.get("/api/routing"))["rules"] == []
    await ana.rules({"when": {}, "box": theirs}, status=404)
    async with world.client() as nobody:
        assert (await nobody.get("/api/routing")).status_code == 401


async def test_rules_are_asked_for_only_where_something_begins(world: World, ana: Sorting) -> None:
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key, "One")
    await ana.rules({"when": {}, "box": await ana.box("Sales")})
    with world.counting() as counter:
        say_all(world, a_send(world.bruno, key, "Two"), a_send(world.ana, key, "Three"))
    assert queries.RULES_OF not in counter.statements
    assert row(world, world.ana, key).box is None
