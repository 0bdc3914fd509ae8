"""Every archive of the shared data gives the figures that an independent script counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from entregent.transfer.linkedin import counts, open_source, read
from tests.transfer.archives import messages_of

ARCHIVES = (
    "linkedin/Basic_LinkedInDataExport_03-09-2026.part1-profile-only.zip",
    "linkedin/Basic_LinkedInDataExport_05-14-2021.zip",
    "linkedin/Complete_LinkedInDataExport_03-09-2026.zip",
    "linkedin/Complete_LinkedInDataExport_10-21-2023.zip",
    "linkedin/Complete_LinkedInDataExport_11-04-2018.zip",
    "linkedin/large/Complete_LinkedInDataExport_06-16-2026.zip",
    "linkedin/thirdparty/kawsay-mit/",
    "linkedin/thirdparty/labeldekho-apache2/",
)


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_data / "expected.json").read_text("utf-8"))
    return found


def test_no_archive_is_forgotten(expected: dict[str, Any]) -> None:
    assert set(expected) == set(ARCHIVES)


@pytest.mark.parametrize("name", ARCHIVES)
def test_counts_are_the_expected_ones(
    shared_data: Path, expected: dict[str, Any], name: str
) -> None:
    with open_source(shared_data / name) as source:
        archive = read(source)
        assert counts(archive) == expected[name]


@pytest.mark.parametrize("name", ARCHIVES)
def test_threads_hold_what_the_survey_counted(shared_data: Path, name: str) -> None:
    with open_source(shared_data / name) as source:
        archive = read(source)
        threads = list(archive.threads())
    assert {t.conversation.id for t in threads} == set(archive.conversations)
    for thread in threads:
        assert thread.whole
        dates = [m.at for m in thread.messages]
        assert dates == sorted(dates, key=lambda at: at or 0)
        everyone = {*thread.conversation.people}
        for message in thread.messages:
            for person in (message.sender, *message.recipients):
                assert person in everyone or archive.owner.is_(person)


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_message_has_its_own_identity_and_always_the_same(
    shared_data: Path, name: str
) -> None:
    with open_source(shared_data / name) as source:
        first = [(m.identity, m.occurrence) for m in messages_of(read(source))]
    with open_source(shared_data / name) as source:
        again = [(m.identity, m.occurrence) for m in messages_of(read(source))]
    assert len(set(first)) == len(first)
    assert first == again


def test_the_first_of_two_mails_says_so(shared_data: Path) -> None:
    with open_source(shared_data / ARCHIVES[0]) as source:
        archive = read(source)
    assert archive.first_part
    assert archive.report.notes == ["first_part"]


def test_a_snapshot_is_the_same_member(shared_data: Path, expected: dict[str, Any]) -> None:
    with open_source(shared_data / "linkedin/dma-member-snapshot") as source:
        snapshot = read(source)
        found = counts(snapshot)
        ids = {(m.identity, m.occurrence) for m in messages_of(snapshot)}
    with open_source(shared_data / ARCHIVES[2]) as source:
        assert ids == {(m.identity, m.occurrence) for m in messages_of(read(source))}
    wanted = expected[ARCHIVES[2]]
    assert found["owner"] == wanted["owner"]
    assert found["messages"] == wanted["messages"] | {"delimiter": None}
    assert found["invitations"] == wanted["invitations"]
    assert found["connections"]["people"] == wanted["connections"]["people"]
    assert found["side"] == {"positions": 3, "education": 2, "skills": 8}


def test_what_is_not_read_has_a_reason(shared_data: Path) -> None:
    with open_source(shared_data / ARCHIVES[2]) as source:
        report = read(source).report
    reasons = {f.name: f.ignored for f in report.files if f.ignored}
    assert reasons == {
        "guide_messages.csv": "transcript",
        "learning_coach_messages.csv": "transcript",
        "learning_role_play_messages.csv": "transcript",
        "LearningCoachMessages.csv": "transcript",
        "Registration.csv": "sensitive",
        "SearchQueries.csv": "sensitive",
        "Ad_Targeting.csv": "sensitive",
        "Verifications/Verifications.csv": "sensitive",
        "Learning.csv": "not_used",
        "Events.csv": "not_used",
        "Jobs/Job Applications.csv": "not_used",
        "Jobs/Saved Jobs.csv": "not_used",
    }
    (messages,) = report.of("messages")
    assert (messages.rows, messages.imported, messages.refused) == (749, 749, 0)
    (connections,) = report.of("connections")
    assert (connections.rows, connections.imported, connections.hidden) == (228, 220, 8)


def test_2018_is_utf_16_and_its_threads_are_approximate(shared_data: Path) -> None:
    with open_source(shared_data / ARCHIVES[4]) as source:
        archive = read(source)
    (shares,) = archive.report.of("shares")
    assert (shares.encoding, shares.delimiter, shares.notes) == ("utf-16", "\t", [])
    assert archive.sides["shares"][2].text == "Line 1\nLine 2 #hashtag\n\n#fin"
    assert all(c.approximate for c in archive.conversations.values())
    (messages,) = archive.report.of("messages")
    assert messages.notes == ["approximate_threads"]


def test_broken_quoting_is_undone(shared_data: Path) -> None:
    with open_source(shared_data / ARCHIVES[2]) as source:
        sides = read(source).sides
    comments = [c.text for c in sides["comments"]]
    assert "Blank below\n\nend" in comments
    assert "Multi line\nsecond line\nthird" in comments
    assert 'quote "inside" it' in comments
    shares = {s.text for s in sides["shares"]}
    assert "Line 1\nLine 2 #hashtag\n\n#fin" in shares
    assert 'He said "hi" to all' in shares
