"""Rules: previewed, run on what waits and on arrival, logged and undone (I7); doors and digests
(I8); the queue (I9)."""

from typing import Any

import pytest

from entregent.invitations import accept
from entregent.invitations.actions.arranging import add_preset, set_replies, set_rules
from entregent.invitations.actions.ruling import forecast, run_rules
from entregent.invitations.actions.running import runs_of, steps_of, undo
from entregent.invitations.desk import Condition, ReplyDraft, Rule, RuleDraft
from entregent.kit.errors import Refusal
from entregent.network import connect, put_down, relation
from entregent.profiles import Position, ProfileChange, change_profile
from tests.invitations.asking import RULES, asked, box, finish, groups
from tests.world import World

TEMPLATE = "I would be honoured to join your prestigious network of professionals!"


def rules(world: World, *drafts: RuleDraft) -> list[Rule]:
    return world.do(set_rules, world.ana, list(drafts)).rules


def rule(then: Any, name: str = "a rule", **when: Any) -> RuleDraft:
    reply_id = when.pop("reply_id", None)
    return RuleDraft(name=name, when=Condition(**when), then=then, reply_id=reply_id)


OWN = (
    "Do you remember the night train to Nantes?",
    "My sister still sings the song that you taught her.",
    "Your bridge fell down in our wind tunnel, beautifully.",
    "Could you lend me the yellow notebook about wolves?",
    "I repaired the organ of your village church last spring.",
    "Eleven students of mine ask for your opinion on glass.",
)


def flood(world: World, personal: int, template: int, bare: int) -> list[int]:
    people = world.members(personal + template + bare)
    notes = [*OWN[:personal], *[TEMPLATE] * template, *[""] * bare]
    for one, note in zip(people, notes, strict=True):
        asked(world, one, world.ana, note)
    return people


async def test_the_seeds_rule_from_preview_to_undo_and_again(world: World) -> None:
    flood(world, 6, 20, 40)
    assert groups(world, world.ana)["personal"] == 6
    some = world.do(add_preset, world.ana).rules
    seen = world.see(forecast, world.ana, some, "received", RULES)
    assert (seen.total, seen.counts, seen.left, seen.by_rule) == (
        66, {"accept": 60, "keep": 6}, 0, [6, 60],
    )  # fmt: skip
    for _ in range(2):
        run = world.do(run_rules, world.ana, "received", RULES)
        assert run.counts == seen.counts
        await finish(world)
        [done, *_] = world.see(runs_of, world.ana).runs
        assert (done.state, done.done, done.skipped) == ("done", 66, 0)
        assert groups(world, world.ana) == {
            "all": 6,
            "personal": 6,
            "empty_profile": 6,
            "no_photo": 6,
        }
        said = world.see(steps_of, world.ana, int(run.id)).items
        assert {(one.verb, one.rule_name) for one in said} == {
            (rule_.then, rule_.name) for rule_ in some
        }
        world.do(undo, world.ana, int(run.id), RULES)
        await finish(world)
        assert groups(world, world.ana)["all"] == 66


def test_the_first_rule_that_holds_counts(world: World) -> None:
    flood(world, 1, 0, 3)
    first, second = rule("ignore", note="nothing"), rule("accept")
    seen = world.see(forecast, world.ana, rules(world, first, second), "received", RULES)
    assert seen.by_rule == [3, 1]
    off = RuleDraft(name="off", on=False, when=Condition(), then="ignore")
    seen = world.see(forecast, world.ana, rules(world, off, first), "received", RULES)
    assert (seen.by_rule, seen.left) == ([0, 3], 1)


def test_every_condition_is_asked(world: World) -> None:
    change = ProfileChange(positions=[Position(title="Luthier", organisation="Atelier Brisset")])
    for member in (world.ana, world.emi):
        world.do(change_profile, member, change)
    world.do(connect, world.emi, world.bruno)
    asked(world, world.emi, world.ana, "Do you remember?", reason="met_at_event")
    asked(world, world.chloe, world.ana)
    world.do(put_down, world.ana, world.chloe, ["choir"], "", None)
    cases: list[tuple[dict[str, Any], set[int]]] = [
        ({"note": "any"}, {world.emi}),
        ({"note": "template"}, set()),
        ({"note": "nothing"}, {world.chloe}),
        ({"reasons": ["met_at_event"]}, {world.emi}),
        ({"mutuals_from": 1}, {world.emi, world.chloe}),
        ({"mutuals_to": 0}, set()),
        ({"organisation": "brisset"}, {world.emi}),
        ({"same": "organisation"}, {world.emi}),
        ({"same": "school"}, set()),
        ({"tags": ["choir"]}, {world.chloe}),
        ({"age_from_days": 1}, set()),
        ({"age_to_days": 1}, {world.emi, world.chloe}),
        ({"accepted_to": 50}, set()),
        ({"note": "any", "mutuals_from": 2}, set()),
    ]
    for when, wanted in cases:
        seen = world.see(forecast, world.ana, rules(world, rule("keep", **when)), "received", RULES)
        assert seen.counts.get("keep", 0) == len(wanted), when


async def test_on_arrival_what_the_sender_could_see_comes_later(world: World) -> None:
    rules(world, rule("keep", note="any"), rule("accept"))
    heard = world.cursor(world.ana)
    key = asked(world, world.emi, world.ana)
    assert not world.see(relation, world.ana, world.emi).connected
    assert box(world, world.emi, "sent") == [world.ana]
    assert box(world, world.ana) == []
    assert world.log(world.ana, heard) == []  # and nobody is interrupted
    await finish(world)
    assert not world.see(relation, world.ana, world.emi).connected
    world.clock.forward(seconds=2_500)
    await finish(world)
    assert world.see(relation, world.ana, world.emi).connected
    [run] = world.see(runs_of, world.ana).runs
    assert (run.kind, run.counts) == ("arrival", {"accept": 1})
    world.do(undo, world.ana, int(run.id), RULES)
    assert box(world, world.ana) == [world.emi]
    world.do(accept, world.ana, key, RULES)
    asked(world, world.chloe, world.ana, "A note")
    assert box(world, world.ana) == [world.chloe]


async def test_a_silent_rule_acts_at_once_and_is_logged(world: World) -> None:
    rules(world, rule("ignore", "Bare ones", note="nothing"))
    heard = world.cursor(world.emi)
    asked(world, world.emi, world.ana)
    assert box(world, world.ana) == []
    assert [one["type"] for one in world.log(world.emi, heard)] == ["invitation.sent"]
    [run] = world.see(runs_of, world.ana).runs
    [step] = world.see(steps_of, world.ana, int(run.id)).items
    assert (step.verb, step.rule_name, step.state) == ("ignore", "Bare ones", "done")


async def test_a_rule_asks_a_saved_question(world: World) -> None:
    question = ReplyDraft(kind="question", title="How?", text="{first_name}, how do we know us?")
    [kept] = world.do(set_replies, world.ana, [question]).replies
    with pytest.raises(Refusal, match="no_question"):
        rules(world, rule("ask"))
    rules(world, rule("ask", reply_id=kept.id))
    asked(world, world.emi, world.ana)
    world.clock.forward(seconds=2_500)
    await finish(world)
    assert box(world, world.ana, "replied") == [world.emi]
    async with world.client(world.emi) as client:
        [row] = (await client.get("/api/inbox")).json()["rows"]
        assert row["snippet"] == "Emi, how do we know us?"


async def settings(world: World, **change: Any) -> Any:
    async with world.client(world.ana) as client:
        body = {"client_id": f"settings-{world.clock.now()}", **change}
        answer = await client.patch("/api/invitations/settings", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def test_a_closed_door_keeps_a_list(world: World) -> None:
    heard = world.cursor(world.ana)
    await settings(world, door="shared")
    asked(world, world.emi, world.ana)
    asked(world, world.chloe, world.ana)  # who knows Bruno
    assert box(world, world.ana) == [world.chloe]
    assert box(world, world.ana, "held") == [world.emi]
    await settings(world, door="nobody")
    [one] = world.members(1)
    asked(world, one, world.ana)
    assert box(world, world.ana, "held") == [one, world.emi]
    assert box(world, one, "sent") == [world.ana]
    assert len([e for e in world.log(world.ana, heard) if e["type"] == "invitation.received"]) == 1
    async with world.client(world.ana) as client:
        body: dict[str, Any] = {"client_id": "release-1", "ids": [], "verb": "release"}
        body["all"] = {"box": "held"}
        assert (await client.post("/api/invitations/actions", json=body)).json()["done"] == 2
    assert box(world, world.ana) == [one, world.chloe, world.emi]


async def test_who_knows_the_address_may_ask(world: World) -> None:
    await settings(world, door="email", line="Tell me where we met.")
    async with world.client(world.emi) as client, world.client(world.chloe) as other:
        before = (await client.get(f"/api/invitations/to/{world.ana}")).json()
        assert (before["asks_email"], before["line"]) == (True, "Tell me where we met.")
        body = {"member_id": str(world.ana), "reason": "other"}
        right = body | {"client_id": "right-001", "email": "ANA@example.org "}
        wrong = body | {"client_id": "wrong-001", "email": "who@example.org"}
        answers = [await client.post("/api/invitations", json=right)]
        answers.append(await other.post("/api/invitations", json=wrong))
        assert [one.status_code for one in answers] == [200, 200]
        first, second = (one.json()["invitation"] for one in answers)
        assert first.keys() == second.keys()
    assert box(world, world.ana) == [world.emi]
    assert box(world, world.ana, "held") == [world.chloe]


async def test_a_pause_ends(world: World) -> None:
    until = world.clock.now() + 86_400_000
    assert (await settings(world, paused_until=until))["paused_until"] == until
    asked(world, world.emi, world.ana)
    assert box(world, world.ana) == []
    world.clock.forward(days=2)
    asked(world, world.chloe, world.ana)
    assert box(world, world.ana) == [world.chloe]
    assert (await settings(world, paused_until=0))["paused_until"] is None


async def test_a_digest_comes_at_its_hour(world: World) -> None:
    await settings(world, digest_hours=[17, 8], zone="Europe/Paris")
    async with world.client(world.ana) as client:  # there is one clock
        assert (await client.get("/api/notices/settings")).json()["zone"] == "Europe/Paris"
    heard = world.cursor(world.ana)
    asked(world, world.emi, world.ana)
    asked(world, world.chloe, world.ana)
    assert box(world, world.ana) == []
    assert world.log(world.ana, heard) == []
    async with world.client(world.ana) as client:
        page = (await client.get("/api/invitations")).json()
        assert (page["total"], page["arriving"]) == (0, 2)
        assert page["arrives_at"] > world.clock.now()
    world.clock.at = page["arrives_at"]
    await finish(world)
    assert box(world, world.ana) == [world.chloe, world.emi]
    told = [one["type"] for one in world.log(world.ana, heard)]
    assert "invitations.refreshed" in told
    assert "invitation.received" not in told


async def test_the_queue_sends_one_by_one(world: World) -> None:
    keys = [asked(world, one, world.ana, f"Note of {one}") for one in (world.emi, world.chloe)]
    async with world.client(world.ana) as client:
        put: dict[str, Any] = {"client_id": "replies-1"}
        put["replies"] = [{"kind": "reply", "title": "Thanks", "text": "Dear {first_name}, {me}"}]
        [kept] = (await client.put("/api/invitations/replies", json=put)).json()["replies"]
        body = {"client_id": "queue-001", "verb": "accept", "all": {}, "reply_id": kept["id"]}
        queued = (await client.post("/api/invitations/queue", json=body)).json()
        assert queued == {"queued": 2, "total": 2}
        page = (await client.get("/api/invitations/queue")).json()
        assert [one["text"] for one in page["items"]] == [
            "Dear Emi, Ana Lima",
            "Dear Chloé, Ana Lima",
        ]
        place = f"/api/invitations/queue/{keys[0]}"
        edit = {"client_id": "edit-0001", "text": "Dear Emi, of course."}
        assert (await client.patch(place, json=edit)).status_code == 200
        run = (await client.post(f"{place}/send", json={"client_id": "send-0001"})).json()
        assert (run["state"], run["counts"]) == ("done", {"accept": 1})
        await client.delete(f"/api/invitations/queue/{keys[1]}")
        assert (await client.get("/api/invitations/queue")).json()["total"] == 0
        again = await client.post(f"{place}/send", json={"client_id": "send-0002"})
        assert again.json()["error"]["code"] == "invitations.not_queued"
    assert box(world, world.ana) == [world.chloe]
    async with world.client(world.emi) as client:
        [row] = (await client.get("/api/inbox")).json()["rows"]
        assert (row["snippet"], row["last_seq"]) == ("Dear Emi, of course.", 2)


async def test_a_rule_needs_no_name(world: World) -> None:
    flood(world, 1, 0, 1)
    (kept,) = rules(world, rule("accept", name="  ", note="nothing"))
    assert kept.name == ""
    assert world.see(forecast, world.ana, [kept], "received", RULES).by_rule == [1]
    with pytest.raises(Refusal, match="bad_title"):
        rules(world, rule("accept", name="x" * 81, note="nothing"))
