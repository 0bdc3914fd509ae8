"""Drafts, campaigns, spam, notes, duplicates, groups, and what an older export lacks."""

from dataclasses import dataclass

import pytest

from entregent.transfer.linkedin import Known, counts, enriched, is_markup, to_text
from entregent.transfer.linkedin.model import Message, Owner, Thread, Who
from tests.transfer.archives import (
    M10,
    OWNER,
    PROFILE,
    ZOE,
    archive_of,
    messages_csv,
    row,
)

FULL = f"{M10},ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
CAMPAIGN = '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%,</p>'
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"


@dataclass
class Told:
    """The conversations of an export of these rows, by id."""

    threads: dict[str, Thread]
    numbers: dict[str, int]


def told(*rows: str, header: str = M10, more: dict[str, str] | None = None) -> Told:
    archive = archive_of(
        {"Profile.csv": PROFILE, "messages.csv": messages_csv(*rows, header=header), **(more or {})}
    )
    return Told({t.conversation.id: t for t in archive.threads()}, counts(archive)["messages"])


@pytest.mark.parametrize("yes", ["Yes", "yes", "true", "TRUE"])
def test_drafts_are_kept_apart(yes: str) -> None:
    found = told(
        row("sent", more=("", "No", "No")),
        row("being written", sender=("Ana Ruiz", OWNER), to=("Zoë", ZOE), more=("", yes, "No")),
        row("never sent", conversation="draft", more=("", "No", yes)),
        header=FULL,
    )
    assert [m.content for m in found.threads["2-YQ=="].messages] == ["sent"]
    assert [m.content for m in found.threads["2-YQ=="].drafts] == ["being written"]
    assert found.threads["draft"].messages == []
    assert found.threads["draft"].conversation.messages == 0
    assert (found.numbers["messages"], found.numbers["drafts"]) == (1, 2)
    assert found.numbers["conversations"] == 1


def test_a_draft_is_not_the_twin_of_the_message_that_it_became() -> None:
    found = told(
        row("same", more=("", "No", "No")), row("same", more=("", "Yes", "No")), header=FULL
    )
    assert (found.numbers["messages"], found.numbers["drafts"]) == (1, 1)


def test_places() -> None:
    anonymous = ("LinkedIn Member", "")
    found = told(
        row(CAMPAIGN, conversation="ad", sender=anonymous, folder="ARCHIVE"),
        row("buy now", conversation="spam", folder="SPAM"),
        row("old", conversation="archived", folder="ARCHIVE"),
        row("hi", conversation="inbox"),
        row("hi", conversation="no folder", folder=""),
        row(CAMPAIGN, conversation="from a person"),
        row("new", conversation="moved", date="2024-02-02 10:00:00 UTC"),
        row("old", conversation="moved", folder="ARCHIVE"),
    )
    assert {key: t.conversation.place for key, t in found.threads.items()} == {
        "ad": "promotions",
        "spam": "spam",
        "archived": "archived",
        "inbox": "inbox",
        "no folder": "inbox",
        "from a person": "inbox",
        "moved": "inbox",
    }
    assert found.numbers["sponsored_messages"] == 1
    assert found.numbers["html_messages"] == 2


def test_duplicates_are_those_that_agree_in_all() -> None:
    path = "https://www.linkedin.com/dms/prv/image/abc"
    found = told(
        row("a b", more=("", "No", "No")),
        row("a  b\n", more=("", "No", "No")),
        row("", more=(f"{path}1?m=1", "No", "No")),
        row("", more=(f"{path}1?m=2", "No", "No")),
        row("", more=(f"{path}2?m=1,{path}3?m=1", "No", "No")),
        row("a b", conversation="other", more=("", "No", "No")),
        header=FULL,
    )
    assert found.numbers["messages"] == 4
    assert found.numbers["duplicates"] == 2
    assert found.numbers["attachment_urls"] == 3
    pictures = [m for m in found.threads["2-YQ=="].messages if m.attachments]
    assert len({m.identity for m in pictures}) == 1
    assert sorted(m.occurrence for m in pictures) == [1, 2]


def test_older_and_newer_exports_agree_on_who_is_who() -> None:
    older = told(row("one two three"), row("", date="2024-01-01 10:00:00 UTC"))
    newer = told(
        row("one\ntwo three ", more=("", "No", "No")),
        row("", date="2024-01-01 10:00:00 UTC", more=("https://x/y?m=1", "No", "No")),
        header=FULL,
    )

    def keys(found: Told) -> list[tuple[int, int]]:
        return [(m.identity, m.occurrence) for m in found.threads["2-YQ=="].messages]

    assert keys(older) == keys(newer)
    assert len(set(keys(older))) == 2


def test_a_newer_export_adds_and_never_takes_away() -> None:
    older = Known("one two", "", (), "Zoë Brandt", "zoe")
    newer = Known("one\ntwo", "Re: x", ("a?1",), "LinkedIn Member", None)
    both = Known("one\ntwo", "Re: x", ("a?1",), "Zoë Brandt", "zoe")
    assert enriched(older, newer) == both
    assert enriched(newer, older) == both
    assert enriched(both, older) == both
    assert enriched(both, newer) == both
    signed_again = Known("one\ntwo", "Re: x", ("a?2",), "Zoë Brandt", "zoe")
    assert enriched(both, signed_again) == both


def test_a_note_shows_up_once() -> None:
    note = "Great talk!\nRegards"
    invitation = f'"1/2/24, 9:00 AM","{note}",INCOMING,{ZOE},{OWNER}'
    found = told(
        row("Great talk! Regards", date="2024-01-02 10:00:00 UTC"),
        row("Great talk! Regards", date="2024-03-02 10:00:00 UTC"),
        row(
            "Great talk! Regards",
            date="2024-02-02 10:00:00 UTC",
            sender=("Ana Ruiz", OWNER),
            to=("Zoë Brandt", ZOE),
        ),
        row("Great talk! Regards", conversation="b", sender=("Kim", "https://linkedin.com/in/k")),
        more={"Invitations.csv": f"{INVITATIONS}Zoë Brandt,Ana Ruiz,{invitation}\n"},
    )
    assert [m.note for m in found.threads["2-YQ=="].messages] == [True, False, False]
    assert [m.note for m in found.threads["b"].messages] == [False]
    assert found.numbers["invitation_notes_repeated"] == 1


def test_groups_and_notes_to_oneself() -> None:
    found = told(
        row(conversation="two"),
        row(conversation="two", sender=("Ana Ruiz", OWNER), to=("Zoë Brandt", ZOE)),
        row(conversation="three", to=("Ana Ruiz,Kim", f"{OWNER},https://linkedin.com/in/kim")),
        row(conversation="self", sender=("Ana Ruiz", OWNER)),
    )
    sizes = {key: t.conversation.size for key, t in found.threads.items()}
    assert sizes == {"two": 2, "three": 3, "self": 1}
    assert found.numbers["group_conversations"] == 1
    assert found.threads["self"].conversation.people == ()


def test_order_does_not_depend_on_that_of_the_file() -> None:
    rows = [
        row(text, date=f"2024-01-0{day} 10:00:00 UTC")
        for text, day in (("d", 4), ("c", 3), ("b2", 2), ("b1", 2), ("a", 1))
    ]
    backwards = [m.content for m in told(*rows).threads["2-YQ=="].messages]
    assert backwards == ["a", "b1", "b2", "c", "d"]
    forwards = [m.content for m in told(*rows[::-1]).threads["2-YQ=="].messages]
    assert forwards == backwards


def test_a_message_without_a_date_stays_where_it_stood() -> None:
    found = told(
        row("c", date="2024-01-03 10:00:00 UTC"),
        row("?", date="yesterday"),
        row("a", date="2024-01-01 10:00:00 UTC"),
    )
    messages = found.threads["2-YQ=="].messages
    assert [(m.content, m.at is None) for m in messages] == [
        ("a", False),
        ("?", True),
        ("c", False),
    ]
    assert found.numbers["bad_dates"] == 1


def test_2018_has_threads_by_people_and_subject() -> None:
    def line(sender: str, to: str, date: str, subject: str, direction: str) -> str:
        return f'{sender},"{to}","{date}",{subject},text of {date[:6]},{direction},INBOX'

    archive = archive_of(
        {
            "Profile.csv": PROFILE,
            "Messages.csv": messages_csv(
                line("Zoë", "Ana Ruiz", "8/9/18, 3:04 PM", "Re: Job", "INCOMING"),
                line("Ana Ruiz", "Zoë", "8/8/18, 3:04 PM", "TR : RE: job", "OUTGOING"),
                line("Zoë", "Ana Ruiz", "8/7/18, 3:04 PM", "Job", "INCOMING"),
                line("Zoë", "Ana Ruiz", "8/6/18, 3:04 PM", "Lunch", "INCOMING"),
                line("Ana Ruiz", "Zoë, Kim", "8/5/18, 3:04 PM", "Job", "OUTGOING"),
                header="From,To,Date,Subject,Content,Direction,Folder",
            ),
        }
    )
    found = counts(archive)["messages_2018"]
    assert (found["rows"], found["derived_threads"]) == (5, 3)
    assert (found["incoming"], found["outgoing"]) == (3, 2)
    sizes = sorted((c.messages, c.size) for c in archive.conversations.values())
    assert sizes == [(1, 2), (1, 3), (3, 2)]


def test_the_owner_of_2018_is_told_by_the_direction() -> None:
    archive = archive_of(
        {
            "Messages.csv": messages_csv(
                'Zoë,Ana Ruiz,"8/9/18, 3:04 PM",,hi,INCOMING,INBOX',
                'Ana Ruiz,Zoë,"8/8/18, 3:04 PM",,ho,OUTGOING,SENT',
                header="From,To,Date,Subject,Content,Direction,Folder",
            )
        }
    )
    assert archive.owner == Owner("Ana Ruiz")
    assert [c.people for c in archive.conversations.values()] == [(Who("Zoë"),)]


def test_a_huge_export_comes_in_parts_and_nothing_is_lost() -> None:
    rows = [
        row(f"{n} {'x' * 500}", conversation=f"c{n % 7}", date=f"2024-01-{1 + n % 28:02} 10:00:00")
        for n in range(2_000)
    ]
    archive = archive_of({"messages.csv": messages_csv(*rows)})
    archive._limits = type(archive._limits)(kept_bytes=100_000)
    threads = list(archive.threads())
    assert len(threads) > 7
    assert not any(t.whole for t in threads)
    messages: list[Message] = [m for t in threads for m in t.messages]
    assert len({(m.identity, m.occurrence) for m in messages}) == 2_000


def test_campaigns_become_text() -> None:
    assert is_markup(CAMPAIGN)
    assert not is_markup("Use <p> for paragraphs")
    assert to_text(CAMPAIGN) == "Hi %FIRSTNAME%,"
