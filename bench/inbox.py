"""(c) Inbox: first page, next page and counts at 100,000 conversations and 1,000,000 messages."""

import argparse
import json
import shutil
import statistics
import time
from collections.abc import Callable
from typing import Any

from entregent.accounts import create_member
from entregent.messaging import fill_index_now
from entregent.messaging.lists import counts, ids, page
from entregent.messaging.model import UNHANDLED
from entregent.messaging.queries import rows as statements
from entregent.messaging.reading import search, thread
from entregent.ports.db import Transaction
from entregent.server.boot import boot
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure

from .server import folder, settle
from .table import show, spread

CONVERSATIONS = 100_000
MESSAGES_EACH = 10
CHUNK = 1_000
WORDS = """meeting slides thank you tomorrow invoice budget association réunion compte rendu jeudi
proposal contract review launch mentoring alumni dinner conference speaker question""".split()  # noqa: SIM905


def fill(house: House) -> int:
    """One member with everything; gives the member's id."""
    write = house.db.write_now
    me = write(create_member, "flooded@bench.example", "", "Flooded Member", "en", True)
    others = [
        write(create_member, f"other{n}@bench.example", "", f"Other {n}", "en", True)
        for n in range(500)
    ]
    for start in range(0, CONVERSATIONS, CHUNK):
        write(_chunk, me, others, start)
    return me


def _chunk(tx: Transaction, me: int, others: list[int], start: int) -> None:
    keys = [tx.new_id() for _ in range(CHUNK)]
    at = tx.now - (CONVERSATIONS - start) * 60_000
    tx.run_many(
        statements.INSERT_CONVERSATION,
        [
            {
                "conversation_id": key,
                "kind": "direct",
                "source": "entregent",
                "title": None,
                "created_by": me,
                "created_at": at,
                "last_seq": MESSAGES_EACH,
                "closed": None,
                "import_id": None,
                "source_key": None,
                "probation": None,
            }
            for key in keys
        ],
    )
    people = [(key, others[(start + n) % len(others)]) for n, key in enumerate(keys)]
    tx.run_many(
        statements.INSERT_PARTICIPANT,
        [
            {
                "conversation_id": key,
                "person_id": person,
                "kind": "member",
                "name": None,
                "role": "member",
                "joined_at": at,
                "first_seq": 1,
                "left_at": None,
            }
            for key, other in people
            for person in (me, other)
        ],
    )
    rows: list[dict[str, Any]] = []
    messages: list[dict[str, Any]] = []
    for number, (key, other) in enumerate(people):
        for seq in range(1, MESSAGES_EACH + 1):
            pick = start + number * 7 + seq * 13
            text = " ".join(WORDS[(pick * k) % len(WORDS)] for k in (1, 3, 7, 11, 13))
            messages.append(
                {
                    "conversation_id": key,
                    "seq": seq,
                    "message_id": tx.new_id(),
                    "author_id": me if seq % 2 else other,
                    "at": at + number * 60_000 + seq,
                    "client_id": f"bench-{seq}",
                    "kind": "text",
                    "text": text + (" zanzibar" if pick % 50_021 == 0 else ""),
                    "subject": None,
                    "attachments": None,
                    "import_id": None,
                }
            )
        unread = int((start + number) % 41 == 0)
        rows.append(
            {
                "member_id": me,
                "conversation_id": key,
                "kind": "direct",
                "source": "entregent",
                "title": None,
                "people": json.dumps([other]),
                "size": 2,
                "last_seq": MESSAGES_EACH,
                "read_seq": MESSAGES_EACH - unread,
                "last_at": at + number * 60_000 + MESSAGES_EACH,
                "last_author_id": other,
                "snippet": messages[-1]["text"],
                "view": 0 if (start + number) % 10 else 1,
                "unread": unread,
                "writable": 1,
                "draft": None,
                "drafted": 0,
                **UNHANDLED,
                "sort_at": at + number * 60_000 + MESSAGES_EACH,
                "import_id": None,
            }
        )
    tx.run_many(statements.INSERT_MESSAGE, messages)
    tx.run_many(statements.INSERT_MAILBOX, rows)


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints."""
    for database in chosen.databases:
        _measure("PostgreSQL" if database else "SQLite", database)


def _measure(name: str, database: str) -> None:
    data = folder()
    read = settings(data=data, database=database or None)
    ensure(read.database)
    house = House(read)
    begun = time.perf_counter()
    me = fill(house)
    filled = time.perf_counter() - begun
    begun = time.perf_counter()
    fill_index_now(house.db)
    indexed = time.perf_counter() - begun
    settle(database)
    look = house.db.read_now
    _, following = look(page, me, "inbox", None, 60)
    conversation = int(look(page, me, "inbox", None, 1)[0][0].id)

    def deep(tx: Transaction) -> Any:
        return page(tx, me, "inbox", following, 60)

    cases: list[tuple[str, Callable[[Transaction], Any]]] = [
        (
            "one row by key",
            lambda tx: tx.first(statements.ONE_ROW, member_id=me, conversation_id=conversation),
        ),
        ("first page of 60, inbox", lambda tx: page(tx, me, "inbox", None, 60)),
        ("next page of 60", deep),
        ("first page, unread", lambda tx: page(tx, me, "unread", None, 60)),
        ("first page, all places", lambda tx: page(tx, me, "all", None, 60)),
        ("counts of every view", lambda tx: counts(tx, me)),
        ("boot: member, counts, page, cards", lambda tx: boot(tx, me, read)),
        ("all ids of the inbox", lambda tx: ids(tx, me, "inbox")),
        ("thread, last 50", lambda tx: thread(tx, me, conversation)),
        ("search, rare word", lambda tx: search(tx, me, "zanzibar", None, 30)),
        ("search, common word", lambda tx: search(tx, me, "invoice", None, 30)),
    ]
    times: dict[str, list[float]] = {}
    for label, fn in cases:
        times[label] = []
        for _ in range(12):

            def timed(tx: Transaction, fn: Callable[[Transaction], Any] = fn) -> float:
                begun = time.perf_counter()
                fn(tx)
                return (time.perf_counter() - begun) * 1000

            times[label].append(look(timed))
        times[label] = times[label][2:]
    unit = statistics.median(times["one row by key"])
    show(
        f"Inbox, {name}, {CONVERSATIONS:,} conversations of {MESSAGES_EACH} messages",
        ["", "ms of server time", "× one row"],
        [
            [label, spread(found, 2), f"{statistics.median(found) / unit:,.0f}"]
            for label, found in times.items()
        ],
    )
    print(f"\nfilled in {filled:.0f} s, indexed in {indexed:.0f} s")
    house.db.close()
    shutil.rmtree(data)
