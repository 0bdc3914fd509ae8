"""Who is who: addresses, names, lists of recipients, and whose export it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.transfer.linkedin.model import Owner, Who
from entregent.transfer.linkedin.names import family, file_key, is_article, why_unused
from entregent.transfer.linkedin.people import People, profile_url, slug, split_by_known
from tests.transfer.archives import M9, OWNER, PROFILE, archive_of, messages_csv, messages_of, row


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.linkedin.com/in/zo%C3%AB-brandt", "zoë-brandt"),
        ("https://www.linkedin.com/in/zoe%CC%88-brandt/", "zoë-brandt"),
        ("http://fr.linkedin.com/in/Zoe-Brandt?trk=x#y", "zoe-brandt"),
        ("www.linkedin.com/in/x", "x"),
        ("linkedin.com/in/x/details/skills", "x"),
        ("https://www.linkedin.com/pub/jane-doe/12/345/678", "jane-doe/12/345/678"),
        ("https://www.linkedin.com/in", None),
        ("https://www.linkedin.com/in/", None),
        ("https://www.linkedin.com/company/x", None),
        ("https://evil.example/linkedin.com/in/x", None),
        ("https://notlinkedin.com/in/x", None),
        ("javascript:alert(3)", None),
        ("https://www.linkedin.com/in/%00", None),
        ("", None),
    ],
)
def test_slugs(url: str, key: str | None) -> None:
    assert slug(url) == key


@given(st.text(min_size=1, max_size=40))
def test_a_slug_survives_its_address(text: str) -> None:
    key = slug(profile_url(text))
    if key is not None:
        assert slug(profile_url(key)) == key


@pytest.mark.parametrize(
    ("to", "urls", "known", "names"),
    [
        ("A B,C D, PhD", "in/a,in/c", [], ["A B", "C D, PhD"]),
        ("A B,LinkedIn Member,C D", "in/a,in/c", [], ["A B", "LinkedIn Member", "C D"]),
        ("Jane Doe, MBA", "in/jane", [], ["Jane Doe, MBA"]),
        ("Jane Doe,PhD", "in/jane", [], ["Jane Doe,PhD"]),
        ("A B, C D, PhD, E F", "", [], ["A B", "C D, PhD", "E F"]),
        ("A B, C D, Ph.D., M.Sc., E F", "", [], ["A B", "C D, Ph.D., M.Sc.", "E F"]),
        ("A B, the Great, C D", "", ["A B, the Great"], ["A B, the Great", "C D"]),
        ("Jane Doe, PhD", "", [], ["Jane Doe, PhD"]),
        ("", "", [], []),
        ("LinkedIn Member", "", [], ["LinkedIn Member"]),
        ("", "in/a,in/b", [], ["", ""]),
    ],
)
def test_lists_of_recipients(to: str, urls: str, known: list[str], names: list[str]) -> None:
    people = People()
    people.known.update(known)
    addresses = ",".join(f"https://www.linkedin.com/{u}" for u in urls.split(",") if u)
    assert [p.name for p in people.recipients(to, addresses)] == names


def test_addresses_go_with_their_names() -> None:
    people = People()
    found = people.recipients(
        "A B,LinkedIn Member,C D, PhD", "https://www.linkedin.com/in/a,https://linkedin.com/in/c"
    )
    assert found == (Who("A B", "a"), Who("LinkedIn Member"), Who("C D, PhD", "c"))


def test_a_hostile_list_is_split_in_time() -> None:
    started = time.process_time()
    split_by_known(", ".join(["X"] * 20_000), set())
    assert time.process_time() - started < 2


def test_names_that_one_profile_bears_are_certain() -> None:
    people = People()
    people.learn(Who("Zoë Brandt", "zoe"))
    people.learn(Who("Kim Lee", "kim-1"))
    people.learn(Who("Kim Lee", "kim-2"))
    people.learn(Who("LinkedIn Member", "x"))
    assert people.resolved(Who("zoë  brandt")) == Who("zoë  brandt", "zoe")
    assert people.resolved(Who("Kim Lee")) == Who("Kim Lee")
    assert people.resolved(Who("LinkedIn Member")) == Who("LinkedIn Member")
    assert people.resolved(Who("", "zoe")) == Who("Zoë Brandt", "zoe")


def test_namesakes_are_told_apart_by_their_conversation() -> None:
    url = "https://www.linkedin.com/in/kim-"
    archive = archive_of(
        {
            "Profile.csv": PROFILE,
            "messages.csv": messages_csv(
                *(
                    text
                    for n in "12"
                    for text in (
                        f"c{n},,Kim Lee,{url}{n},Ana Ruiz,2024-01-0{n} 10:00:00 UTC,,hi,INBOX",
                        f"c{n},,Ana Ruiz,{OWNER},Kim Lee,2024-01-0{n} 11:00:00 UTC,,ho,INBOX",
                    )
                ),
                header=M9,
            ),
        }
    )
    assert {c.people for c in archive.conversations.values()} == {
        (Who("Kim Lee", "kim-1"),),
        (Who("Kim Lee", "kim-2"),),
    }
    assert {m.recipients for m in messages_of(archive)} == {
        (Who("Kim Lee", "kim-1"),),
        (Who("Kim Lee", "kim-2"),),
        (Who("Ana Ruiz", "ana-ruiz"),),
    }


def test_hidden_members_are_never_one_person() -> None:
    archive = archive_of(
        {
            "messages.csv": messages_csv(
                row(conversation="a", sender=("LinkedIn Member", "")),
                row(conversation="b", sender=("LinkedIn Member", "")),
            )
        }
    )
    for conversation in archive.conversations.values():
        assert [p for p in conversation.people if p.hidden] == [Who("LinkedIn Member")]


INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"


def test_the_owner_by_invitations() -> None:
    archive = archive_of(
        {
            "Invitations.csv": INVITATIONS
            + f'Ana Ruiz,Zoë,"1/2/24, 2:00 PM",,OUTGOING,{OWNER},https://linkedin.com/in/z\n'
            + f'Kim,Ana Ruiz,"1/3/24, 2:00 PM",,INCOMING,https://linkedin.com/in/kim,{OWNER}\n'
        }
    )
    assert archive.owner == Owner("Ana Ruiz", "ana-ruiz")
    assert [i.other.name for i in archive.invitations] == ["Zoë", "Kim"]


def test_an_address_without_a_name_in_it_is_nobody() -> None:
    bare = "https://www.linkedin.com/in"
    archive = archive_of(
        {
            "Profile.csv": PROFILE,
            "Invitations.csv": INVITATIONS
            + f'Ana Ruiz,Zoë,"1/2/24, 2:00 PM",,OUTGOING,{bare},{bare}\n'
            + f'Kim,Ana Ruiz,"1/3/24, 2:00 PM",,INCOMING,{bare},{bare}\n',
        }
    )
    assert archive.owner == Owner("Ana Ruiz")
    assert [i.other for i in archive.invitations] == [Who("Zoë"), Who("Kim")]


def test_the_owner_by_profile_name_and_sender() -> None:
    sent = row(sender=("Ana Ruiz", OWNER), to=("Zoë", "https://linkedin.com/in/zoe"))
    archive = archive_of({"Profile.csv": PROFILE, "messages.csv": messages_csv(sent)})
    assert archive.owner == Owner("Ana Ruiz", "ana-ruiz")


def test_an_owner_who_only_ever_received() -> None:
    archive = archive_of({"Profile.csv": PROFILE, "messages.csv": messages_csv(row(), row("two"))})
    assert archive.owner == Owner("Ana Ruiz", "ana-ruiz")


def test_the_owner_by_being_everywhere() -> None:
    rows = [
        row(conversation=f"c{n}", sender=(f"P{n}", f"https://linkedin.com/in/p{n}"))
        for n in range(5)
    ]
    assert archive_of({"messages.csv": messages_csv(*rows)}).owner == Owner("Ana Ruiz", "ana-ruiz")


def test_an_owner_who_cannot_be_told_is_asked_for() -> None:
    files = {"messages.csv": messages_csv(row())}
    assert archive_of(files).owner == Owner()
    assert archive_of(files, Owner("Zoë Brandt")).owner == Owner("Zoë Brandt", "zoë-brandt")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("messages.csv", "messages"),
        ("Messages (2).csv", "messages"),
        ("Company Follows.csv", "companyfollows"),
        ("Company_Follows.csv", "companyfollows"),
        ("Comments_34875879.csv", "comments"),
        ("Jobs/Job Applications_1 (1).csv", "jobapplications"),
        ("Receipts_v2.csv", "receiptsv2"),
        ("learning_coach_messages.csv", "learningcoachmessages"),
        ("Connections - Copie.csv", "connections"),
    ],
)
def test_keys_of_files(path: str, key: str) -> None:
    assert file_key(path) == key


def test_files_that_only_look_alike() -> None:
    for name in ("guide_messages.csv", "LearningCoachMessages.csv", "coach_messages.csv"):
        assert family(name) is None
        assert why_unused(name) == "transcript"
    assert why_unused("Logins.csv") == "sensitive"
    assert why_unused("ImportedContacts.csv") == "address_book"
    assert why_unused("Whatever.csv") == "unknown"
    assert is_article("Articles/Articles/x.html")
    assert not is_article("x.html")
