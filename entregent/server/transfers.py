"""`entregent import` and `entregent export`: a member's archive in and out, server or not."""

import argparse
import asyncio
import json
import resource
import sys
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from entregent.accounts import find_member
from entregent.kit.errors import Refusal
from entregent.kit.sentences import sentence
from entregent.ports.blobs import BlobMissing
from entregent.ports.db import Transaction
from entregent.transfer import (
    Begin,
    alone,
    begin_here,
    bring,
    digest_of,
    export_to,
    find,
    seen,
    tell,
    tell_end,
)

from .config import BadSetting
from .house import House
from .opened import opened

MEMORY = 2 << 30
CPU_SECONDS = 1_200
PIECE = 1 << 20


def declare_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `import`."""
    parser = commands.add_parser("import", help="bring a LinkedIn archive into a member's account")
    parser.add_argument("file", nargs="?", help="a ZIP, a folder, a CSV or a JSON file")
    parser.add_argument("--member", metavar="EMAIL")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--data", help="folder for everything that is kept")
    parser.add_argument("--resume", metavar="ID", help=argparse.SUPPRESS)  # the server's own way
    parser.set_defaults(run=run_import)


def declare_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `export`."""
    parser = commands.add_parser("export", help="write a member's data in LinkedIn's layout")
    parser.add_argument("file", nargs="?", default="entregent-export.zip")
    parser.add_argument("--member", metavar="EMAIL", required=True)
    parser.add_argument("--data", help="folder for everything that is kept")
    parser.set_defaults(run=run_export)


def run_import(chosen: argparse.Namespace) -> int:
    """Imports a file; running it again adds what is new, or goes on where it was ended."""
    if chosen.resume:
        return _resume(chosen)
    if not chosen.file or not chosen.member:
        raise BadSetting("Say which file to import, and for whom: import FILE --member EMAIL.")
    with opened(chosen.data) as house:
        try:
            printed = _import(house, Path(chosen.file), chosen.member, talk=not chosen.json)
        except Refusal as refusal:
            told = sentence("en", refusal.code, refusal.params)
            if chosen.json:
                print(json.dumps({"refused": {"code": refusal.code, "message": told}}))
            else:
                print(f"entregent: {told}", file=sys.stderr)
            return 1
    if chosen.json:
        print(json.dumps(printed, ensure_ascii=False))
    else:
        added = {name: number for name, number in printed["imported"].items() if number}
        print("Added: " + (", ".join(f"{n} {name}" for name, n in added.items()) or "nothing new"))
    return 0


def _import(house: House, file: Path, email: str, *, talk: bool) -> dict[str, Any]:
    db = house.db
    me = db.read_now(_member, email)
    with alone(Path(house.settings.data) / "imports", me):
        asked = Begin(me, f"command-{uuid.uuid4().hex}", file.name, digest_of(file))
        import_id = db.write_now(begin_here, asked)

        def went_on() -> None:
            db.write_now(tell, me, import_id)
            if talk and sys.stderr.isatty():
                row = db.read_now(find, me, import_id)
                print(f"\r{row.done} of {row.total}", end="", file=sys.stderr)

        refusal = bring(db, me, import_id, file, file.name, went_on)
        db.write_now(tell_end, me, import_id)
    if refusal is not None:
        raise refusal
    totals = db.read_now(lambda tx: seen(tx, find(tx, me, import_id))).totals
    assert totals is not None
    return totals


def _resume(chosen: argparse.Namespace) -> int:
    """The server's child: limits on itself, one line for each step, no talk with the member."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    me, import_id = (int(part) for part in chosen.resume.split(":"))
    with opened(chosen.data) as house, alone(Path(house.settings.data) / "imports", me):
        row = house.db.read_now(find, me, import_id)
        # Whoever reads this may have gone: then the pipe breaks, and this ends too.
        bring(house.db, me, import_id, Path(row.spool), row.file_name, lambda: print(flush=True))
    return 0


def run_export(chosen: argparse.Namespace) -> int:
    """Writes the export; nothing is left of one that fails."""
    place = Path(chosen.file)
    with opened(chosen.data) as house:
        try:
            me = house.db.read_now(_member, chosen.member)
        except Refusal as refusal:
            print(f"entregent: {sentence('en', refusal.code, refusal.params)}", file=sys.stderr)
            return 1
        try:
            with asyncio.Runner() as runner:
                fetch = partial(_pieces, runner, house)
                house.db.read_now(export_to, me, house.settings.name, place, fetch)
        except OSError as error:
            print(f"entregent: {place} cannot be written: {error.strerror}", file=sys.stderr)
            return 1
    return 0


def _pieces(runner: asyncio.Runner, house: House, key: str) -> Iterator[bytes]:
    """What the store holds under a key, some at a time; nothing where it has just been removed."""
    blobs = house.ports.blobs
    start = 0
    while blobs is not None:
        try:
            piece = runner.run(blobs.get(key, start, start + PIECE))
        except BlobMissing:
            return
        if not piece:
            return
        yield piece
        start += len(piece)


def _member(tx: Transaction, email: str) -> int:
    found = find_member(tx, email)
    if found is None:
        raise Refusal("transfer.no_such_member", status=404, email=email)
    return found
