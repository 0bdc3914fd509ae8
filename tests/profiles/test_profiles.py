"""What a member shows, to whom, and what does not fit."""

from typing import Any

import pytest

from entregent.accounts import close_account, create_member
from entregent.kit.errors import Refusal
from entregent.kit.sentences import sentence
from entregent.network import block
from entregent.profiles import (
    ContactDetails,
    Education,
    LanguageSpoken,
    Link,
    Position,
    ProfileChange,
    change_profile,
    me,
    member_by_handle,
    profile_of,
)
from entregent.profiles.actions import profile_at
from tests.world import World, password_hash

EVERYTHING = ProfileChange(
    headline="Translator",
    about="I read\nand write.",
    place="Lisboa",
    languages=[LanguageSpoken(name="Português", proficiency="native")],
    positions=[Position(title="Reader", organisation="Éditions du Port", started="2019-04")],
    education=[Education(school="Universidade do Porto", started="2008", ended="2012")],
    skills=["Subtitling"],
    links=[Link(url="https://example.org/ana", label="Work")],
    contact=ContactDetails(email="ana@example.org", phone="+351 21 000 00 00"),
    open_to=["mentoring", "speaking", "mentoring"],
)


@pytest.fixture
def open_world(world: World) -> World:
    world.do(change_profile, world.ana, EVERYTHING)
    return world


def shown(world: World, viewer: int | None, who: int) -> set[str]:
    profile = world.see(profile_of, viewer, who)
    fields = EVERYTHING.__struct_fields__
    return {
        name
        for name in fields
        if name not in {"name", "handle", "audiences"}
        and getattr(profile, name) not in ("", [], ContactDetails())
    }


def test_a_member_sees_all_of_their_own(open_world: World) -> None:
    mine = open_world.see(profile_of, open_world.ana, open_world.ana)
    assert len(shown(open_world, open_world.ana, open_world.ana)) == 10
    assert mine.audiences is not None
    assert mine.audiences["contact"] == "connections"
    assert mine.open_to == ["mentoring", "speaking"]


def test_each_field_has_its_audience(open_world: World) -> None:
    world = open_world
    assert len(shown(world, world.bruno, world.ana)) == 10  # connected
    assert len(shown(world, world.chloe, world.ana)) == 9  # not the contact details
    world.do(
        change_profile,
        world.ana,
        ProfileChange(audiences={"headline": "public", "about": "me", "place": "connections"}),
    )
    assert shown(world, None, world.ana) == {"headline"}
    assert shown(world, world.chloe, world.ana).isdisjoint({"about", "place", "contact"})
    assert "place" in shown(world, world.bruno, world.ana)
    assert "about" not in shown(world, world.bruno, world.ana)
    assert "about" in shown(world, world.ana, world.ana)
    assert world.see(profile_of, world.bruno, world.ana).audiences is None


def test_whom_one_cannot_see_is_nobody(open_world: World) -> None:
    world = open_world
    world.do(close_account, world.chloe)
    for viewer, handle in (
        (world.diego, "ana-lima"),  # blocked
        (world.ana, "diego-ruiz"),  # blocked by me
        (world.ana, "chloe-dupont"),  # closed
        (world.ana, "nobody-here"),
        (None, "ana-lima"),  # shows nothing in public
    ):
        with pytest.raises(Refusal, match=r"profiles\.nobody"):
            world.see(profile_at, viewer, handle)


def test_distance_is_on_the_profile(open_world: World) -> None:
    world = open_world
    near = world.see(profile_of, world.chloe, world.ana)
    assert (near.degree, near.mutuals) == (2, 1)
    assert world.see(profile_of, world.bruno, world.ana).connected_on


def test_handles_are_made_of_names(world: World) -> None:
    for number, (name, handle) in enumerate(
        (
            ("Éva Őry-Łukasz", "eva-ory-lukasz"),
            ("Ana Lima", None),
            ("李 小龙", None),
            ("Me", None),
            ("X", None),
        )
    ):
        member = world.do(create_member, f"new{number}@example.org", password_hash(), name)
        got = world.see(me, member).handle
        assert world.see(member_by_handle, got) == member
        if handle:
            assert got == handle
        else:
            assert got.startswith(("ana-lima-", "member-"))
    assert world.see(me, world.ana).handle == "ana-lima"


def test_many_of_one_name_have_each_their_address(world: World) -> None:
    made = [
        world.do(create_member, f"kim{number}@example.org", "", "Kim Lee") for number in range(30)
    ]
    assert len({world.see(me, one).handle for one in made}) == 30


def test_an_address_can_be_changed_and_is_free_again(world: World) -> None:
    world.do(change_profile, world.ana, ProfileChange(handle=" Ana-2 "))
    assert world.see(member_by_handle, "ana-2") == world.ana
    assert world.see(member_by_handle, "ana-lima") is None
    for wrong, code in (
        ("bruno-celik", "handle_taken"),
        ("admin", "handle_taken"),
        ("a", "bad_handle"),
        ("-ana", "bad_handle"),
        ("ana lima", "bad_handle"),
        ("été", "bad_handle"),
        ("a" * 61, "bad_handle"),
    ):
        with pytest.raises(Refusal, match=rf"profiles\.{code}"):
            world.do(change_profile, world.ana, ProfileChange(handle=wrong))
    world.do(change_profile, world.bruno, ProfileChange(handle="ana-lima"))
    assert world.see(member_by_handle, "ana-lima") == world.bruno


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (ProfileChange(headline="x" * 221), "headline", "too_long"),
        (ProfileChange(about="x" * 2_601), "about", "too_long"),
        (ProfileChange(skills=["x" * 81]), "skills", "too_long"),
        (ProfileChange(skills=[f"skill {number}" for number in range(101)]), "skills", "too_many"),
        (ProfileChange(positions=[Position(title="x" * 101)]), "positions", "too_long"),
        (
            ProfileChange(positions=[Position(title="x", description="x" * 2_001)]),
            "positions",
            "too_long",
        ),
        (
            ProfileChange(positions=[Position(title="x", started="April")]),
            "positions",
            "bad_date",
        ),
        (
            ProfileChange(education=[Education(school="x", ended="2019-13")]),
            "education",
            "bad_date",
        ),
        (ProfileChange(links=[Link(url="javascript:alert(1)")]), "links", "bad_link"),
        (ProfileChange(links=[Link(url="https://user@evil example")]), "links", "bad_link"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    world: World, change: ProfileChange, field: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        world.do(change_profile, world.ana, change)
    assert (refused.value.code, refused.value.field) == (f"profiles.{code}", field)


def test_exactly_the_limit_fits(world: World) -> None:
    full = ProfileChange(headline="x" * 220, about="é" * 2_600, skills=["y" * 80])
    assert world.do(change_profile, world.ana, full).about == "é" * 2_600


def test_text_is_cleaned_and_empty_lines_are_dropped(world: World) -> None:
    profile = world.do(
        change_profile,
        world.ana,
        ProfileChange(
            headline=" a\x00\n b ",
            skills=["", " One ", "One"],
            positions=[Position(title="  "), Position(title="", organisation="Acme")],
            languages=[LanguageSpoken(name="")],
            links=[Link(url=" ")],
        ),
    )
    assert profile.headline == "a b"
    assert profile.skills == ["One"]
    assert [position.organisation for position in profile.positions] == ["Acme"]
    assert (profile.languages, profile.links) == ([], [])


async def test_profiles_over_http(open_world: World) -> None:
    world = open_world
    body: dict[str, Any] = {"client_id": "profile-1", "headline": "Editor", "name": "Ana L."}
    async with world.client(world.ana) as client:
        answer = await client.patch("/api/profile", json=body)
        assert answer.json()["headline"] == "Editor"
        again = await client.patch("/api/profile", json=body)
        assert again.json() == answer.json()
        wrong = await client.patch(
            "/api/profile", json={"client_id": "profile-2", "open_to": ["x"]}
        )
        assert wrong.status_code == 400
        assert wrong.json()["error"]["field"] == "open_to"
        settings = {"client_id": "settings-1", "language": "fr"}
        assert (await client.patch("/api/settings", json=settings)).json()["language"] == "fr"
        # From then on she is refused in French, too.
        refused = (await client.get("/api/profiles/nobody-at-all")).json()["error"]
        assert refused["message"] == sentence("fr", "profiles.nobody", {})
    async with world.client(world.bruno) as client:
        seen = (await client.get("/api/profiles/ana-lima")).json()
        assert (seen["name"], seen["degree"], seen["audiences"]) == ("Ana L.", 1, None)
    async with world.client(world.diego) as client:
        answer = await client.get("/api/profiles/ana-lima")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "profiles.nobody"
    async with world.client() as client:
        assert (await client.get("/api/profiles/ana-lima")).status_code == 404
        assert (await client.patch("/api/profile", json=body)).status_code == 401


def test_a_block_closes_a_profile_at_once(open_world: World) -> None:
    world = open_world
    assert shown(world, world.bruno, world.ana)
    world.do(block, world.ana, world.bruno)
    with pytest.raises(Refusal, match=r"profiles\.nobody"):
        world.see(profile_of, world.bruno, world.ana)
