"""Finding people, and their cards."""

import pytest

from entregent.accounts import close_account, rename
from entregent.kit.people import Card
from entregent.network import NewContact, add_contacts, block, connect_many
from entregent.profiles import (
    Position,
    ProfileChange,
    card,
    cards,
    change_profile,
    find_people,
)
from tests.world import World


def found(world: World, me: int, typed: str) -> list[str]:
    page = world.see(find_people, me, typed)
    return [one.name for one in world.see(cards, me, page.ids)]


def test_the_closest_come_first(world: World) -> None:
    assert found(world, world.ana, "") == ["Bruno Çelik", "Chloé Dupont", "Emi Sato"]
    assert found(world, world.emi, "") == [
        "Ana Lima",
        "Bruno Çelik",
        "Chloé Dupont",
        "Diego Ruiz",
    ]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("cHLOE", ["Chloé Dupont"]),
        ("dup chl", ["Chloé Dupont"]),
        ("dup bru", []),
        ("çelik", ["Bruno Çelik"]),
        ("  e  ", ["Emi Sato"]),
        ("100% _", []),
        ("\x00", ["Ana Lima", "Bruno Çelik", "Chloé Dupont", "Diego Ruiz"]),
        ("x" * 5_000, []),
        ("a b c d e f", []),
    ],
)
def test_names_by_their_beginnings(world: World, typed: str, names: list[str]) -> None:
    viewer = world.emi if typed == "\x00" else world.ana
    assert found(world, viewer, typed) == names


def test_every_field_that_may_be_found_finds(world: World) -> None:
    world.do(
        change_profile,
        world.chloe,
        ProfileChange(
            headline="Bee keeper",
            place="Besançon",
            positions=[Position(title="Head", organisation="Rucher École")],
            skills=["Honey tasting"],
        ),
    )
    for typed in ("bee keep", "besancon", "ruch ecol", "honey", "chloe be tast hon"):
        assert found(world, world.emi, typed) == ["Chloé Dupont"]
    assert found(world, world.emi, "head") == []  # a title is not among them


def test_whose_name_was_typed_comes_before_who_works_there(world: World) -> None:
    """Whoever types a name means a person, however near the others are."""
    there = ProfileChange(positions=[Position(title="Head", organisation="Campus Dupont")])
    world.do(change_profile, world.bruno, there)
    world.do(connect_many, [(world.emi, world.bruno)])
    assert found(world, world.emi, "dup") == ["Chloé Dupont", "Bruno Çelik"]
    assert found(world, world.emi, "campus dup") == ["Bruno Çelik"]
    first = world.see(find_people, world.emi, "dup", "", 1)
    assert first.next is not None
    assert world.see(find_people, world.emi, "dup", first.next, 1).ids == [world.bruno]


def test_what_is_hidden_is_not_found(world: World) -> None:
    change = ProfileChange(
        headline="Falconer",
        place="Nantes",
        audiences={"headline": "connections", "place": "me"},
    )
    world.do(change_profile, world.bruno, change)
    assert found(world, world.ana, "falcon") == ["Bruno Çelik"]
    assert found(world, world.emi, "falcon") == []
    assert found(world, world.ana, "nantes") == []


def test_the_hidden_and_the_gone_are_not_found(world: World) -> None:
    assert found(world, world.ana, "diego") == []
    assert found(world, world.diego, "ana") == []
    world.do(close_account, world.chloe)
    assert found(world, world.emi, "chloe") == []


def test_a_new_name_replaces_the_old_one(world: World) -> None:
    world.do(rename, world.chloe, "Claire Martin")
    assert found(world, world.emi, "claire") == ["Claire Martin"]
    assert found(world, world.emi, "dupont") == []


def test_pages_follow_each_other(world: World) -> None:
    people = world.members(9)
    world.do(connect_many, [(world.emi, one) for one in people[4:6]])
    seen: list[int] = []
    after = ""
    while True:
        page = world.see(find_people, world.emi, "member", after, 4)
        seen += page.ids
        if page.next is None:
            break
        after = page.next
    assert seen == [*people[4:6], *people[:4], *people[6:]]


def test_finding_takes_the_same_statements_for_any_number(world: World) -> None:
    people = world.members(20)
    world.do(connect_many, [(world.emi, one) for one in people[:5]])
    counts = set()
    for typed in ("member 01", "member", "member 015"):
        with world.counting() as counter:
            found(world, world.emi, typed)
        counts.add(len(counter))
    assert len(counts) == 1


# -- cards ---------------------------------------------------------------------------------------


def test_everybody_has_a_card(world: World) -> None:
    contact = NewContact(
        "slug:gina", "Gina Rossi", company="Acme", position="Director", connected_on=5
    )
    [gina] = world.do(add_contacts, world.ana, [contact], 1).ids.values()
    world.do(change_profile, world.bruno, ProfileChange(headline="Baker", open_to=["hiring"]))
    world.do(close_account, world.emi)
    asked = [world.ana, world.bruno, world.chloe, world.diego, world.emi, gina, 77, world.bruno]
    mine, bruno, chloe, diego, emi, known, nobody = world.see(cards, world.ana, asked)
    assert (mine.degree, mine.mutuals) == (0, None)
    assert bruno == Card(
        id=str(world.bruno),
        kind="member",
        name="Bruno Çelik",
        headline="Baker",
        handle="bruno-celik",
        degree=1,
        mutuals=0,
        open_to=["hiring"],
        connected_on=bruno.connected_on,
    )
    assert bruno.connected_on
    assert (chloe.degree, chloe.mutuals) == (2, 1)
    for gone, one in ((diego, world.diego), (emi, world.emi), (nobody, 77)):
        assert gone == Card(id=str(one), kind="gone", name="")
    assert known == Card(
        id=str(gina), kind="contact", name="Gina Rossi", headline="Director, Acme", connected_on=5
    )
    [to_bruno] = world.see(cards, world.bruno, [gina])
    assert to_bruno.kind == "gone"  # a contact is its owner's alone


def test_a_card_shows_what_its_viewer_may_see(world: World) -> None:
    change = ProfileChange(
        headline="Baker", open_to=["work"], audiences={"headline": "connections", "open_to": "me"}
    )
    world.do(change_profile, world.bruno, change)
    assert world.see(card, world.ana, world.bruno).headline == "Baker"
    assert world.see(card, world.emi, world.bruno).headline == ""
    assert world.see(card, world.ana, world.bruno).open_to == []
    assert world.see(card, world.bruno, world.bruno).open_to == ["work"]


def test_a_joined_contact_who_is_hidden_is_gone(world: World) -> None:
    contact = NewContact("slug:bruno", "Bruno", email="bruno@example.org")
    [known] = world.do(add_contacts, world.ana, [contact], 1).ids.values()
    assert world.see(card, world.ana, known).handle == "bruno-celik"
    world.do(block, world.bruno, world.ana)
    assert world.see(card, world.ana, known).kind == "gone"


def test_cards_take_the_same_statements_for_any_number(world: World) -> None:
    people = world.members(20)
    world.do(connect_many, [(world.emi, one) for one in people[:5]])
    contacts = [NewContact(f"slug:{number}", f"P {number}") for number in range(20)]
    known = [*world.do(add_contacts, world.emi, contacts, 1).ids.values()]
    counts = set()
    for number in (2, 20):
        with world.counting() as counter:
            world.see(cards, world.emi, [*people[-number:], *known[:number]])
        counts.add(len(counter))
    assert counts == {7}
    with world.counting() as counter:
        world.see(cards, world.emi, [])
    assert not len(counter)


async def test_people_over_http(world: World) -> None:
    async with world.client(world.ana) as client:
        people = (await client.get("/api/people", params={"q": "chloé"})).json()
        assert [one["name"] for one in people["people"]] == ["Chloé Dupont"]
        asked = (await client.get("/api/cards", params={"ids": f"{world.bruno},1"})).json()
        assert [one["kind"] for one in asked["cards"]] == ["member", "gone"]
        listed = (await client.get("/api/connections", params={"q": "bru", "limit": 1})).json()
        assert (listed["total"], listed["people"][0]["degree"]) == (1, 1)
        assert (await client.get("/api/contacts")).json() == {
            "people": [],
            "next": None,
            "total": 0,
        }
        for wrong in ("ids=", "ids=a", "ids=1,,2", "ids=" + ",".join(["1"] * 201), "id=1"):
            assert (await client.get(f"/api/cards?{wrong}")).status_code == 400
        for wrong in ("limit=0", "limit=201", "limit=x", "after=x"):
            assert (await client.get(f"/api/people?{wrong}")).status_code == 400
    async with world.client() as stranger:
        for path in ("people", "cards?ids=1", "connections", "contacts", "blocks"):
            assert (await stranger.get(f"/api/{path}")).status_code == 401
