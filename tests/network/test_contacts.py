"""People from an archive: added once, completed, undone, and recognised when they join."""

from entregent.accounts import close_account, verify_email
from entregent.accounts.actions import ask_for_proof
from entregent.network import (
    NewContact,
    add_contacts,
    contacts_among,
    every_contact,
    forget_contacts,
    page_of_contacts,
)
from tests.world import World

GINA = NewContact("slug:gina", "Gina Rossi", "gina", "Gina@Example.org", company="Acme")
HUGO = NewContact("slug:hugo", "Hugo Ångström", "hugo", connected_on=1_700_000_000_000)
IDA = NewContact("slug:ida", "Ida Berg")


def names(world: World, member: int, typed: str = "") -> list[str]:
    page = world.see(page_of_contacts, member, typed)
    rows = world.see(contacts_among, member, [person.id for person in page.people])
    return [rows[person.id].name for person in page.people]


def join(world: World, name: str, email: str) -> int:
    member = world.member(name, email, verified=False)
    token = world.do(ask_for_proof, member)
    assert token
    world.do(verify_email, token)
    return member


def test_people_are_added_once(world: World) -> None:
    first = world.do(add_contacts, world.ana, [GINA, HUGO, GINA], 1)
    again = world.do(add_contacts, world.ana, [HUGO, GINA, IDA], 2)
    assert (first.added, first.enriched) == (2, 0)
    assert (again.added, again.enriched) == (1, 0)
    assert again.ids["slug:gina"] == first.ids["slug:gina"]
    assert names(world, world.ana) == ["Gina Rossi", "Hugo Ångström", "Ida Berg"]
    assert names(world, world.bruno) == []
    assert names(world, world.ana, "ang") == ["Hugo Ångström"]


def test_a_newer_archive_completes_and_never_empties(world: World) -> None:
    ids = world.do(add_contacts, world.ana, [GINA], 1).ids
    newer = NewContact("slug:gina", "", "", "", position="Director", company="Beta")
    assert world.do(add_contacts, world.ana, [newer], 2).enriched == 1
    row = world.see(contacts_among, world.ana, [*ids.values()])[ids["slug:gina"]]
    assert (row.name, row.email) == ("Gina Rossi", "Gina@Example.org")
    assert (row.company, row.position) == ("Beta", "Director")


def test_undoing_one_import_leaves_what_another_brought(world: World) -> None:
    world.do(add_contacts, world.ana, [GINA, HUGO], 1)
    world.do(add_contacts, world.ana, [HUGO, IDA], 2)
    world.do(add_contacts, world.bruno, [GINA], 1)
    assert world.do(forget_contacts, world.ana, 1) == 1
    assert names(world, world.ana) == ["Hugo Ångström", "Ida Berg"]
    assert names(world, world.bruno) == ["Gina Rossi"]
    assert world.do(forget_contacts, world.ana, 2) == 2
    assert world.do(forget_contacts, world.ana, 2) == 0
    assert world.see(every_contact, world.ana) == []
    before = world.cursor(world.ana)
    join(world, "Gina Rossi", "gina@example.org")  # is no longer known to Ana
    assert world.log(world.ana, before) == []


def test_who_joins_and_proves_it_is_recognised(world: World) -> None:
    contact = world.do(add_contacts, world.ana, [GINA, HUGO], 1).ids["slug:gina"]
    before = world.cursor(world.ana)
    member = world.member("Gina R.", "GINA@example.org", verified=False)
    assert names(world, world.ana) == ["Gina Rossi", "Hugo Ångström"]  # nothing is proven yet
    token = world.do(ask_for_proof, member)
    assert token
    world.do(verify_email, token)
    assert names(world, world.ana) == ["Hugo Ångström"]
    row = world.see(contacts_among, world.ana, [contact])[contact]
    assert row.joined_id == member
    [event] = world.log(world.ana, before)
    card = event["card"]
    assert event["type"] == "card.changed"
    assert (card["id"], card["kind"], card["name"]) == (str(contact), "member", "Gina R.")
    assert card["handle"] == "gina-r"
    assert card["degree"] is None  # known, not connected


def test_who_is_a_member_already_is_recognised_at_once(world: World) -> None:
    known = NewContact("slug:bruno", "Bruno Celik", email="bruno@EXAMPLE.org")
    unproven = world.member("Jo Klein", verified=False)
    jo = NewContact("slug:jo", "Jo Klein", email="jo@example.org")
    ids = world.do(add_contacts, world.ana, [known, jo], 1).ids
    rows = world.see(contacts_among, world.ana, [*ids.values()])
    assert rows[ids["slug:bruno"]].joined_id == world.bruno
    assert rows[ids["slug:jo"]].joined_id is None
    assert unproven


def test_who_leaves_is_a_contact_again(world: World) -> None:
    world.do(add_contacts, world.ana, [GINA], 1)
    member = join(world, "Gina Rossi", "gina@example.org")
    assert names(world, world.ana) == []
    world.do(close_account, member)
    assert names(world, world.ana) == ["Gina Rossi"]


def test_contacts_are_their_owners_alone(world: World) -> None:
    ids = world.do(add_contacts, world.ana, [GINA], 1).ids
    assert world.see(contacts_among, world.bruno, [*ids.values()]) == {}


def test_a_large_archive_takes_few_statements(world: World) -> None:
    people = [
        NewContact(f"slug:{number}", f"Person {number:04}", email=f"p{number}@example.net")
        for number in range(1_000)
    ]
    with world.counting() as counter:
        added = world.do(add_contacts, world.ana, people, 1)
    assert added.added == 1_000
    assert len(counter) <= 6
    with world.counting() as counter:
        page = world.see(page_of_contacts, world.ana, "person", "", 200)
    assert (len(page.people), page.total) == (200, 1_000)
    assert len(counter) == 2
    last = world.see(page_of_contacts, world.ana, "", page.next or "", 1)
    rows = world.see(contacts_among, world.ana, [last.people[0].id])
    assert rows[last.people[0].id].name == "Person 0200"
