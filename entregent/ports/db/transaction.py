"""What an action is given: a transaction that reads, writes and emits, and nothing to await."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy.sql.elements import ClauseElement

from entregent.kit.events import Event, Fact

from .statements import Statement

Row = Any
Asked = Callable[[], list[Row]]  # gives the rows, having waited for them
Listener = Callable[["Transaction", Any], None]


class Connection(Protocol):
    """One open connection of an adapter."""

    dialect: str

    def query(self, statement: Statement, params: Mapping[str, Any]) -> list[Row]:
        """All rows of a statement."""
        ...

    def ask(self, statement: Statement, params: Mapping[str, Any]) -> Asked:
        """Begins to ask for all rows of a statement."""
        ...

    def execute(self, statement: Statement, params: Mapping[str, Any]) -> None:
        """Runs a statement, now or before the next question is answered."""
        ...

    def touch(self, statement: Statement, params: Mapping[str, Any]) -> int:
        """Runs a statement and tells how many rows it touched."""
        ...

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs a statement for many rows in as few round trips as the database allows."""
        ...

    def ask_each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> Asked:
        """Begins to ask for the rows of a statement run for many parameter rows: tuples, in no
        promised order."""
        ...

    def script(self, sql: str) -> None:
        """Runs plain text: transaction control and what Core cannot say."""
        ...

    def close(self) -> None:
        """Closes it."""
        ...


class Transaction:
    """A unit of work. Every statement of an action goes through it; it is committed by `db`.

    `now` is the time of the transaction in milliseconds; `new_id()` makes ids; `database` tells
    the databases of a process apart, for what is remembered between transactions.
    """

    __slots__ = ("_connection", "_listeners", "database", "emitted", "new_id", "now")

    def __init__(
        self,
        connection: Connection,
        now: int,
        new_id: Callable[[], int],
        listeners: Mapping[type, Sequence[Listener]],
        database: int,
    ) -> None:
        self._connection = connection
        self._listeners = listeners
        self.database = database
        self.now = now
        self.new_id = new_id
        self.emitted: list[tuple[int, Event]] = []

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._connection.dialect

    def all(self, statement: Statement | ClauseElement, /, **params: Any) -> list[Row]:
        """All rows, as named tuples."""
        return self._connection.query(_wrapped(statement), params)

    def ask(self, statement: Statement | ClauseElement, /, **params: Any) -> Asked:
        """Asks for all rows, which are there when called for: what is asked at once is answered in
        one round trip."""
        return self._connection.ask(_wrapped(statement), params)

    def first(self, statement: Statement | ClauseElement, /, **params: Any) -> Row | None:
        """The first row, or None."""
        rows = self._connection.query(_wrapped(statement), params)
        return rows[0] if rows else None

    def value(self, statement: Statement | ClauseElement, /, **params: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.first(statement, **params)
        return None if row is None else row[0]

    def run(self, statement: Statement | ClauseElement, /, **params: Any) -> None:
        """Runs a statement; a database that is elsewhere may still be at it when this returns."""
        self._connection.execute(_wrapped(statement), params)

    def touch(self, statement: Statement | ClauseElement, /, **params: Any) -> int:
        """Runs a statement and tells how many rows it touched."""
        return self._connection.touch(_wrapped(statement), params)

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs one statement for many rows at once; two rows may not touch the same target."""
        if rows:
            self._connection.execute_many(statement, rows)

    def each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The rows that a statement gives for many parameter rows, in no promised order."""
        return self.ask_each(statement, rows)()

    def ask_each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> Asked:
        """Asks for them, as `ask` does."""
        if not rows:
            return list
        asked, named = self._connection.ask_each(statement, rows), statement.row
        return lambda: [named(row) for row in asked()] if named else []

    def script(self, sql: str) -> None:
        """Runs plain text that Core cannot say (full-text tables)."""
        self._connection.script(sql)

    def emit(self, event: Event | Fact, to: Iterable[int] = ()) -> None:
        """Tells a fact: listeners react now, and the members' logs have it at commit."""
        for listener in self._listeners.get(type(event), ()):
            listener(self, event)
        if isinstance(event, Event):
            for member_id in to:
                self.emitted.append((member_id, event))


def _wrapped(statement: Statement | ClauseElement) -> Statement:
    return statement if isinstance(statement, Statement) else Statement(statement)
