"""Portability rule 9: spread over partitions by owner, PostgreSQL says what a statement touches."""

import importlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.types import Text

from entregent.ports.db import Statement, statement
from entregent.ports.db.statements import type_of_list
from entregent.server.schema import engine
from entregent.server.tables import metadata
from tests.rules.schema import partitioned
from tests.rules.source import modules, none
from tests.servers.postgres import PostgresServer

PARTS = 8


@pytest.fixture(scope="module")
def spread(postgres_server: PostgresServer) -> Iterator[psycopg.Connection[Any]]:
    """All tables in PostgreSQL, in partitions by their owner."""
    url = postgres_server.create("spread_by_owner")
    tables, parts = partitioned(metadata, PARTS)
    with engine(url).begin() as connection:
        tables.create_all(connection)
        for part in parts:
            connection.execute(text(part))
    with psycopg.connect(url, autocommit=True) as connection_:
        yield connection_


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement of every slice, by its place in the house."""
    for module in modules():
        if module.kind == "queries":
            place = module.name.removeprefix("entregent.").replace(".queries", "")
            for name, value in vars(importlib.import_module(module.name)).items():
                yield from _within(f"{place}.{name}", value)


def _within(name: str, value: Any) -> Iterator[tuple[str, Statement]]:
    if isinstance(value, Statement):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _within(f"{name}[{key}]", inner)


def touched(connection: psycopg.Connection[Any], asked: Statement) -> dict[str, int]:
    """How many partitions of each table PostgreSQL looks into, as it plans for one owner."""
    compiled = asked.compiled("postgresql")
    samples = {key: _sample(key, compiled._type(key)) for key in compiled.order}
    query = f"EXPLAIN (FORMAT JSON) {compiled.sql}"
    found = connection.execute(query, compiled.values(samples)).fetchone()
    assert found
    parts: dict[str, set[str]] = defaultdict(set)
    _walk(found[0], parts)
    return {table: len(some) for table, some in parts.items()}


def _sample(name: str, kind: Any) -> Any:
    """Another value for each parameter: two owners are not to look like one."""
    if isinstance(kind, type_of_list):
        return [_sample(name, kind.item_type)]
    if isinstance(kind, Text) or name == "text":
        return name
    return zlib.crc32(name.encode()) % 30_000


def _walk(plan: Any, parts: dict[str, set[str]]) -> None:
    if isinstance(plan, list):
        for one in plan:
            _walk(one, parts)
    elif isinstance(plan, dict):
        relation = plan.get("Relation Name")
        if relation is not None and relation not in metadata.tables:
            parts[relation.rpartition("_")[0]].add(relation)
        for inner in plan.values():
            _walk(inner, parts)


# What looks at more than one owner's rows, and why that is no hot path. Nothing else may.
WIDE = {
    "media.EXPIRED": "a chore",
    "media.GOING": "a chore",
    "media.STATE_OF": "a chore",
    "messaging.domains.BLOCKED": "the host's list of domains",
    "messaging.domains.DROP_KIND": "done when the house opens",
    "messaging.handling.OLD_BULKS": "a chore",
    "moderation.ALL_HOSTS": "a few rows, for hosts alone",
    "moderation.COUNT_CASES": "the hosts' queue",
    "moderation.PAGE_OF_CASES": "the hosts' queue",
    "moderation.PAGE_OF_LOG": "the hosts' log",
    "accounts.PAGE_OF_MEMBERS": "the host's list of everybody",
    "invitations.rows.TOO_OLD": "a chore",
    "invitations.words.FORGET_BANDS": "a chore",
    "invitations.words.FORGET_SHAPES": "a chore",
    "invitations.words.FORGET_USES": "a chore",
    "live.FORGET_COMMANDS": "a chore",
    "live.LONG_LOGS": "a chore",
    "messaging.said.DROP_PREVIEWS": "a chore",
    "messaging.search.SAMPLES[count nothing]": "words lie with their messages: asks everywhere",
    "messaging.search.SAMPLES[find all]": "the same",
    "messaging.search.SAMPLES[find nothing]": "the same",
    "messaging.search.LOWER_PROGRESS": "one row, and none on PostgreSQL",
    "network.distance.SECOND_AMONG[postgresql]": "circles of many, for a filter",
    "network.DROP_CONNECTIONS_TO": "somebody leaves: the far ends of all their connections",
    "network.MUTUALS": "two circles, of the viewer and of each face",
    "network.MUTUALS_OF_MANY": "the same, where the viewer has very many",
    "network.MUTUALS_WITH": "two circles",
    "network.SECOND": "circles of a circle, when somebody looks for people to know",
    "network.RENAME_IN_CONNECTIONS": "the far ends of all connections",
    "network.THIRD_FROM_ME": "circles of a circle, for faces that are not near",
    "network.THIRD_FROM_THEM": "the same",
    "profiles.FIND_AT": "people search goes by word",
    "notifications.OLD": "a chore",
    "profiles.FIND_NEAR": "people search goes by word",
    "profiles.FIND_OTHERS": "the same",
    "profiles.FIRST_NEAR": "the same",
    "profiles.FIRST_OTHERS": "the same",
    "transfer.SPOOLED": "asked once, at the start",
    "webhooks.WATCHING": "a chore",
}
SQLITE_ONLY = re.compile(
    r"messaging\.search\.(BEHIND|HIGHEST|TAKEN|TERMS|NEAR|REMOVE_SQLITE|\w+\[sqlite\].*)"
    r"|network\.distance\.\w+\[sqlite\]"
)
# What each message, each stream and each page of the inbox asks.
HOT = {
    "accounts.FIND_SESSION",
    "live.APPEND",
    "live.FIND_COMMAND",
    "live.GROW_HEAD",
    "live.HEAD",
    "live.KEEP_COMMAND",
    "live.SINCE",
    "media.SHOWN",
    "media.SHOWN_ONE",
    "messaging.desk.EVERY[boxes]",
    "messaging.desk.EVERY[filters]",
    "messaging.desk.EVERY[labels]",
    "messaging.handling.SET_ALL[all]",
    "messaging.handling.TAKE",
    "messaging.labels.FOLLOW",
    "messaging.lists.COUNT_LABELS",
    "messaging.lists.COUNT_OTHERS",
    "messaging.lists.COUNT_UNREAD",
    "messaging.lists.COUNT_VIEWS",
    "messaging.lists.EVERY_BOX",
    "messaging.lists.IDS[awaiting_me]",
    "messaging.lists.IDS[awaiting_them]",
    "messaging.lists.IDS[drafts]",
    "messaging.lists.IDS[label]",
    "messaging.lists.IDS[starred]",
    "messaging.lists.IDS[unread]",
    "messaging.lists.IDS[view]",
    "messaging.lists.PAGE[awaiting_me]",
    "messaging.lists.PAGE[awaiting_them]",
    "messaging.lists.PAGE[drafts]",
    "messaging.lists.PAGE[label]",
    "messaging.lists.PAGE[starred]",
    "messaging.lists.PAGE[unread]",
    "messaging.lists.PAGE[view]",
    "messaging.rows.AFTER",
    "messaging.rows.BEFORE",
    "messaging.rows.CONVERSATIONS",
    "messaging.rows.DELIVER",
    "messaging.rows.INSERT_MESSAGE",
    "messaging.rows.MY_PART",
    "messaging.rows.ONE_ROW",
    "messaging.rows.PARTICIPANTS",
    "messaging.rows.READ_UP_TO",
    "messaging.rows.SENT_BEFORE",
    "messaging.rows.SET_DRAFT",
    "messaging.rows.SET_LAST_SEQ",
    "messaging.rows.SOME_ROWS",
    "network.FIND_CONNECTION",
    "network.HIDDEN_AMONG",
    "network.PAGE_OF_CONNECTIONS",
    "profiles.FIND_FACES",
    "stories.AROUND",
    "stories.FIND",
    "stories.LIVE_HEADS",
    "stories.LIVE_OF",
    "stories.ODD",
    "stories.SEE",
    "stories.TRAY_OF",
    "stories.VIEW",
    "videos.FIND",
    "videos.PAGE",
    "videos.REPLIES",
    "videos.REPLY",
    "videos.SEE",
    "videos.TRACK",
}


def test_a_statement_touches_one_partition(spread: psycopg.Connection[Any]) -> None:
    """However many machines the rows lie on, one owner's are on one of them."""
    found = {name: one for name, one in statements() if not SQLITE_ONLY.fullmatch(name)}
    faults = [f"{name}: is no statement any more" for name in (HOT | set(WIDE)) - set(found)]
    faults += [f"{name}: is hot and may not be wide" for name in HOT & set(WIDE)]
    for name, one in found.items():
        wide = {table: parts for table, parts in touched(spread, one).items() if parts > 1}
        if wide and name not in WIDE:
            faults.append(f"{name}: touches so many partitions of {PARTS}: {wide}")
        elif not wide and name in WIDE:
            faults.append(f"{name}: touches one partition, it need not be listed")
    none(faults)


def test_a_statement_without_its_owner_is_found(spread: psycopg.Connection[Any]) -> None:
    log = metadata.tables["log"]
    assert touched(spread, statement(select(log).where(log.c.seq == 7))) == {"log": PARTS}
    one = select(log).where(log.c.member_id == bindparam("member_id"))
    assert touched(spread, statement(one)) == {"log": 1}
