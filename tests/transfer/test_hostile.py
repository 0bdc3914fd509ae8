"""The 28 hostile archives: how exactly each one ends, at what cost, and what it never does."""

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

REFUSED = {
    "bad_crc_or_stream.zip": "transfer.corrupt_file",
    "bomb_messages_1GiB_one_field.zip": "transfer.too_large_file",
    "bomb_messages_rows.zip": "transfer.too_large_file",
    "bomb_nested.zip": "transfer.nothing_found",
    "bomb_overlapping_entries.zip": "transfer.corrupt",
    "encrypted.zip": "transfer.encrypted",
    "local_central_name_mismatch.zip": "transfer.corrupt",
    "lying_uncompressed_size.zip": "transfer.corrupt_file",
    "many_entries_70000.zip": "transfer.too_many_files",
    "tar_renamed.zip": "transfer.not_an_archive",
}
# Messages, conversations, and which files are passed over for which reason.
READ: dict[str, tuple[int, int, dict[str, str]]] = {
    "appended_junk.zip": (1, 1, {}),
    "csv_dates_garbage.zip": (10, 10, {}),
    "csv_duplicate_headers.zip": (1, 1, {}),
    "csv_formula_injection.zip": (2, 2, {}),
    "csv_invalid_utf8.zip": (1, 1, {}),
    "csv_many_columns.zip": (1, 1, {}),
    "csv_nul_bytes.zip": (1, 1, {}),
    "csv_owner_only_self.zip": (1, 1, {}),
    "csv_unclosed_quote.zip": (2, 2, {}),
    "csv_xss_everywhere.zip": (1, 1, {}),
    "duplicate_names.zip": (2, 1, {}),
    "prepended_html.zip": (1, 1, {}),
    "symlink.zip": (
        1,
        1,
        {
            "Rich_Media.csv": "symlink",
            "Articles": "symlink",
            "Articles/via-symlink.txt": "not_data",
        },
    ),
    "weird_names.zip": (
        1,
        1,
        {
            "messages.csv:ads": "not_data",
            "a" * 159 + "…": "unknown",
            "con.csv": "unknown",
            "Connections.csv\ufffd": "unsafe_name",
            ".hidden": "system_file",
            "dir/": "not_data",
            "-rf": "not_data",
        },
    ),
    "zipslip_absolute.zip": (1, 1, {"/tmp/zipslip-absolute.txt": "outside"}),
    "zipslip_backslash.zip": (
        1,
        1,
        {
            "..\\..\\..\\tmp\\zipslip-backslash.txt": "outside",
            "C:\\Windows\\Temp\\x.txt": "outside",
        },
    ),
    "zipslip_dotdot.zip": (
        1,
        1,
        {"../../../../../../tmp/zipslip-pwned.txt": "outside", "../messages.csv": "outside"},
    ),
    "zipslip_middle.zip": (1, 1, {"Articles/../../../../tmp/zipslip-middle.html": "outside"}),
}
ALLOWED = {
    "reject": {"refused"},
    "import_ok": {"read"},
    "import_ok_or_reject": {"refused", "read"},
    "import_ok_or_partial": {"read"},
    "partial": {"read"},
    "reject_or_cap": {"refused", "read"},
    "reject_or_ignore": {"refused", "read"},
}


@pytest.fixture(scope="module")
def outcomes(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All of them, read one after the other in one process that is watched."""
    files = sorted((shared_data / "linkedin" / "hostile").glob("*.zip"))
    place = tmp_path_factory.mktemp("watched")
    run = subprocess.run(
        [sys.executable, "-B", "-m", "tests.transfer.watched", *map(str, files)],
        capture_output=True,
        check=True,
        text=True,
        timeout=110,
        cwd=place,
        env={"PYTHONPATH": str(CHECKOUT), "TMPDIR": str(place)},
    )
    assert not list(place.iterdir())
    found: dict[str, Any] = {}
    for line in run.stdout.splitlines():
        found |= json.loads(line)
    return found


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    path = shared_data / "linkedin" / "hostile" / "expected_hostile.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_all_of_them_are_tried(outcomes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert len(expected) == 28
    assert set(outcomes) == set(expected) == set(REFUSED) | set(READ)


def test_each_ends_as_it_may(outcomes: dict[str, Any], expected: dict[str, Any]) -> None:
    for name, found in outcomes.items():
        ended = "refused" if "refusal" in found else "read"
        assert ended in ALLOWED[expected[name]["expect"]], name


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_reason(outcomes: dict[str, Any], name: str) -> None:
    assert outcomes[name]["refusal"] == REFUSED[name]


@pytest.mark.parametrize("name", READ)
def test_read_as_far_as_it_is_sound(outcomes: dict[str, Any], name: str) -> None:
    found = outcomes[name]
    messages, conversations, ignored = READ[name]
    assert found["counts"]["messages"]["messages"] == messages
    assert found["counts"]["messages"]["conversations"] == conversations
    assert found["ignored"] == ignored


def test_none_takes_long_or_much(outcomes: dict[str, Any]) -> None:
    assert max(found["seconds"] for found in outcomes.values()) < 30
    assert max(found["megabytes"] for found in outcomes.values()) < 300


def test_none_writes_connects_or_starts_anything(outcomes: dict[str, Any]) -> None:
    assert {name: found["deeds"] for name, found in outcomes.items() if found["deeds"]} == {}
    assert not list(Path("/tmp").glob("zipslip*"))


def test_damage_costs_one_row(outcomes: dict[str, Any]) -> None:
    found = outcomes["csv_unclosed_quote.zip"]
    assert found["refused"] == {"messages.csv": 1}
    assert found["contents"] == ["hello", "hello"]


def test_what_cannot_be_decoded_is_kept_and_told(outcomes: dict[str, Any]) -> None:
    found = outcomes["csv_invalid_utf8.zip"]
    assert found["contents"] == ["héllo ÿþ Ã("]
    assert found["notes"] == ["undecodable_bytes"]


def test_odd_values(outcomes: dict[str, Any]) -> None:
    assert outcomes["csv_nul_bytes.zip"]["contents"] == ["hello"]
    assert outcomes["csv_nul_bytes.zip"]["counts"]["connections"]["people"] == 2
    assert outcomes["csv_duplicate_headers.zip"]["contents"] == ["hello"]
    assert outcomes["csv_formula_injection.zip"]["contents"] == ["=cmd|' /C calc'!A0", "hello"]
    assert outcomes["csv_dates_garbage.zip"]["counts"]["messages"]["bad_dates"] == 4
    dates = outcomes["csv_dates_garbage.zip"]["counts"]["messages"]
    assert (dates["first"], dates["last"]) == ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
    assert outcomes["csv_owner_only_self.zip"]["counts"]["messages"]["outgoing"] == 1
    assert outcomes["duplicate_names.zip"]["contents"] == ["second copy", "hello"]


def test_a_link_is_never_followed(outcomes: dict[str, Any]) -> None:
    assert platform.node() not in json.dumps(outcomes["symlink.zip"]["contents"])
