"""`entregent import` and `entregent export` on the command line, also when they are killed."""

import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from entregent.accounts import create_member
from entregent.server.cli import main
from entregent.server.config import settings
from entregent.server.house import House
from tests.transfer.archives import PROFILE, messages_csv, row, zipped
from tests.transfer.test_expected import ARCHIVES

LARGE = "linkedin/large/Complete_LinkedInDataExport_06-16-2026.zip"
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def data(sqlite_template: Path, tmp_path: Path) -> Path:
    """A folder with an instance that has two members."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "entregent.db")
    house = House(settings(data=str(folder)), node=1)
    for name in ("emi", "ana"):
        house.db.write_now(create_member, f"{name}@example.org", "", name, "en", True)
    house.db.close()
    return folder


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command of ours in this process; gives its code and the JSON that it prints."""

    def running(*arguments: str) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--data", str(data)])
        printed = capsys.readouterr().out
        return int(str(ended.value.code)), json.loads(printed) if printed.strip() else None

    return running


def counted(data: Path, table: str) -> int:
    with closing(sqlite3.connect(data / "entregent.db")) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("name", [name for name in ARCHIVES if name != LARGE])
def test_the_counts_are_the_expected_ones(run: Run, shared_data: Path, name: str) -> None:
    expected = json.loads((shared_data / "expected.json").read_text("utf-8"))[name]
    arguments = ("import", str(shared_data / name), "--member", "emi@example.org", "--json")
    code, printed = run(*arguments)
    added = printed.pop("imported")
    assert (code, printed) == (0, expected)
    told = expected.get("messages", expected.get("messages_2018", {}))
    wanted = told.get("messages", told.get("rows", 0))
    assert added["messages"] == wanted
    assert added["conversations"] >= told.get("conversations", told.get("derived_threads", 0))
    assert added["drafts"] == told.get("drafts", 0)
    code, again = run(*arguments)
    assert {name: n for name, n in again["imported"].items() if n} == {}


def test_the_large_archive_is_quick_and_small(data: Path, shared_data: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked = command(
        data, "import", str(shared_data / LARGE), "--member", "emi@example.org", "--json"
    )
    asked[asked.index("entregent")] = "tests.transfer.peak"
    done = subprocess.run(asked, capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    printed = json.loads(done.stdout)
    assert printed["imported"]["messages"] == printed["messages"]["messages"] == 23_256
    assert printed["imported"]["conversations"] == 1_419
    # Time of the processor, so that a busy machine does not fail what is quick.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 15
    found = re.search(r"peak: (\d+) kB", done.stderr)
    assert found
    assert int(found[1]) < 300 * 1024
    assert counted(data, "message_search") == 23_256  # the search sees all of it already


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "entregent", *arguments, "--data", str(data)]


def test_killed_in_the_middle_it_goes_on(data: Path, tmp_path: Path, run: Run) -> None:
    rows = [
        row(
            f"{n} of {c}", conversation=f"2-{c}", date=f"2024-01-02 {n // 60:02}:{n % 60:02}:00 UTC"
        )
        for c in range(60)  # more than is brought in while one looks away
        for n in range(150)
    ]
    file = tmp_path / "many.zip"
    file.write_bytes(zipped({"Profile.csv": PROFILE, "messages.csv": messages_csv(*rows)}))
    arguments = ("import", str(file), "--member", "emi@example.org", "--json")
    for _ in range(2):
        before = counted(data, "messages")
        process = subprocess.Popen(command(data, *arguments), stdout=subprocess.DEVNULL)
        while process.poll() is None and counted(data, "messages") <= before + 300:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert 300 < counted(data, "messages") < 9_000
    code, printed = run(*arguments)
    assert (code, printed["imported"]["messages"]) == (0, 9_000)
    assert printed["imported"]["conversations"] == 60
    assert counted(data, "messages") == 9_000
    assert counted(data, "imports") == 1
    with closing(sqlite3.connect(data / "entregent.db")) as db:
        once = db.execute("SELECT DISTINCT conversation_id, client_id FROM messages")
        assert len(once.fetchall()) == 9_000
    assert counted(data, "message_search") == 9_000


def test_hostile_archives_end_as_they_should(run: Run, shared_data: Path, data: Path) -> None:
    folder = shared_data / "linkedin" / "hostile"
    expected = json.loads((folder / "expected_hostile.json").read_text("utf-8"))
    for name, told in expected.items():
        begun = time.monotonic()
        code, printed = run("import", str(folder / name), "--member", "emi@example.org", "--json")
        assert time.monotonic() - begun < 30, name
        if code:
            assert "import_ok" not in told["expect"] or "reject" in told["expect"], name
            assert printed["refused"]["message"].endswith((".", "!")), name
            assert printed["refused"]["code"].startswith("transfer."), name
        else:
            assert told["expect"] != "reject", name
            assert "imported" in printed
    with closing(sqlite3.connect(data / "entregent.db")) as db:
        longest = db.execute("SELECT max(length(text)) FROM messages").fetchone()[0]
    assert longest < 100_000
    assert {path.suffix for path in (data / "imports").iterdir()} == {".lock"}


def test_nothing_of_a_damaged_archive_stays(run: Run, shared_data: Path, data: Path) -> None:
    file = shared_data / "linkedin" / "hostile" / "bad_crc_or_stream.zip"
    code, printed = run("import", str(file), "--member", "emi@example.org", "--json")
    assert (code, list(printed)) == (1, ["refused"])
    assert counted(data, "messages") == counted(data, "contacts") == 0


def test_who_is_not_a_member_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["import", "x.zip"], ["export", str(data / "x.zip")]):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--member", "no@example.org", "--data", str(data)])
        assert ended.value.code == 1
        assert capsys.readouterr().err == "entregent: Nobody here has the address no@example.org.\n"


def test_a_file_that_is_not_there_is_a_sentence(run: Run, data: Path) -> None:
    code, printed = run("import", str(data / "no.zip"), "--member", "emi@example.org", "--json")
    assert (code, printed["refused"]["code"]) == (1, "transfer.unreadable")


def test_an_export_can_be_brought_elsewhere(run: Run, data: Path, shared_data: Path) -> None:
    file = str(shared_data / "linkedin/Complete_LinkedInDataExport_10-21-2023.zip")
    run("import", file, "--member", "emi@example.org", "--json")
    place = str(data / "out.zip")
    assert run("export", place, "--member", "emi@example.org")[0] == 0
    code, printed = run("import", place, "--member", "ana@example.org", "--json")
    assert (code, printed["imported"]["messages"]) == (0, 604)
    code, printed = run("import", place, "--member", "emi@example.org", "--json")
    assert {name: n for name, n in printed["imported"].items() if n} == {}
