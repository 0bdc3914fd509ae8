"""Whatever a file holds, reading it ends in an Archive or in a Refusal."""

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from entregent.kit.errors import Refusal
from entregent.transfer.linkedin import Limits, counts, open_source, read, write
from entregent.transfer.linkedin.contents import contents_of
from entregent.transfer.linkedin.model import Owner
from tests.transfer.archives import M9, M10, zipped

SMALL = Limits(rows=200, side_rows=200, conversations=50, people=200, kept_bytes=1 << 18)
RELAXED = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def run(data: bytes, name: str = "x.zip") -> None:
    """Reads, counts, gathers and writes; a Refusal is the only thing that may stop it."""
    with contextlib.suppress(Refusal), open_source(io.BytesIO(data), name, SMALL) as source:
        archive = read(source, Owner("Ana Ruiz"), SMALL)
        counts(archive)
        for _ in archive.threads():
            pass
        for _ in write(contents_of(archive, 1_700_000_000_000)):
            pass


@RELAXED
@given(st.binary(max_size=3000), st.sampled_from(["a.zip", "messages.csv", "Shares.csv", "a.json"]))
@example(b"", "a.zip")
@example(b"PK\x03\x04", "a.zip")
@example(b"PK\x05\x06" + bytes(18), "a.zip")
@example(b"PK\x05\x06" + b"\xff" * 18, "a.zip")
@example(b"\xff\xfe", "messages.csv")
@example(b'{"elements": [[[]]]}', "a.json")
@example(b"[" * 3000, "a.json")
@example(b'{"elements":[{"snapshotDomain":"INBOX","snapshotData":[{"DATE":1e999}]}]}', "a.json")
def test_any_bytes(data: bytes, name: str) -> None:
    run(data, name)


FIXTURES = (
    "hostile/csv_xss_everywhere.zip",
    "hostile/symlink.zip",
    "Basic_LinkedInDataExport_05-14-2021.zip",
    "Complete_LinkedInDataExport_11-04-2018.zip",
)


@RELAXED
@given(
    st.sampled_from(FIXTURES),
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
)
def test_a_damaged_archive(
    shared_data: Path, name: str, damages: list[tuple[float, bytes]], in_directory: bool
) -> None:
    data = bytearray((shared_data / "linkedin" / name).read_bytes())
    start = data.rfind(b"PK\x01\x02") - 600 if in_directory else 0
    for where, what in damages:
        at = max(start, 0) + int(where * (len(data) - max(start, 0)))
        data[at : at + len(what)] = what
    run(bytes(data))


@RELAXED
@given(st.sampled_from(FIXTURES), st.floats(0, 1))
def test_an_archive_that_was_cut_off(shared_data: Path, name: str, where: float) -> None:
    data = (shared_data / "linkedin" / name).read_bytes()
    run(data[: int(where * len(data))])


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "2-YQ==",
            "LinkedIn Member",
            "Ana Ruiz",
            "A B,C D, PhD",
            "https://www.linkedin.com/in/ana",
            "https://www.linkedin.com/in",
            "https://www.linkedin.com/in/%ff%00,https://linkedin.com/pub/a/1/2",
            "2024-01-02 10:00:00 UTC",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31 23:59:59-0100",
            "8/9/18, 3:04 PM",
            "13/13/99, 13:99 XM",
            '"',
            '""',
            '"\n',
            '<p class="spinmail-quill-editor__spin-break">x<a href="javascript:x">y</a>',
            "Yes",
            "\u2028",
            "İ\u0130ı",
            "a\u0301",
            "Ã©â€™Â",
        ]
    ),
)
HEADERS = st.sampled_from(
    [
        M10,
        M9,
        M10 + ",ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
        "From,To,Date,Subject,Content,Direction,Folder",
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
        "Date,Link,Message",
        "CONTENT,DATE,FROM,CONVERSATION ID,CONTENT,DATE",
    ]
)
NAMES = st.sampled_from(
    ["messages.csv", "Invitations.csv", "Connections.csv", "Shares.csv", "Comments_12.csv"]
)


@RELAXED
@given(
    st.lists(
        st.tuples(NAMES, HEADERS, st.lists(st.lists(CELLS, max_size=13), max_size=8)), max_size=3
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_odd_tables(
    files: list[tuple[str, str, list[list[str]]]], delimiter: str, encoding: str
) -> None:
    made: list[tuple[str, bytes]] = []
    for name, header, rows in files:
        lines = [header.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
        made.append((name, "\n".join(lines).encode(encoding, "replace")))
    run(zipped(made, zipfile.ZIP_STORED))


@pytest.mark.parametrize("depth", [100, 5_000])
def test_deep_json(depth: int) -> None:
    run(b'{"elements":' + b'[{"snapshotData":' * depth + b"}]" * depth + b"}", "INBOX.json")
