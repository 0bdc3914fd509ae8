"""Whether a database stands where this version of the code wants it."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import Column, MetaData, Table, Text, select

from entregent.ports.clock import MachineClock
from entregent.ports.db import Transaction, open_database
from entregent.ports.ids import NodeIds

from .config import BadSetting

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"
_version = Table("alembic_version", MetaData(), Column("version_num", Text))


def newest() -> str:
    """The revision of the code: migrations are files numbered in order, `0001_what.py`."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).split("_")[0]


def ensure(url: str) -> None:
    """Migrates a database that is new or behind; refuses one that is ahead of this code."""
    found = _current(url)
    wanted = newest()
    if found == wanted:
        return
    if found is not None and found > wanted:
        raise BadSetting(
            f"The database was made by a later version (revision {found}, this one knows "
            f"{wanted}). Start that version, or restore a backup."
        )
    done = subprocess.run(  # noqa: S603 (our own program, our own setting)
        [sys.executable, "-P", "-m", "entregent.server.migrate", url], check=False
    )
    if done.returncode:
        raise BadSetting("The database could not be brought up to date; see the lines above.")


def _current(url: str) -> str | None:
    clock = MachineClock()
    db = open_database(url, clock, NodeIds(clock), readers=1)
    try:
        return db.read_now(_read)
    except Exception:  # noqa: BLE001 (each driver has its own error for a table that is not there yet)
        return None
    finally:
        db.close()


def _read(tx: Transaction) -> str | None:
    found: str | None = tx.value(select(_version.c.version_num))
    return found
