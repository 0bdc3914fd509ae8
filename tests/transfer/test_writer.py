"""What is written is read back as it was; what LinkedIn's layout cannot hold comes beside it."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from entregent.transfer.linkedin import (
    Archive,
    Contents,
    Media,
    contents_of,
    counts,
    identity,
    open_source,
    read,
    write,
)
from entregent.transfer.linkedin.forms import FORMS
from entregent.transfer.linkedin.identity import bare
from entregent.transfer.linkedin.model import (
    Article,
    Connection,
    Conversation,
    Invitation,
    Message,
    Owner,
    Profile,
    Thread,
    Who,
)
from tests.transfer.test_expected import ARCHIVES

NO_SHRINK = [Phase.explicit, Phase.reuse, Phase.generate]
MADE_AT = 1_780_000_000_000


def read_back(contents: Contents) -> Archive:
    return read(open_source(io.BytesIO(b"".join(write(contents)))))


def files_of(contents: Contents, **how: bool) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(write(contents, **how)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ARCHIVES)
def test_what_was_read_is_read_back(shared_data: Path, name: str) -> None:
    with open_source(shared_data / name) as source:
        first = read(source)
        again = read_back(contents_of(first, MADE_AT))
        assert list(again.threads()) == list(first.threads())
        wanted, found = counts(first), counts(again)
    assert again.owner == first.owner
    assert again.profile == first.profile
    assert again.sides == first.sides
    assert again.connections == first.connections
    assert again.invitations == first.invitations
    assert again.articles == first.articles
    assert again.conversations == first.conversations
    assert found["people_by_url"] == wanted["people_by_url"]
    if "messages" in wanted:
        told = wanted["messages"]["messages"]
        for key in ("columns", "rows", "rejected_rows", "duplicates", "encoding", "blank_rows"):
            del wanted["messages"][key], found["messages"][key]
        assert found["messages"] == wanted["messages"]
        assert told == again.figures.rows


def sane(text: str) -> bool:
    return "\0" not in text and "\ufeff" not in text


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=20).map(
    str.strip
)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=60),
    st.sampled_from(['"\n"', "a\r\nb", "2024-01-01 00:00:00,x\n2024-01-01 00:00:00,y", " x ", "'"]),
)
NAMES = st.one_of(LINES, st.sampled_from(["Zoë Brandt", "C D, PhD", "a,b", "LinkedIn Member", ","]))
SLUGS = st.none() | st.sampled_from(["zoë", "kim-1", "kim-2", "pub/1/2", "a b", "x%y", "<s>"])
PEOPLE = st.builds(Who, NAMES, SLUGS)
SECONDS = st.integers(-62_135_596_800, 253_402_300_799).map(lambda s: s * 1000)
MOMENTS = st.integers(0, 4_000_000_000_000)
OWNER = Who("Ana Ruiz", "ana-ruiz")


@st.composite
def threads(draw: st.DrawFn) -> list[Thread]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        key = f"c{number}"
        people = draw(
            st.lists(
                PEOPLE.filter(lambda p: p.slug is not None), max_size=3, unique_by=lambda p: p.slug
            )
        )
        everyone = [OWNER, *people]
        messages = []
        for at in sorted(draw(st.lists(MOMENTS, max_size=4, unique_by=lambda at: at // 1000))):
            content = draw(TEXTS)
            messages.append(
                Message(
                    key,
                    draw(st.sampled_from(everyone)),
                    tuple(draw(st.lists(st.sampled_from(everyone), max_size=3))),
                    at,
                    draw(TEXTS),
                    content,
                    draw(st.sampled_from(["", "INBOX", "SPAM", "ARCHIVE"])),
                    tuple(draw(st.lists(st.sampled_from(["media/1.jpg", "https://x/y,z?a=1"])))),
                    note=draw(st.booleans()),
                    sponsored=draw(st.booleans()),
                    identity=identity(key, at, bare(content)),
                    id=str(at),
                )
            )
        drafts = [
            Message(key, OWNER, (), None, "", draw(TEXTS), "INBOX", draft=True, identity=n + 1)
            for n in range(draw(st.integers(0, 1)))
        ]
        if messages or drafts:
            found.append(_thread(key, draw(LINES), people, messages, drafts))
    return found


def _thread(
    key: str, title: str, people: list[Who], messages: list[Message], drafts: list[Message]
) -> Thread:
    dates = [m.at for m in messages if m.at is not None]
    conversation = Conversation(
        key,
        title,
        tuple(people),
        len(people) + 1,
        len(people) > 1,
        "archived",
        len(messages),
        len(drafts),
        sum(m.sponsored for m in messages),
        min(dates, default=None),
        max(dates, default=None),
        unread=bool(drafts),
    )
    return Thread(conversation, messages, drafts)


@st.composite
def rows(draw: st.DrawFn, family: str) -> Any:
    form = FORMS[family]
    values = {}
    for column in form.columns:
        text = draw(st.one_of(LINES, st.just("")))
        values[column.field] = column.parse(text)
    return form.row(**values)


@st.composite
def sides(draw: st.DrawFn) -> dict[str, list[Any]]:
    families = [f for f in FORMS if f not in {"profile", "profile_summary", "connections"}]
    chosen = draw(st.lists(st.sampled_from(families), max_size=4, unique=True))
    found = {}
    for family in chosen:
        form = FORMS[family]
        values = draw(st.lists(rows(family), min_size=1, max_size=3))
        # A row of which nothing is known is a blank line, and those are passed over.
        said = [
            v for v in values if any(c.write(getattr(v, c.field)).strip() for c in form.columns)
        ]
        if said:
            found[family] = said
    return found


@settings(max_examples=60, deadline=None, phases=NO_SHRINK, suppress_health_check=list(HealthCheck))
@given(
    threads(),
    sides(),
    st.lists(
        st.builds(Connection, LINES, LINES, SLUGS, LINES, LINES, LINES, st.none()),
        max_size=3,
        unique_by=lambda c: c.slug or c.name,
    ),
    st.lists(
        st.builds(
            Invitation,
            PEOPLE.filter(lambda p: p.name != ""),
            PEOPLE,
            st.integers(0, 60_000_000).map(lambda minutes: minutes * 60_000),
            TEXTS,
            st.booleans(),
        ),
        max_size=3,
    ),
)
def test_whatever_is_written_is_read_back(
    told: list[Thread],
    small: dict[str, list[Any]],
    connections: list[Connection],
    invitations: list[Invitation],
) -> None:
    connections = [c for c in connections if c.name or c.slug or c.email]
    contents = Contents(
        owner=Owner(OWNER.name, OWNER.slug),
        made_at=MADE_AT,
        profile=Profile("Ana", "Ruiz", headline="x"),
        sides=small,
        connections=connections,
        invitations=invitations,
        articles=[Article("Title", "Text\n\nmore", "https://example.org/a")],
        threads=lambda: iter(told),
    )
    found = read_back(contents)
    assert found.owner == contents.owner
    assert found.profile == contents.profile
    assert found.sides == small
    assert found.connections == connections
    assert found.invitations == invitations
    assert found.articles == contents.articles
    by_id = {t.conversation.id: t for t in found.threads()}
    assert by_id.keys() == {t.conversation.id for t in told}
    for thread in told:
        again = by_id[thread.conversation.id]
        assert again.messages == thread.messages
        assert [d.content for d in again.drafts] == [d.content for d in thread.drafts]
        assert set(again.conversation.people) >= set(thread.conversation.people)
        for field in ("title", "place", "unread", "messages", "drafts", "first_at", "last_at"):
            assert getattr(again.conversation, field) == getattr(thread.conversation, field)


def example(**more: Any) -> Contents:
    message = Message(
        "entregent:1", Who("Zoë", "zoë"), (OWNER,), 1_700_000_000_123, "", "=1+1\n", "INBOX",
        ("media/7.jpg",), identity=5, id="42",
    )  # fmt: skip
    thread = _thread("entregent:1", "", [Who("Zoë", "zoë")], [message], [])
    return Contents(
        owner=Owner("Ana Ruiz", "ana-ruiz"),
        made_at=MADE_AT,
        host="example.org",
        profile=Profile("Ana", "Ruiz", headline="x"),
        connections=[Connection("Zoë", "Brandt, PhD", "zoë", "", "-Acme", "", 1_770_508_800_000)],
        threads=lambda: iter([thread]),
        media=[Media("media/7.jpg", lambda: [b"\xff", b"\xd8"])],
        **more,
    )


def test_the_layout_is_linkedins() -> None:
    files = files_of(example())
    connections = files["Connections.csv"].decode()
    assert connections.startswith('Notes:\n"When exporting your connection data, you may notice')
    assert connections.endswith(
        "\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        'Zoë,"Brandt, PhD",https://www.linkedin.com/in/zo%C3%AB,,-Acme,,08 Feb 2026\n'
    )
    assert files["Profile.csv"].decode().splitlines()[0] == (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        "Geo Location,Twitter Handles,Websites,Instant Messengers"
    )
    header, row = csv.reader(io.StringIO(files["messages.csv"].decode(), newline=""))
    assert header[-4:] == ["FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"]
    assert row[6:] == ["2023-11-14 22:13:20 UTC", "", "=1+1\n", "INBOX", "media/7.jpg", "No", "No"]
    assert files["messages.csv"].startswith(b'"CONVERSATION ID","CONVERSATION TITLE"')
    assert files["media/7.jpg"] == b"\xff\xd8"
    assert "Skills.csv" not in files
    assert not any(b"\r" in data for name, data in files.items() if name.endswith(".csv"))


def test_what_linkedin_has_no_column_for_lies_beside() -> None:
    files = files_of(example())
    assert json.loads(files["x_entregent.json"]) == {
        "made_at": MADE_AT,
        "host": "example.org",
        "name": "Ana Ruiz",
        "slug": "ana-ruiz",
    }
    (extra,) = json.loads(files["x_messages.json"])
    assert extra == {
        "conversation": "entregent:1", "id": "42", "at": 1_700_000_000_123, "identity": 5,
    }  # fmt: skip
    (conversation,) = json.loads(files["x_conversations.json"])
    assert conversation["id"] == "entregent:1"


def test_only_the_variant_for_spreadsheets_disarms_formulas() -> None:
    lossless = files_of(example())
    assert b'"=1+1' in lossless["messages.csv"]
    assert b",-Acme," in lossless["Connections.csv"]
    safe = files_of(example(), for_spreadsheets=True)
    assert b"\"'=1+1" in safe["messages.csv"]
    assert b",'-Acme," in safe["Connections.csv"]
    assert not any(name.startswith("x_") for name in safe)


def test_an_edited_row_counts_more_than_what_lies_beside_it() -> None:
    files = files_of(example())
    files["messages.csv"] = files["messages.csv"].replace(b"entregent:1", b"other")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    (thread,) = read(open_source(io.BytesIO(out.getvalue()))).threads()
    assert thread.messages[0].at == 1_700_000_000_000
    assert thread.messages[0].id == ""


def test_it_comes_as_a_stream() -> None:
    made = 0

    def endless() -> Iterator[Thread]:
        nonlocal made
        for number in range(3_000):
            made += 1
            key = f"c{number}"
            text = random.Random(number).randbytes(1_000).hex()
            yield _thread(key, "", [], [Message(key, OWNER, (), 0, content=text)], [])

    pieces = write(Contents(owner=Owner(), made_at=MADE_AT, threads=endless))
    next(pieces)
    assert made < 3_000
    assert sum(map(len, pieces)) > 0
