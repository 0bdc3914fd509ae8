"""Statements compiled once: SQLAlchemy Core expressions that reach the driver as text and tuples.

Core is the one place where SQL is written. Compiling an expression costs a quarter of a
millisecond, far more than running it, so a statement of `queries.py` is wrapped by `statement()`
and compiled on its first use for each database.
"""

import json
import re
from bisect import bisect_left
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, Integer, Table, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement, Delete, Insert, Select, Update, visitors
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, TypeEngine

from .constants import Constants
from .recordset import Recordset

type_of_list = postgresql.ARRAY


class InList(ColumnElement[bool]):
    """`column IN (…)` over a list given as one parameter, so that the text never changes."""

    inherit_cache = False
    type = Boolean()
    _is_implicitly_boolean = True  # else SQLite's compiler appends "= 1"

    def __init__(self, column: ColumnElement[Any], name: str, kind: TypeEngine[Any]) -> None:
        self.column = column
        # Not required: rendering constant lists beside it must not ask for it.
        self.values = bindparam(name, type_=type_of_list(kind), required=False)


@compiles(InList, "sqlite")
def _in_list_sqlite(element: InList, compiler: Any, **kw: Any) -> str:
    column = compiler.process(element.column, **kw)
    values = compiler.process(element.values, **kw)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 (both are compiled)


@compiles(InList, "postgresql")
def _in_list_postgresql(element: InList, compiler: Any, **kw: Any) -> str:
    column = compiler.process(element.column, **kw)
    return f"{column} = ANY({compiler.process(element.values, **kw)})"


def in_list(column: ColumnElement[Any], name: str) -> InList:
    """`column IN (the list given as parameter name)`, compiled once whatever its length."""
    return InList(column, name, column.type)


class greatest(FunctionElement[Any]):  # noqa: N801 (reads like the function it is)
    """The larger of two values: `max` on SQLite, `greatest` on PostgreSQL."""

    inherit_cache = True
    name = "greatest"


@compiles(greatest, "sqlite")
def _greatest_sqlite(element: greatest, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(greatest, "postgresql")
def _greatest_postgresql(element: greatest, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


def insert_row(table: Table, *leave_out: str) -> Insert:
    """An insert whose parameters are named like the table's columns."""
    return table.insert().values(
        {c.name: bindparam(c.name) for c in table.columns if c.name not in leave_out}
    )


def upsert_row(
    table: Table,
    *,
    update: Iterable[str] = (),
    do: Mapping[str, Callable[[Any], Any]] | None = None,
) -> Insert:
    """An insert that, where the primary key exists, updates the named columns.

    `do` maps further columns to functions of `excluded`, the row that was to be inserted, for
    what is not plain replacement. With neither, an existing row is left as it is.
    """
    insert = postgresql.insert(table).values({c.name: bindparam(c.name) for c in table.columns})
    changes: dict[str, Any] = {name: insert.excluded[name] for name in update}
    changes.update({name: make(insert.excluded) for name, make in (do or {}).items()})
    key = [c.name for c in table.primary_key.columns]
    if not changes:
        return insert.on_conflict_do_nothing(index_elements=key)
    return insert.on_conflict_do_update(index_elements=key, set_=changes)


class _SQLite(Constants, SQLiteCompiler):
    pass


class _Postgres(Constants, PGCompiler_psycopg):
    pass


class _BatchCompiler(_SQLite):
    """Renders each named parameter as a column of `batch`, the rows that are handed over."""

    def visit_bindparam(self, bindparam: BindParameter[Any], **kw: Any) -> str:  # type: ignore[override]
        if bindparam.unique:
            return super().visit_bindparam(bindparam, **kw)
        fields = self.__dict__.setdefault("fields", [])
        if bindparam.key not in fields:
            fields.append(bindparam.key)
        return f"batch.c{fields.index(bindparam.key)}"


class _BatchDialect(SQLiteDialect_pysqlite):
    statement_compiler = _BatchCompiler
    supports_statement_cache = False


class _SQLiteDialect(SQLiteDialect_pysqlite):
    statement_compiler = _SQLite
    supports_statement_cache = False


class _PostgresDialect(PGDialect_psycopg):
    statement_compiler = _Postgres
    supports_statement_cache = False


_DIALECTS: dict[str, Callable[[], Dialect]] = {
    "sqlite": lambda: _SQLiteDialect(paramstyle="qmark"),
    "postgresql": lambda: _PostgresDialect(paramstyle="format"),  # type: ignore[no-untyped-call]
}
_dialects: dict[str, Dialect] = {}


def dialect(name: str) -> Dialect:
    """SQLAlchemy's dialect for `sqlite` or `postgresql`, made once."""
    if name not in _dialects:
        _dialects[name] = _DIALECTS[name]()
    return _dialects[name]


def _json(some: Iterable[Any]) -> str:
    return json.dumps(list(some))


def _array(some: Iterable[int]) -> str:
    """As the driver writes it, which looks at each number several times."""
    return f"{{{','.join(map(str, some))}}}"


class Compiled:
    """Text for one database, with the order in which the driver wants the parameters."""

    def __init__(self, expression: ClauseElement, name: str) -> None:
        for element in visitors.iterate(expression):
            if isinstance(element, BindParameter):
                element.required = False  # rendering constant lists must not ask for the others
        compiled = expression.compile(
            dialect=dialect(name), compile_kwargs={"render_postcompile": True}
        )
        self.sql = str(compiled)
        self.order: Sequence[str] = compiled.positiontup or ()  # type: ignore[attr-defined]
        self._binds: Mapping[str, Any] = compiled.binds  # type: ignore[attr-defined]
        lists = [key for key in self.order if isinstance(self._type(key), type_of_list)]
        self._lists: dict[str, Callable[[Iterable[Any]], str]] = {
            key: _json if name == "sqlite" else _array
            for key in lists
            if name == "sqlite" or isinstance(self._type(key).item_type, Integer)
        }

    def _type(self, key: str) -> Any:
        bind = self._binds.get(key)
        return bind.type if bind is not None else None

    def values(self, params: Mapping[str, Any]) -> tuple[Any, ...]:
        """The parameters in the driver's order; a missing one is a programming error."""
        lists = self._lists
        if not lists:
            return tuple([params[key] for key in self.order])
        return tuple(
            [lists[key](params[key]) if key in lists else params[key] for key in self.order]
        )


_VALUES = re.compile(r" VALUES \((.*?)\)(?= ON CONFLICT| RETURNING|$)", re.DOTALL)


# Rows go to the database in pieces of these sizes, so that few texts are ever prepared; what is
# over in the last piece is left empty.
_PIECES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
_LARGEST = _PIECES[-1]


class Batch:
    """SQLite's form of a statement for many rows: one call for up to 128 of them.

    Python's driver takes and drops the interpreter lock at every step of every row; under load
    each of those waits for the event loop. One call for many rows waits once.
    """

    def __init__(self, expression: ClauseElement) -> None:
        compiled = expression.compile(
            dialect=_BatchDialect(paramstyle="qmark"), compile_kwargs={"render_postcompile": True}
        )
        self.fields: list[str] = compiled.__dict__.get("fields", [])
        text = str(compiled)
        if isinstance(expression, Insert):
            text = _VALUES.sub(
                lambda found: f" SELECT {found[1]} FROM batch WHERE true",  # noqa: S608 (compiled)
                text,
            )
        elif isinstance(expression, Update):
            head, where = text.rsplit(" WHERE ", 1)
            text = f"{head} FROM batch WHERE {where}"
        elif isinstance(expression, Select):
            columns, rest = text.split(" \nFROM ", 1)
            text = f"{columns} FROM batch CROSS JOIN {rest}"
        elif isinstance(expression, Delete):
            head, where = text.split(" WHERE ", 1)
            table: Any = expression.table
            key = ", ".join(f"{table.name}.{one.name}" for one in table.primary_key)
            found = f"SELECT {key} FROM batch CROSS JOIN {table.name} WHERE {where}"  # noqa: S608 (compiled)
            text = f"{head} WHERE ({key}) IN ({found})"
        else:
            raise TypeError("this cannot be run for many rows")
        self._text = text
        self._sql: dict[int, str] = {}

    def pieces(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
        """Text and parameters of each call."""
        fields = self.fields
        for start in range(0, len(rows), _LARGEST):
            some = rows[start : start + _LARGEST]
            values = [row[field] for row in some for field in fields]
            size = _PIECES[bisect_left(_PIECES, len(some))]
            values += [None] * (len(fields) * (size - len(some)))
            values.append(len(some))
            yield self._of_size(size), values

    def _of_size(self, size: int) -> str:
        sql = self._sql.get(size)
        if sql is None:
            row = f"({','.join('?' * len(self.fields))})"
            names = ",".join(f"c{number}" for number in range(len(self.fields)))
            given = f"SELECT * FROM (VALUES {','.join([row] * size)}) LIMIT ?"  # noqa: S608 (marks)
            sql = self._sql[size] = f"WITH batch({names}) AS ({given}) {self._text}"
        return sql


class Statement:
    """An expression that is compiled once for each database, at its first use."""

    def __init__(self, expression: ClauseElement) -> None:
        self.expression = expression
        self._compiled: dict[str, Compiled] = {}
        self._batch: Batch | None = None
        self._recordset: Recordset | None = None
        self.row = row_type(expression)

    def compiled(self, name: str) -> Compiled:
        """The text for `sqlite` or `postgresql`."""
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = Compiled(self.expression, name)
        return found

    def batch(self) -> Batch:
        """SQLite's form for many rows."""
        if self._batch is None:
            self._batch = Batch(self.expression)
        return self._batch

    def recordset(self) -> Recordset:
        """PostgreSQL's form for many rows."""
        if self._recordset is None:
            self._recordset = Recordset(self.expression)
        return self._recordset


def row_type(expression: ClauseElement) -> Callable[[Iterable[Any]], Any] | None:
    """Makes a named tuple of a driver's row; None for a statement that returns nothing."""
    columns: Any = getattr(expression, "selected_columns", None)
    if columns is None:
        columns = getattr(expression, "_returning", ())
    names = [getattr(column, "key", None) or "value" for column in columns]
    if not names:
        return None
    # typing.NamedTuple cannot be made of names that are known only now.
    made: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024
    # Without the step through Python that `_make` is: there are some rows to each message.
    return partial(tuple.__new__, made)


def statement(expression: ClauseElement) -> Statement:
    """Wraps an expression of `queries.py` so that it is compiled once."""
    return Statement(expression)


__all__ = [
    "Batch",
    "Compiled",
    "Statement",
    "dialect",
    "greatest",
    "in_list",
    "insert_row",
    "statement",
    "upsert_row",
]
