"""Encodings, delimiters, headers and damage, as spreadsheets and accidents leave them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entregent.transfer.linkedin.decode import Text, is_doubled, undouble
from entregent.transfer.linkedin.limits import Limits
from entregent.transfer.linkedin.tables import Table
from tests.transfer.archives import M10, archive_of, messages_csv, messages_of, row

WANTED = [("name", "date")]


def table(
    data: str | bytes, limits: Limits | None = None, piece: int = 7
) -> tuple[Table, list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """A table from bytes that come in small pieces, its records, and what it refused."""
    raw = data.encode() if isinstance(data, str) else data
    refused: list[tuple[int, str]] = []
    pieces = (raw[i : i + piece] for i in range(0, len(raw), piece))
    found = Table(pieces, WANTED, lambda line, why: refused.append((line, why)), limits or Limits())
    return found, list(found.records()), refused


@pytest.mark.parametrize(
    ("encoding", "label", "undecodable"),
    [
        ("utf-8", "utf-8", 0),
        ("utf-8-sig", "utf-8-bom", 0),
        ("utf-16", "utf-16", 0),
        ("utf-16-le", "utf-16-le", 0),
        ("utf-16-be", "utf-16-be", 0),
        ("cp1252", "windows-1252", 0),
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_encodings(encoding: str, label: str, undecodable: int, piece: int) -> None:
    text = "Name,Date\nZoë’s “café” – œuvre,2024\n" * 40
    found, records, refused = table(text.encode(encoding), piece=piece)
    assert records[0] == (2, ["Zoë’s “café” – œuvre", "2024"])
    assert len(records) == 79
    assert refused == []
    assert (found.encoding, found.undecodable) == (label, undecodable)


def test_single_wrong_bytes_do_not_spoil_the_rest() -> None:
    found, records, _ = table("Name,Date\nZoë,1\n".encode() + b"caf\xe9,2\n" + "😀,3\n".encode())
    assert [cells[0] for _, cells in records] == ["Zoë", "café", "😀"]
    assert (found.encoding, found.undecodable) == ("utf-8", 1)


def test_a_file_of_nothing_but_wrong_bytes_stays_quick() -> None:
    data = b"Name,Date\n" + b"\xe9" * 1_000_000 + b",1\n"
    found, records, _ = table(data, piece=1 << 16)
    assert records == [(2, ["é" * 1_000_000, "1"])]
    assert found.encoding == "windows-1252"


def test_letters_encoded_twice_are_repaired() -> None:
    text = "Name,Date\nZoë – “café” à l’œuvre,2024\n"
    twice = text.encode().decode("latin-1").encode()
    found, records, _ = table(twice)
    assert found.doubled
    assert records == [(2, ["Zoë – “café” à l’œuvre", "2024"])]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
def test_doubling_is_undone(text: str) -> None:
    assume(undouble(text) == text)
    doubled = text.encode().decode("latin-1")
    if is_doubled(doubled):
        assert undouble(doubled) == text


@pytest.mark.parametrize("text", ["Zoë", "Â", "café à l’œuvre", "日本語", "Ã la carte", "İstanbul"])
def test_ordinary_letters_are_left_alone(text: str) -> None:
    assert not is_doubled(text)
    assert undouble(text) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    found, records, _ = table(f"sep={delimiter}\nName{delimiter} DATE \nx{delimiter}1\n")
    assert found.delimiter == delimiter
    assert found.columns == ["name", "date"]
    assert records == [(3, ["x", "1"])]


def test_a_header_is_looked_for_among_the_first_rows() -> None:
    found, records, _ = table('Notes:\n"a, quoted\nsentence"\n\nName,Date\nx,1\n')
    assert (found.preamble, records) == (4, [(6, ["x", "1"])])
    found, _, _ = table("x\n" * 30 + "Name,Date\n")
    assert not found.found


def test_line_ends_and_blank_rows() -> None:
    for end in ("\n", "\r\n", "\r"):
        found, records, _ = table(end.join(("Name,Date", "x,1", "", ",", " , ", "y,2")))
        assert [cells for _, cells in records] == [["x", "1"], ["y", "2"]]
        assert found.blank == 3


def test_separators_of_unicode_end_no_line() -> None:
    _, records, _ = table("Name,Date\na\u2028b\x0bc\x1ed\x85e,1\n")
    assert records == [(2, ["a\u2028b\x0bc\x1ed\x85e", "1"])]


def test_quoted_line_breaks_are_kept() -> None:
    _, records, refused = table('Name,Date\n"a\r\nb\n\nc",1\nd,2\n')
    assert records == [(2, ["a\r\nb\n\nc", "1"]), (6, ["d", "2"])]
    assert refused == []


def test_an_open_quotation_mark_costs_one_row() -> None:
    rows = "".join(f"n{i},{i}\n" for i in range(200))
    _, records, refused = table(f'Name,Date\na,1\n"open,2\n{rows}')
    assert refused == [(3, "unclosed_quote")]
    assert len(records) == 201
    assert records[1] == (4, ["n0", "0"])


def test_an_open_quotation_mark_that_another_closes() -> None:
    _, records, refused = table('Name,Date\n"open,1\nb,2\nc,"3"\nd,4\n')
    assert refused == [(2, "unclosed_quote")]
    assert [cells for _, cells in records] == [["b", "2"], ["c", "3"], ["d", "4"]]


def test_too_long_fields_and_lines() -> None:
    long = "x" * 3_000_000
    _, records, refused = table(f'Name,Date\n{long},1\na,2\n"{long}",3\nb,4\n', piece=1 << 16)
    assert [cells for _, cells in records] == [["a", "2"], ["b", "4"]]
    assert refused == [(2, "field_too_large"), (4, "field_too_large")]
    _, records, refused = table(f"Name,Date\n{long[:1_500_000]},1\na,2\n", piece=1 << 16)
    assert refused == [(2, "field_too_large")]
    assert records == [(3, ["a", "2"])]


def test_nothing_but_accidents_takes_no_quadratic_time() -> None:
    _, records, refused = table("Name,Date\n" + 'b","c\n' * 400_000, piece=1 << 16)
    assert refused
    assert len(records) < 400_000


def test_lines_are_read_to_the_last_without_an_end() -> None:
    text = Text(iter([b"a\r", b"\nb"]), 100)
    assert [text.line(), text.line(), text.line()] == ["a\r\n", "b", ""]


def test_a_row_that_is_short_and_undated_is_refused_with_its_line() -> None:
    archive = archive_of({"messages.csv": messages_csv(row("one"), "BADROW", row("two"))})
    (file,) = archive.report.of("messages")
    assert [(r.line, r.reason) for r in file.refused_rows] == [(3, "short_row")]
    assert [m.content for m in messages_of(archive)] == ["two", "one"]
    assert archive.figures.rows == 2
    assert file.rows == 3


def test_a_short_row_with_a_date_is_read() -> None:
    short = "2-YQ==,,Zoë,,Ana,,2024-01-02 10:00:00 UTC"
    archive = archive_of({"messages.csv": messages_csv(short)})
    assert [m.content for m in messages_of(archive)] == [""]


def test_only_a_hundred_refused_rows_are_listed_but_all_are_counted() -> None:
    archive = archive_of({"messages.csv": messages_csv(row(), *["x"] * 250)})
    (file,) = archive.report.of("messages")
    assert (file.refused, len(file.refused_rows)) == (250, 100)


def test_a_spreadsheet_is_told_of() -> None:
    resaved = messages_csv(row("é")).replace('","', '";"').replace(M10, M10.replace(",", ";"))
    archive = archive_of({"messages.csv": resaved.encode("cp1252")})
    (file,) = archive.report.of("messages")
    assert file.notes == ["saved_by_a_spreadsheet"]
    assert [m.content for m in messages_of(archive)] == ["é"]


def test_a_field_beyond_a_megabyte_is_refused_not_cut() -> None:
    archive = archive_of({"messages.csv": messages_csv(row("x" * 1_100_000), row("y"))})
    (file,) = archive.report.of("messages")
    assert [(r.line, r.reason) for r in file.refused_rows] == [(2, "field_too_large")]
    assert [m.content for m in messages_of(archive)] == ["y"]


def test_endless_lists_of_recipients_are_refused() -> None:
    archive = archive_of({"messages.csv": messages_csv(row(to=("a," * 40_000, "")))})
    (file,) = archive.report.of("messages")
    assert file.refused == 1
