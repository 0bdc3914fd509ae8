"""Follows, a member's own words on people, strength of ties, the week's people, suggestions."""

from collections.abc import Callable
from typing import Any

from entregent.messaging import Begin, Send, begin_conversation, send_messages
from entregent.network import block, connect
from entregent.profiles import Education, Position, ProfileChange, change_profile
from tests.invitations.asking import asked
from tests.world import World


def write(world: World, me: int, other: int, text: str) -> None:
    world.clock.forward(seconds=60)
    row = world.do(begin_conversation, Begin(me, [other], None, 50))
    send = Send(me, int(row.id), f"said-{me}-{text}", text, 8_000)
    world.do(lambda tx: send_messages(tx, [send]))


async def test_following_is_silent_and_ends_with_a_block(world: World) -> None:
    heard = world.cursor(world.chloe)
    async with world.client(world.ana) as client:
        assert (await client.post(f"/api/follows/{world.chloe}")).json() == {"done": True}
        assert (await client.post(f"/api/follows/{world.chloe}")).status_code == 200
        assert (await client.post(f"/api/follows/{world.diego}")).status_code == 404
        page = (await client.get("/api/follows")).json()
        assert ([one["name"] for one in page["people"]], page["total"]) == (["Chloé Dupont"], 1)
        assert world.log(world.chloe, heard) == []
        world.do(block, world.chloe, world.ana)
        assert (await client.get("/api/follows")).json()["total"] == 0
    async with world.client() as nobody:
        assert (await nobody.post(f"/api/follows/{world.chloe}")).status_code == 401


async def test_words_on_a_person_are_mine_alone(world: World) -> None:
    body = {
        "client_id": "words-001",
        "tags": [" jazz ", "jazz"],
        "note": "Plays",
        "cadence_days": 7,
    }
    place = f"/api/people/{world.bruno}/mine"
    async with world.client(world.ana) as client, world.client(world.emi) as other:
        put = (await client.put(place, json=body)).json()
        assert put == {"tags": ["jazz"], "note": "Plays", "cadence_days": 7}
        assert (await client.get(place)).json() == put
        assert (await other.get(place)).json()["tags"] == []
        wrong = body | {"client_id": "words-002", "cadence_days": 0}
        assert (await client.put(place, json=wrong)).json()["error"][
            "code"
        ] == "network.bad_cadence"
        nobody = await client.put("/api/people/77/mine", json=body | {"client_id": "words-003"})
        assert nobody.status_code == 404


async def test_a_tie_is_made_of_exchanges(world: World) -> None:
    async with world.client(world.ana) as client:
        before = (await client.get(f"/api/people/{world.bruno}/tie")).json()
        for number in range(6):
            write(world, world.bruno, world.ana, f"question {number}")
        unanswered = (await client.get(f"/api/people/{world.bruno}/tie")).json()
        for number in range(6):
            write(world, world.ana, world.bruno, f"answer {number}")
            write(world, world.bruno, world.ana, f"thanks {number}")
        after = (await client.get(f"/api/people/{world.bruno}/tie")).json()
    assert before["strength"] == unanswered["strength"] == 0
    assert after["strength"] > 40
    numbers = {one["kind"]: one["number"] for one in after["reasons"]}
    assert (numbers["they_wrote"], numbers["i_wrote"], numbers["replies"]) == (12, 6, 12)


async def test_the_week_has_people_and_reasons(world: World) -> None:
    write(world, world.ana, world.bruno, "How are you?")
    write(world, world.bruno, world.ana, "Fine, and you?")
    world.do(connect, world.ana, world.chloe)
    world.clock.forward(days=14)
    async with world.client(world.ana) as client:
        await client.put(
            f"/api/people/{world.emi}/mine",
            json={"client_id": "rhythm-01", "tags": [], "cadence_days": 10},
        )
        found = (await client.get("/api/weekly")).json()
        reasons = {int(one["person_id"]): one["reason"] for one in found["people"]}
        assert reasons == {world.bruno: "unanswered", world.chloe: "new_connection"}
        assert {int(card["id"]) for card in found["cards"]} == {world.bruno, world.chloe}
        write(world, world.ana, world.bruno, "Very well!")
        world.clock.forward(days=60)
        later = (await client.get("/api/weekly")).json()
        reasons = {int(one["person_id"]): one["reason"] for one in later["people"]}
        assert reasons == {world.emi: "cadence", world.bruno: "silence"}
        assert later["until"] > world.clock.now()


async def test_suggestions_have_reasons_and_can_be_declined(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    for member in (world.ana, world.emi):
        change = ProfileChange(
            positions=[Position(title="Luthier", organisation="Atelier Brisset")]
        )
        world.do(change_profile, member, change)
    async with world.client(world.ana) as client:
        found = (await client.get("/api/suggestions")).json()
        reasons = {int(one["person_id"]): one["reasons"][0] for one in found["people"]}
        assert {one: why["kind"] for one, why in reasons.items()} == {
            world.chloe: "mutuals",
            world.emi: "organisation",
        }
        assert reasons[world.chloe]["people"] == [str(world.bruno)]
        await client.delete(f"/api/suggestions/{world.chloe}")
        async with world.client(world.emi) as other:
            body = {"client_id": "settings-1", "suggested": False}
            await other.patch("/api/invitations/settings", json=body)
        assert (await client.get("/api/suggestions")).json()["people"] == []
    async with world.client(world.chloe) as client:
        found = (await client.get("/api/suggestions")).json()
        assert [int(one["person_id"]) for one in found["people"]] == [world.ana]
    asked(world, world.chloe, world.ana)
    async with world.client(world.chloe) as client:
        assert (await client.get("/api/suggestions")).json()["people"] == []


def schooled(world: World, member: int, started: str, ended: str, **more: Any) -> None:
    education = [Education(school="École de Sèvres", started=started, ended=ended)]
    world.do(change_profile, member, ProfileChange(education=education, **more))


async def test_who_was_at_a_school_at_another_time_is_not_suggested(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    dan = world.member("Dan Oyelowo")
    schooled(world, world.ana, "2010-09", "2013-06")
    schooled(world, dan, "2013", "2016")  # it may have been before the summer
    schooled(world, world.emi, "2013-09", "2016")
    async with world.client(world.ana) as client:

        async def reasons() -> dict[int, list[tuple[str, str, bool]]]:
            found = (await client.get("/api/suggestions")).json()
            return {
                int(one["person_id"]): [
                    (why["kind"], why["name"], why["together"]) for why in one["reasons"]
                ]
                for one in found["people"]
                if int(one["person_id"]) != world.chloe
            }

        assert await reasons() == {dan: [("school", "École de Sèvres", True)]}
        # Without a date nothing is said of when.
        schooled(world, world.emi, "", "2016")
        assert await reasons() == {
            dan: [("school", "École de Sèvres", True)],
            world.emi: [("school", "École de Sèvres", False)],
        }
        schooled(world, world.emi, "", "2016", audiences={"education": "connections"})
        assert list(await reasons()) == [dan]


async def test_people_are_found_by_their_school(world: World) -> None:
    schooled(world, world.emi, "2013", "")
    async with world.client(world.ana) as client:

        async def found() -> list[str]:
            people = (await client.get("/api/people?q=sevres")).json()["people"]
            return [one["id"] for one in people]

        assert await found() == [str(world.emi)]
        schooled(world, world.emi, "2013", "", audiences={"education": "connections"})
        assert await found() == []
