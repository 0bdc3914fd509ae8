"""What an import brings into a member's account, and what it leaves as it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from entregent.accounts import close_account
from entregent.kit.errors import Refusal
from entregent.messaging import Send, fill_index_now, send_messages
from entregent.messaging.lists import counts, page
from entregent.messaging.reading import search, thread
from entregent.messaging.whole import conversation
from entregent.network import page_of_contacts
from entregent.profiles import card
from tests.transfer.archives import M10, OWNER, PROFILE, ZOE, messages_csv, row
from tests.transfer.bringing import (
    SEEN,
    import_file,
    import_files,
    said,
    tables,
    take_whole_back,
)
from tests.world import World

FULL = "linkedin/Complete_LinkedInDataExport_03-09-2026.zip"
M13 = M10 + ",ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
ANA = ("Ana Ruiz", OWNER)
YAN = ("Yan", "https://www.linkedin.com/in/yan")
HIDDEN = ("LinkedIn Member", "")
FILE = "https://www.linkedin.com/dms/prv/image/v2/D4/1?m=a&t=b"
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Zoë,Brandt,{ZOE},zoe@example.org,Northwind,Engineer,08 Feb 2024\n"
)
INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    f'Zoë Brandt,Ana Ruiz,"1/1/24, 2:37 PM",We met in Lyon,INCOMING,{ZOE},{OWNER}\n'
)


def archive(*rows: str, header: str = M10, **more: str) -> dict[str, str | bytes]:
    return {"Profile.csv": PROFILE, "messages.csv": messages_csv(*rows, header=header), **more}


def late(content: str, **changes: Any) -> str:
    """A row of the columns of 2026."""
    more = changes.pop("more", ("", "No", "No"))
    return row(content, more=more, **changes)


def rows_of(world: World, me: int, view: Any = "all") -> list[Any]:
    return world.see(page, me, view, None, 200)[0]


# -- one archive -----------------------------------------------------------------------------------


def test_a_real_archive_becomes_an_inbox(world: World, shared_data: Path) -> None:
    me = world.emi
    brought = import_file(world, me, shared_data / FULL)
    assert brought.refusal is None
    assert (brought.added.messages, brought.added.conversations) == (749, 180)
    numbers = world.see(counts, me)
    assert (numbers.all, numbers.promotions, numbers.unread) == (180, 55, 0)
    assert numbers.archived == 0
    assert numbers.inbox + numbers.spam == 125
    rows = rows_of(world, me)
    assert all(one.source == "linkedin" and not one.writable for one in rows)
    assert all(one.read_seq == one.last_seq and not one.unread for one in rows)
    assert sum(one.kind == "group" for one in rows) == 8
    newest = rows[0]
    messages = world.see(thread, me, int(newest.id)).messages
    assert messages[-1].at == newest.last_at
    assert newest.snippet
    assert [m.seq for m in messages] == list(range(1, newest.last_seq + 1))
    assert world.see(page_of_contacts, me).total == brought.added.contacts
    for other in (world.ana, world.bruno):
        assert world.see(counts, other).all == 0


def test_nobody_writes_in_what_was_imported(world: World, tmp_path: Path) -> None:
    me = world.emi
    import_files(world, me, tmp_path, archive(row("hello")))
    (one,) = rows_of(world, me)
    with pytest.raises(Refusal) as refused:
        world.do(send_messages, Send(me, int(one.id), "client-1", "hi", 100))  # type: ignore[arg-type]
    assert refused.value.code == "messaging.closed_imported"


def test_search_finds_it_for_its_owner_alone(world: World, tmp_path: Path) -> None:
    import_files(world, world.emi, tmp_path, archive(row("the zanzibar contract", subject="Hé là")))
    fill_index_now(world.db)
    for words in ("zanzibar", "contract zanz", "he la"):
        assert world.see(search, world.emi, words, None, 10).total == 1
        assert world.see(search, world.ana, words, None, 10).total == 0


def test_drafts_stay_drafts(world: World, tmp_path: Path) -> None:
    rows = (
        late("sent", conversation="2-a"),
        late("not yet", conversation="2-a", sender=ANA, to=("Zoë Brandt", ZOE),
             date="2024-01-03 10:00:00 UTC", more=("", "Yes", "No")),
        late("alone", conversation="2-b", sender=ANA, to=YAN, more=("", "Yes", "Yes")),
    )  # fmt: skip
    brought = import_files(world, world.emi, tmp_path, archive(*rows, header=M13))
    assert (brought.added.messages, brought.added.drafts) == (1, 2)
    drafts = {one.draft: one.last_seq for one in rows_of(world, world.emi)}
    assert drafts == {"not yet": 1, "alone": 0}
    assert world.see(counts, world.emi).drafts == 2


def test_a_note_of_an_invitation_shows_once(world: World, tmp_path: Path) -> None:
    files = archive(row("We met in Lyon"), row("second", date="2024-01-03 10:00:00 UTC"))
    files["Invitations.csv"] = INVITATIONS
    import_files(world, world.emi, tmp_path, files)
    (one,) = rows_of(world, world.emi)
    messages = world.see(thread, world.emi, int(one.id)).messages
    assert [(m.kind, m.text) for m in messages] == [("note", "We met in Lyon"), ("text", "second")]


def test_people_are_contacts_or_only_names(world: World, tmp_path: Path) -> None:
    rows = (
        row("from Zoë", conversation="2-a"),
        row("from nobody", conversation="2-b", sender=HIDDEN),
        row("from a name", conversation="2-c", sender=("Old Friend", "")),
    )
    import_files(world, world.emi, tmp_path, archive(*rows, **{"Connections.csv": CONNECTIONS}))
    kinds = {}
    for one in rows_of(world, world.emi):
        found = world.see(conversation, world.emi, int(one.id))
        (other,) = [p for p in found.participants if p.id != str(world.emi)]
        kinds[one.snippet] = (other.kind, other.name, [c.name for c in found.cards])
    assert kinds["from Zoë"] == ("contact", None, [])
    assert kinds["from nobody"] == ("unknown", None, [])
    assert kinds["from a name"] == ("unknown", "Old Friend", ["Old Friend"])
    assert world.see(page_of_contacts, world.emi).total == 1


def test_dates_that_cannot_be_stand_beside_their_neighbours(world: World, tmp_path: Path) -> None:
    rows = (
        row("first", date="2024-01-02 10:00:00 UTC"),
        row("future", date="9999-01-02 10:00:00 UTC"),
        row("long ago", date="0001-01-02 10:00:00 UTC"),
        row("never", conversation="2-b", date="31/31/31"),
    )
    import_files(world, world.emi, tmp_path, archive(*rows))
    fill_index_now(world.db)
    assert {one.last_at <= world.clock.now() for one in rows_of(world, world.emi)} == {True}
    assert world.see(search, world.emi, "future", None, 10).total == 1


def test_a_contact_turns_into_the_member_who_proves_the_address(
    world: World, tmp_path: Path
) -> None:
    files = archive(row("hello"), **{"Connections.csv": CONNECTIONS})
    import_files(world, world.emi, tmp_path, files)
    (one,) = rows_of(world, world.emi)
    contact = int(one.people[0])
    assert world.see(card, world.emi, contact).kind == "contact"
    world.member("Zoë Brandt", "zoe@example.org", verified=True)
    found = world.see(card, world.emi, contact)
    assert (found.kind, found.id) == ("member", str(contact))


def test_a_profile_is_only_filled_where_it_is_empty(
    world: World, shared_data: Path, tmp_path: Path
) -> None:
    before = tables(world, ("profiles",))
    brought = import_file(world, world.emi, shared_data / FULL)
    assert brought.added.profile > 3
    after = tables(world, ("profiles",))
    again = import_files(world, world.emi, tmp_path, {"Profile.csv": PROFILE})
    assert again.added.profile == 0
    assert tables(world, ("profiles",)) == after
    take_whole_back(world, world.emi, brought.import_id)
    keep = [0, 1, 2, 3, 4, 5, 6, 7]  # all but the moment of the change
    assert {tuple(r[i] for i in keep) for r in before["profiles"]} == {
        tuple(r[i] for i in keep) for r in tables(world, ("profiles",))["profiles"]
    }


# -- several archives ------------------------------------------------------------------------------

OLD = (
    row("one two", sender=ANA, to=("Zoë Brandt", ZOE), date="2024-01-02 10:00:00 UTC"),
    row("three four", date="2024-01-02 10:05:00 UTC"),
    row("only in the old one", conversation="2-old", date="2024-01-02 11:00:00 UTC"),
    row("in a group", conversation="2-group", title="Trip", sender=YAN,
        to=("Ana Ruiz,Zoë Brandt", f"{OWNER},{ZOE}"), date="2024-01-02 12:00:00 UTC"),
)  # fmt: skip
NEW = (
    late("one\ntwo", sender=ANA, to=("Zoë Brandt", ZOE), date="2024-01-02 10:00:00 UTC",
         more=(FILE, "No", "No")),
    late("between", sender=ANA, to=("Zoë Brandt", ZOE), date="2024-01-02 10:02:00 UTC"),
    late("three\nfour", date="2024-01-02 10:05:00 UTC"),
    late("after", date="2024-01-02 10:09:00 UTC"),
    late("in a group", conversation="2-group", title="Trip", sender=HIDDEN,
         to=("Ana Ruiz,Zoë Brandt", f"{OWNER},{ZOE}"), date="2024-01-02 12:00:00 UTC"),
    late("only in the new one", conversation="2-new", date="2024-02-02 11:00:00 UTC"),
)  # fmt: skip


def older() -> dict[str, str | bytes]:
    return archive(*OLD, **{"Connections.csv": CONNECTIONS})


def newer() -> dict[str, str | bytes]:
    more = "Yan,,https://www.linkedin.com/in/yan,,Fabrikam,Baker,09 Feb 2024\n"
    people = CONNECTIONS.replace("Engineer", "Director") + more
    return archive(*NEW, header=M13, **{"Connections.csv": people})


def test_the_same_again_adds_nothing(world: World, shared_data: Path) -> None:
    import_file(world, world.emi, shared_data / FULL)
    before = tables(world)
    again = import_file(world, world.emi, shared_data / FULL)
    assert (again.added.messages, again.added.contacts, again.added.conversations) == (0, 0, 0)
    assert (again.added.enriched, again.added.held, again.added.drafts) == (0, 749, 0)
    assert tables(world) == before


def test_a_newer_export_over_an_older_one_is_the_newer_one(world: World, tmp_path: Path) -> None:
    import_files(world, world.emi, tmp_path, older())
    brought = import_files(world, world.emi, tmp_path, newer())
    assert (brought.added.messages, brought.added.conversations) == (3, 1)
    import_files(world, world.ana, tmp_path, newer())
    both, alone = said(world, world.emi), said(world, world.ana)
    assert both.pop("2-old")
    assert both == alone
    assert [message[2] for message in both["2-YQ=="]] == [
        "one\ntwo", "between", "three\nfour", "after",
    ]  # fmt: skip
    fill_index_now(world.db)
    assert world.see(search, world.emi, "four", None, 10).total == 1
    (group,) = [one for one in rows_of(world, world.emi) if one.kind == "group"]
    found = world.see(conversation, world.emi, int(group.id))
    assert [person.kind for person in found.participants].count("contact") == 2
    last = world.see(thread, world.emi, int(group.id)).messages[-1]
    assert world.see(card, world.emi, int(last.author_id or 0)).name == "Yan"  # never blanked


def test_an_older_export_after_a_newer_one_only_fills_gaps(world: World, tmp_path: Path) -> None:
    import_files(world, world.emi, tmp_path, newer())
    import_files(world, world.emi, tmp_path, older())
    people = {
        world.see(card, world.emi, one.id).headline
        for one in world.see(page_of_contacts, world.emi).people
    }
    assert people == {"Director, Northwind", "Baker, Fabrikam"}
    texts = {message[2] for messages in said(world, world.emi).values() for message in messages}
    assert texts > {"one\ntwo", "only in the old one"}


@pytest.mark.parametrize("archives", [(older, newer), (newer, older), (older, older)])
def test_undoing_restores_what_was(
    world: World, tmp_path: Path, archives: tuple[Callable[[], Any], ...]
) -> None:
    stages = [tables(world, SEEN[:-2])]
    ids = []
    for make in archives:
        ids.append(import_files(world, world.emi, tmp_path, make()).import_id)
        stages.append(tables(world, SEEN[:-2]))
    for import_id in reversed(ids):
        stages.pop()
        take_whole_back(world, world.emi, import_id)
        fill_index_now(world.db)
        found, wanted = tables(world, SEEN[:-2]), stages[-1]
        for name in wanted:
            if name != "profiles":
                assert found[name] == wanted[name], name
    assert world.see(search, world.emi, "between", None, 10).total == 0


def test_undoing_the_first_of_two_leaves_the_second(world: World, tmp_path: Path) -> None:
    first = import_files(world, world.emi, tmp_path, older())
    second = import_files(world, world.emi, tmp_path, newer())
    import_files(world, world.ana, tmp_path, newer())
    take_whole_back(world, world.emi, first.import_id)
    assert said(world, world.emi) == said(world, world.ana)
    take_whole_back(world, world.emi, second.import_id)
    assert said(world, world.emi) == {}
    assert world.see(page_of_contacts, world.emi).total == 0
    assert world.see(counts, world.emi).all == 0


def test_an_import_that_was_cut_off_goes_on(world: World, shared_data: Path) -> None:
    class CutOff(Exception):
        pass

    steps = 0

    def cut() -> None:
        nonlocal steps
        steps += 1
        if steps == 3:
            raise CutOff

    with pytest.raises(CutOff):
        import_file(world, world.emi, shared_data / FULL, cut)
    half = world.see(counts, world.emi).all
    assert 0 < half < 180
    brought = import_file(world, world.emi, shared_data / FULL)
    assert (brought.added.messages, brought.added.conversations) == (749, 180)
    import_file(world, world.ana, shared_data / FULL)
    assert said(world, world.emi) == said(world, world.ana)
    take_whole_back(world, world.emi, brought.import_id)
    assert world.see(counts, world.emi).all == 0


async def test_what_was_brought_goes_with_the_account(world: World, tmp_path: Path) -> None:
    import_files(world, world.ana, tmp_path, newer())
    before = tables(world, SEEN[:6])
    import_files(world, world.emi, tmp_path, newer())
    world.do(close_account, world.emi)
    await world.house.worker.run_due()
    assert tables(world, SEEN[:6]) == before
