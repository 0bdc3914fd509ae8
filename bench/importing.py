"""(b) Import: messages a second and peak memory, against a bare reader with a bare insert."""

import argparse
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from entregent.accounts import create_member
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure

from .server import folder
from .table import show, spread

MESSAGES, CONVERSATIONS = 23_256, 1_419
HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
TEXT = "the meeting on Thursday about the slides for our association was moved again, thank you. "
BARE = """
import csv, io, sqlite3, sys, zipfile
db = sqlite3.connect(sys.argv[2], isolation_level=None)
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA synchronous=FULL")
db.execute("CREATE TABLE messages (conversation, at, sender, text)")
with zipfile.ZipFile(sys.argv[1]) as archive, archive.open("messages.csv") as file:
    rows = csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))
    while batch := [row for row, _ in zip(rows, range(300))]:
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO messages VALUES (?, ?, ?, ?)",
            [(r["CONVERSATION ID"], r["DATE"], r["FROM"], r["CONTENT"]) for r in batch],
        )
        db.execute("COMMIT")
"""
# Starts a command and says what it took: a process of its own, so that nothing is counted twice.
WATCH = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def made_up() -> bytes:
    """An archive of the usual shape, where the shared one is not at hand."""
    out, text = io.BytesIO(), io.StringIO()
    text.write(HEADER)
    rows = csv.writer(text)
    me = ("Ana Ruiz", "https://www.linkedin.com/in/ana-ruiz")
    for number in range(MESSAGES):
        one = number % CONVERSATIONS
        other = (f"Person {one}", f"https://www.linkedin.com/in/person-{one}")
        ends = (*me, *other) if number % 2 else (*other, *me)
        at = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(1_600_000_000 + number * 600))
        said = (TEXT * 3)[number % 7 : number % 250 + 8]
        rows.writerow([f"2-{one:056}=", "", *ends, at, "", f"{number} {said}", "INBOX"])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Profile.csv", "First Name,Last Name,Headline\nAna,Ruiz,Engineer\n")
        archive.writestr("messages.csv", text.getvalue())
    return out.getvalue()


def archive(place: str) -> Path:
    """The shared archive of 23,256 messages, or one that is made up."""
    shared = Path(os.environ.get("ENTREGENT_SHARED") or Path(__file__).parents[2] / "shared")
    found = shared / "data/linkedin/large/Complete_LinkedInDataExport_06-16-2026.zip"
    if found.exists():
        return found
    own = Path(place) / "archive.zip"
    own.write_bytes(made_up())
    return own


def _watched(*command: str, **environment: str) -> tuple[float, float, float]:
    """Seconds, seconds of processor, and megabytes at most of a command."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *command],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, **environment},
    )
    code, *figures = (float(word) for word in done.stdout.split())
    if code:
        raise SystemExit(f"{' '.join(command)} failed")
    seconds, cpu, megabytes = figures
    return seconds, cpu, megabytes


def _ours(file: Path, database: str) -> tuple[list[tuple[float, float, float]], ...]:
    """A first import, and the same once more."""
    data = folder()
    read = settings(data=data, database=database or None)
    ensure(read.database)
    house = House(read)
    email = f"import{time.time_ns()}@bench.example"
    house.db.write_now(create_member, email, "", "Bench", "en", True)
    house.db.close()
    command = [sys.executable, "-P", "-m", "entregent", "import", str(file), "--member", email]
    found = tuple(
        [_watched(*command, ENTREGENT_DATA=data, ENTREGENT_DATABASE=read.database)] for _ in "12"
    )
    shutil.rmtree(data)
    return found


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints."""
    for database in chosen.databases:
        with tempfile.TemporaryDirectory() as place:
            _measure("PostgreSQL" if database else "SQLite", database, chosen.rounds, place)


def _measure(name: str, database: str, rounds: int, place: str) -> None:
    file = archive(place)
    first, again, bare = [], [], []
    for number in range(rounds):
        one, two = _ours(file, database)
        first += one
        again += two
        bare.append(_watched(sys.executable, "-c", BARE, str(file), f"{place}/{number}.db"))
    lines = [
        ("import, with people, index and profile", first),
        ("the same archive once more", again),
        ("bare: read the rows, insert them", bare),
    ]
    show(
        f"Import, {name}, {MESSAGES:,} messages, {rounds} rounds, from the start of the process",
        ["", "messages a second", "seconds", "CPU s", "peak MB", "× bare"],
        [
            [
                label,
                spread([MESSAGES / seconds for seconds, _, _ in found]),
                spread([seconds for seconds, _, _ in found], 1),
                spread([cpu for _, cpu, _ in found], 1),
                spread([peak for _, _, peak in found]),
                spread([a[1] / b[1] for a, b in zip(found, bare, strict=True)], 1),
            ]
            for label, found in lines
        ],
    )
