"""The database seam: SQLite or PostgreSQL behind one kind of transaction.

`await db.write(action, *args)` runs an action (a plain function of a transaction) on the one
writer; actions that wait at the same moment share one commit. `await db.read(fn, *args)` runs a
reading function on a snapshot. `db.write_now` and `db.read_now` do the same without an event loop,
for the command line and for tests.
"""

from .database import Database, Journal, batched
from .metadata import metadata, ordered_text
from .opening import open_database
from .statements import Statement, greatest, in_list, insert_row, statement, upsert_row
from .transaction import Asked, Row, Transaction

__all__ = [
    "Asked",
    "Database",
    "Journal",
    "Row",
    "Statement",
    "Transaction",
    "batched",
    "greatest",
    "in_list",
    "insert_row",
    "metadata",
    "open_database",
    "ordered_text",
    "statement",
    "upsert_row",
]
