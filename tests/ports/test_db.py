"""The database seam's contract, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    MetaData,
    SmallInteger,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)

from entregent.kit.errors import Refusal
from entregent.kit.events import Event
from entregent.ports.clock import StoppedClock
from entregent.ports.db import (
    Database,
    Transaction,
    batched,
    greatest,
    in_list,
    insert_row,
    open_database,
    statement,
    upsert_row,
)
from entregent.ports.ids import NodeIds

things = Table(
    "things",
    MetaData(),
    Column("owner_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thing_id", BigInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger),
    Column("flag", SmallInteger),
    Column("name", Text),
)
CREATE = (
    "CREATE TABLE things (owner_id BIGINT NOT NULL, thing_id BIGINT NOT NULL, size BIGINT, "
    "flag SMALLINT, name TEXT, PRIMARY KEY (owner_id, thing_id))"
)
INSERT = statement(insert_row(things))
UPSERT = statement(
    upsert_row(
        things,
        update=["name"],
        do={"size": lambda excluded: greatest(things.c.size, excluded.size)},
    )
)
KEEP = statement(upsert_row(things))
ALL = statement(select(things).order_by(things.c.owner_id, things.c.thing_id))
ONE = statement(
    select(things.c.thing_id, things.c.name).where(
        things.c.owner_id == bindparam("owner"), things.c.thing_id == bindparam("thing")
    )
)
SOME = statement(
    select(things.c.thing_id)
    .where(things.c.owner_id == bindparam("owner"), in_list(things.c.thing_id, "ids"))
    .order_by(things.c.thing_id)
)
GROW = statement(
    update(things)
    .where(things.c.owner_id == bindparam("owner"), things.c.thing_id == bindparam("thing"))
    .values(size=things.c.size + bindparam("by"), flag=1)
    .returning(things.c.thing_id, things.c.size)
)

DROP = statement(
    delete(things).where(
        things.c.owner_id == bindparam("owner"), things.c.thing_id == bindparam("thing")
    )
)


class Said(Event, tag="test.said"):
    """Something was said."""

    text: str


def row(owner: int, thing: int, **more: Any) -> dict[str, Any]:
    return {"owner_id": owner, "thing_id": thing, "size": 1, "flag": 0, "name": "é'\"\n", **more}


@pytest.fixture
def db(request: pytest.FixtureRequest, database_url: str) -> Iterator[Database]:
    clock = StoppedClock()
    opened = open_database(database_url, clock, NodeIds(clock))
    opened.write_now(lambda tx: tx.script("DROP TABLE IF EXISTS things"))
    opened.write_now(lambda tx: tx.script(CREATE))
    yield opened
    opened.close()


def test_rows_are_named(db: Database) -> None:
    db.write_now(lambda tx: tx.run(INSERT, **row(1, 2**62)))
    (found,) = db.read_now(lambda tx: tx.all(ALL))
    assert found.thing_id == 2**62
    assert found.name == "é'\"\n"
    assert db.read_now(lambda tx: tx.first(ONE, owner=1, thing=3)) is None


@pytest.mark.parametrize("count", [1, 2, 300])
def test_many_rows_at_once(db: Database, count: int) -> None:
    db.write_now(
        lambda tx: tx.run_many(INSERT, [row(1, i, name=None if i else "x") for i in range(count)])
    )
    found = db.read_now(
        lambda tx: tx.each(ONE, [{"owner": 1, "thing": i} for i in range(count + 5)])
    )
    assert sorted(r.thing_id for r in found) == list(range(count))
    grown = db.write_now(
        lambda tx: tx.each(GROW, [{"owner": 1, "thing": i, "by": i} for i in range(count)])
    )
    assert {r.thing_id: r.size for r in grown} == {i: i + 1 for i in range(count)}
    assert db.read_now(lambda tx: [r.flag for r in tx.all(ALL)]) == [1] * count
    db.write_now(lambda tx: tx.run(INSERT, **row(2, 0)))
    gone = [{"owner": 1, "thing": i} for i in range(count + 5)]
    db.write_now(lambda tx: tx.run_many(DROP, gone))
    assert [r.owner_id for r in db.read_now(lambda tx: tx.all(ALL))] == [2]


def test_lists_are_one_parameter(db: Database) -> None:
    db.write_now(lambda tx: tx.run_many(INSERT, [row(1, i) for i in range(9)]))
    assert db.read_now(lambda tx: [r.thing_id for r in tx.all(SOME, owner=1, ids=[2, 5, 77])]) == [
        2,
        5,
    ]
    assert db.read_now(lambda tx: tx.all(SOME, owner=1, ids=[])) == []


def test_upsert(db: Database) -> None:
    db.write_now(lambda tx: tx.run(UPSERT, **row(1, 1, size=5, name="a")))
    db.write_now(lambda tx: tx.run_many(UPSERT, [row(1, 1, size=3, name="b"), row(1, 2)]))
    db.write_now(lambda tx: tx.run_many(KEEP, [row(1, 1, size=9, name="c"), row(1, 3)]))
    found = db.read_now(lambda tx: tx.all(ALL))
    assert (found[0].thing_id, found[0].name) == (1, "b")
    assert found[0].size == 5
    assert len(found) == 3


def test_many_rows_keep_what_they_hold(db: Database) -> None:
    names = ["é'\"\n", "%s %(a)s 100%", "{}[],\\ \\u0041", "", "\U0001f44d"]
    rows = [row(2**62, 2**62 + place, name=name) for place, name in enumerate(names)]
    db.write_now(lambda tx: tx.run_many(INSERT, rows))
    found = db.read_now(lambda tx: tx.all(ALL))
    assert [(one.thing_id, one.name) for one in found] == [(r["thing_id"], r["name"]) for r in rows]


def test_of_two_rows_for_one_key_the_later_stands(db: Database) -> None:
    rows = [row(1, 1, size=5, name="a"), row(1, 2), row(1, 1, size=3, name="b")]
    db.write_now(lambda tx: tx.run_many(UPSERT, rows))
    found = db.read_now(lambda tx: tx.all(ALL))
    assert (found[0].thing_id, found[0].name, found[0].size) == (1, "b", 5)
    assert len(found) == 2


def test_an_action_that_fails_leaves_nothing(db: Database) -> None:
    def half(tx: Transaction) -> None:
        tx.run(INSERT, **row(1, 1))
        raise Refusal("test.no")

    with pytest.raises(Refusal):
        db.write_now(half)
    assert db.read_now(lambda tx: tx.all(ALL)) == []


def test_what_nobody_waits_for_fails_before_the_end(db: Database) -> None:
    def twice(tx: Transaction) -> str:
        tx.run_many(INSERT, [row(1, 1), row(1, 2)])
        tx.run(INSERT, **row(1, 2))
        return "written"

    with pytest.raises(Exception, match=r"(?i)unique"):
        db.write_now(twice)
    assert db.read_now(lambda tx: tx.all(ALL)) == []
    db.write_now(lambda tx: tx.run(INSERT, **row(1, 1)))  # and the next one is not touched by it
    assert len(db.read_now(lambda tx: tx.all(ALL))) == 1


def test_what_is_asked_is_answered_as_of_then(db: Database) -> None:
    def asked(tx: Transaction) -> None:
        tx.run_many(INSERT, [row(1, 1), row(1, 2)])
        before = tx.ask(ALL)
        grown = tx.ask_each(GROW, [{"owner": 1, "thing": thing, "by": 5} for thing in (1, 2)])
        one = tx.ask_each(ONE, [{"owner": 1, "thing": 2}])
        tx.run_many(DROP, [{"owner": 1, "thing": thing} for thing in (1, 2)])
        after, none = tx.ask(ALL), tx.ask_each(ONE, [])
        assert none() == after() == []
        assert [r.thing_id for r in one()] == [2]
        assert [r.size for r in grown()] == [6, 6]
        assert [r.size for r in before()] == [1, 1]

    db.write_now(asked)


def test_tells_how_many_rows_were_touched(db: Database) -> None:
    def some(tx: Transaction) -> list[int]:
        tx.run_many(INSERT, [row(1, 1), row(1, 2)])
        gone = [tx.touch(DROP, owner=1, thing=thing) for thing in (1, 1, 2)]
        return [*gone, len(tx.all(ALL))]

    assert db.write_now(some) == [1, 0, 1, 0]


@pytest.mark.parametrize("begun", [False, True])
def test_a_lost_connection_is_made_again(db: Database, begun: bool) -> None:
    """Also in the middle of an action: nothing of it is there, and it is done again."""
    if db.dialect != "postgresql":
        return
    writer = db.write_now(lambda tx: tx.value(statement(select(func.pg_backend_pid()))))
    end = statement(select(func.pg_terminate_backend(writer, 5_000)))
    tries = []

    def add(tx: Transaction) -> int:
        tries.append(1)
        tx.run(INSERT, **row(1, 1))
        if begun and len(tries) == 1:
            assert db.read_now(lambda other: other.value(end))
        tx.run(INSERT, **row(1, 2))
        return len(tx.all(ALL))

    if not begun:
        assert db.read_now(lambda tx: tx.value(end))
    assert db.write_now(add) == 2
    assert len(db.read_now(lambda tx: tx.all(ALL))) == 2


async def test_waiting_actions_share_a_commit_and_fail_alone(database_url: str) -> None:
    clock = StoppedClock()
    db = open_database(database_url, clock, NodeIds(clock))
    db.write_now(lambda tx: tx.script("DROP TABLE IF EXISTS things"))
    db.write_now(lambda tx: tx.script(CREATE))
    journal = Journal()
    db.journal = journal

    def add(tx: Transaction, thing: int) -> int:
        tx.run(INSERT, **row(1, thing))
        tx.emit(Said(text=str(thing)), to=[thing])
        if thing % 10 == 3:
            raise Refusal("test.no")
        if thing % 10 == 4:
            tx.run(INSERT, **row(1, thing))  # breaks the primary key
        return thing

    answers = await asyncio.gather(
        *(db.write(add, thing) for thing in range(100)), return_exceptions=True
    )
    good = [answer for answer in answers if isinstance(answer, int)]
    assert good == [i for i in range(100) if i % 10 not in (3, 4)]
    assert sum(isinstance(answer, Refusal) for answer in answers) == 10
    assert db.read_now(lambda tx: len(tx.all(ALL))) == 80
    assert sorted(journal.told) == sorted(good)
    assert journal.commits < 40  # one hundred actions, far fewer commits
    db.close()


async def test_a_batched_action_answers_each(database_url: str) -> None:
    clock = StoppedClock()
    db = open_database(database_url, clock, NodeIds(clock))
    sizes: list[int] = []

    @batched
    def double(_tx: Transaction, numbers: list[int]) -> list[int | Refusal]:
        sizes.append(len(numbers))
        return [Refusal("test.odd") if n % 2 else n * 2 for n in numbers]

    write: Any = db.write  # each gives one, the action takes all
    answers = await asyncio.gather(*(write(double, n) for n in range(50)), return_exceptions=True)
    assert [a for a in answers if isinstance(a, int)] == [n * 2 for n in range(0, 50, 2)]
    assert sum(isinstance(a, Refusal) for a in answers) == 25
    assert len(sizes) < 25
    db.close()


def test_listeners_run_in_the_transaction(db: Database) -> None:
    def listener(tx: Transaction, event: Said) -> None:
        tx.run(INSERT, **row(9, int(event.text)))

    db.listen(Said, listener)

    def say(tx: Transaction, fail: bool) -> None:
        tx.emit(Said(text="7"))
        if fail:
            raise Refusal("test.no")

    with pytest.raises(Refusal):
        db.write_now(say, True)
    assert db.read_now(lambda tx: tx.all(ALL)) == []
    db.write_now(say, False)
    assert db.read_now(lambda tx: [r.thing_id for r in tx.all(ALL)]) == [7]


def test_a_read_sees_one_moment(db: Database) -> None:
    def look(tx: Transaction) -> tuple[int, int]:
        before = len(tx.all(ALL))
        db.write_now(lambda other: other.run(INSERT, **row(1, 1)))
        return before, len(tx.all(ALL))

    assert db.read_now(look) == (0, 0)


def test_readers_cannot_write(db: Database) -> None:
    with pytest.raises(Exception, match=r"read.?only"):
        db.read_now(lambda tx: tx.run(INSERT, **row(1, 1)))


@pytest.mark.parametrize(
    ("name", "wanted"), [("max_parallel_workers_per_gather", "0"), ("jit", "off")]
)
def test_nobody_helps_with_a_short_statement(db: Database, name: str, wanted: str) -> None:
    """PostgreSQL would start other processes for a few rows, or compile what reads them; either
    takes longer than the reading."""
    if db.dialect == "postgresql":
        setting = statement(select(func.current_setting(name)))
        assert db.read_now(lambda tx: tx.value(setting)) == wanted
        assert db.write_now(lambda tx: tx.value(setting)) == wanted


def test_every_commit_reaches_the_disk(db: Database) -> None:
    if db.dialect == "sqlite":
        writer: Any = db._writer
        (level,) = writer._db.execute("PRAGMA synchronous").fetchone()
        assert level == 2
    else:
        writer = db._writer
        found = writer._db.execute("SHOW synchronous_commit")
        assert found.fetchone()[0] == "on"


class Journal:
    """Remembers what it was told, after the commit only."""

    def __init__(self) -> None:
        self.told: list[int] = []
        self.commits = 0

    def append(self, _tx: Transaction, emitted: Any) -> list[int]:
        return [member for member, _ in emitted]

    def committed(self, appended: list[int]) -> None:
        self.commits += 1
        self.told.extend(appended)
