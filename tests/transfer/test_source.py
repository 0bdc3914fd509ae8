"""What a source lets through: told by content, bounded while inflating, never followed."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from entregent.kit.errors import Refusal
from entregent.transfer.linkedin import Limits, Source, open_source, read
from tests.transfer.archives import M10, PROFILE, messages_csv, row, zipped


def everything(source: Source) -> dict[str, bytes]:
    return {entry.name: b"".join(source.pieces(entry)) for entry in source.entries}


def refused(data: bytes, limits: Limits | None = None, name: str = "x.zip") -> str:
    """The code of the refusal that opening and reading everything ends in."""
    with (
        pytest.raises(Refusal) as caught,
        open_source(io.BytesIO(data), name, limits or Limits()) as source,
    ):
        everything(source)
    return caught.value.code


def test_stored_and_deflated_are_read() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with open_source(io.BytesIO(zipped({"a.csv": "x" * 300_000}, method))) as source:
            assert everything(source) == {"a.csv": b"x" * 300_000}


def test_sizes_that_follow_the_bytes_are_read() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("messages.csv", "hello")
    with open_source(io.BytesIO(bytes(pipe.data))) as source:
        assert everything(source) == {"messages.csv": b"hello"}


def test_a_large_directory_of_64_bits_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.csv", "w", force_zip64=True) as file:
        file.write(b"hello")
    with open_source(io.BytesIO(out.getvalue())) as source:
        assert everything(source) == {"a.csv": b"hello"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "transfer.empty"),
        (b"PK\x03\x04" + bytes(40), "transfer.incomplete"),
        (b"\x1f\x8b\x08" + bytes(range(200)), "transfer.not_an_archive"),
        (b"%PDF-1.7 ...", "transfer.not_an_archive"),
        (b"<!doctype html><title>Sign in</title>", "transfer.not_an_archive"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(50), "transfer.not_an_archive"),
    ],
)
def test_what_is_no_archive(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_download_that_was_cut_off() -> None:
    data = zipped({"messages.csv": messages_csv(row())})
    assert refused(data[:-30]) == "transfer.incomplete"


def test_limits_hold_before_and_while_reading() -> None:
    data = zipped({"a.csv": "x" * 1000, "b.csv": "y" * 1000})
    assert refused(data, Limits(entries=1)) == "transfer.too_many_files"
    assert refused(data, Limits(total_bytes=1999)) == "transfer.too_large"
    assert refused(data, Limits(file_bytes=999)) == "transfer.too_large_file"
    assert refused(data, Limits(ratio=10, ratio_counts_from=500)) == "transfer.too_large_file"


def test_a_lie_about_the_size_is_found_while_inflating() -> None:
    data = bytearray(zipped({"a.csv": "x" * 100_000}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)
    assert refused(bytes(data)) == "transfer.corrupt_file"
    struct.pack_into("<L", data, at + 24, 200_000)
    assert refused(bytes(data)) == "transfer.corrupt_file"


def test_a_wrong_checksum_is_found() -> None:
    data = bytearray(zipped({"a.csv": "hello"}, zipfile.ZIP_STORED))
    data[data.find(b"hello")] = ord("j")
    assert refused(bytes(data)) == "transfer.corrupt_file"


def test_an_unknown_compression_is_named() -> None:
    assert refused(zipped({"a.csv": "x" * 99}, zipfile.ZIP_LZMA)) == (
        "transfer.unsupported_compression"
    )


def test_a_count_that_lies_is_not_believed() -> None:
    data = bytearray(zipped({"a.csv": "x", "b.csv": "y"}))
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, 1, 1)
    assert refused(bytes(data)) == "transfer.corrupt"


def test_a_folder_is_read_without_its_links(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    export = tmp_path / "export"
    (export / "Jobs").mkdir(parents=True)
    (export / "messages.csv").write_text(messages_csv(row()), encoding="utf-8")
    (export / "Jobs" / "Saved Jobs.csv").write_text("Saved Date,Job Url\n", encoding="utf-8")
    (export / ".DS_Store").write_bytes(b"x")
    (export / "Connections.csv").symlink_to(secret)
    (export / "more").symlink_to(tmp_path)
    os.mkfifo(export / "Skills.csv")
    with open_source(export) as source:
        assert set(everything(source)) == {"messages.csv", "Jobs/Saved Jobs.csv"}
        assert {(i.name, i.reason) for i in source.ignored} == {
            (".DS_Store", "system_file"),
            ("Connections.csv", "symlink"),
            ("more", "symlink"),
            ("Skills.csv", "special_file"),
        }


def test_a_file_that_became_a_link_meanwhile_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "messages.csv").write_text(messages_csv(row()), encoding="utf-8")
    with open_source(tmp_path) as source:
        (tmp_path / "messages.csv").unlink()
        (tmp_path / "messages.csv").symlink_to("/etc/hostname")
        with pytest.raises(Refusal, match=r"transfer\.unreadable"):
            everything(source)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"transfer\.unreadable"):
        open_source(tmp_path / "none.zip")


def test_permissions_of_an_entry_that_is_a_device() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("messages.csv")
        info.external_attr = (stat.S_IFCHR | 0o644) << 16
        archive.writestr(info, "x")
    with open_source(io.BytesIO(out.getvalue())) as source:
        assert [(i.name, i.reason) for i in source.ignored] == [("messages.csv", "special_file")]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("messages.csv", "messages"),
        ("Messages (3).csv", "messages"),
        ("export of mine.txt", "messages"),
        ("guide_messages.csv", None),
    ],
)
def test_one_file_is_told_by_its_columns(name: str, family: str | None) -> None:
    data = io.BytesIO(messages_csv(row()).encode())
    if family is None:
        with pytest.raises(Refusal, match=r"transfer\.nothing_found"):
            read(open_source(data, name))
    else:
        assert read(open_source(data, name)).families == {family}


def test_a_wrapping_folder_and_copies_are_no_obstacle() -> None:
    data = zipped(
        [
            ("My export/Profile.csv", PROFILE),
            ("My export/messages.csv", messages_csv(row("one"))),
            ("My export/messages (1).csv", messages_csv(row("one"), row("two"))),
            ("__MACOSX/My export/._messages.csv", "x"),
            ("My export/Comments_34875879.csv", "Date,Link,Message\n"),
        ]
    )
    archive = read(open_source(io.BytesIO(data)))
    assert archive.families == {"profile", "messages", "comments"}
    assert archive.figures.rows == 3
    assert archive.figures.duplicates == 1
    assert [f.duplicates for f in archive.report.of("messages")] == [0, 1]


def test_an_export_without_anything_of_linkedin() -> None:
    with pytest.raises(Refusal, match=r"transfer\.nothing_found"):
        read(open_source(io.BytesIO(zipped({"holiday.jpg": b"\xff\xd8"}))))
    with pytest.raises(Refusal, match=r"transfer\.nothing_found"):
        read(open_source(io.BytesIO(zipped({"messages.csv": "a,b\n1,2\n"}))))


def test_a_header_alone_is_an_export() -> None:
    archive = read(open_source(io.BytesIO(zipped({"messages.csv": M10 + "\n"}))))
    assert archive.families == {"messages"}
    assert list(archive.threads()) == []
