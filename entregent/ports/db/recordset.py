"""PostgreSQL's form of a statement for many rows: one call, with the rows as one JSON parameter.

A call for each row costs the driver and the database far more than the row itself.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.sql import Delete, Insert, Select, Update
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import ARRAY, NullType

from .constants import Constants

_VALUES = re.compile(r" VALUES \((.*?)\)(?= ON CONFLICT| RETURNING|$)", re.DOTALL)
# What is worked out over all rows found is another thing over those of many rows given.
_WHOLE = re.compile(
    r"\b(count|sum|avg|min|max)\(|\b(GROUP BY|ORDER BY|LIMIT|DISTINCT|FOR UPDATE)\b"
)
_encode = msgspec.json.Encoder().encode


class _Compiler(Constants, PGCompiler_psycopg):
    """Renders each named parameter as a column of `batch`, the rows that are handed over."""

    def visit_bindparam(self, bindparam: BindParameter[Any], **kw: Any) -> str:  # type: ignore[override]
        if bindparam.unique:
            return super().visit_bindparam(bindparam, **kw)
        fields = self.__dict__.setdefault("fields", {})
        if isinstance(fields.get(bindparam.key), NullType | None):
            fields[bindparam.key] = bindparam.type
        return f'batch."{bindparam.key}"'


class _Dialect(PGDialect_psycopg):
    statement_compiler = _Compiler
    supports_statement_cache = False


class Recordset:
    """The text, and the parameter for some rows; `sql` is None where it cannot be said so."""

    def __init__(self, expression: ClauseElement) -> None:
        dialect = _Dialect(paramstyle="format")  # type: ignore[no-untyped-call]
        compiled = expression.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        types: Mapping[str, Any] = compiled.__dict__.get("fields", {})
        self._fields = list(types)
        self._key = _key_of(expression)
        self.sql: str | None = None
        if any(isinstance(one, NullType | ARRAY) for one in types.values()):
            return
        columns = ", ".join(f'"{name}" {one.compile(dialect)}' for name, one in types.items())
        rows = f"json_to_recordset(%s::json) AS batch({columns})"
        text = str(compiled)
        if isinstance(expression, Insert):
            self.sql = _VALUES.sub(lambda found: f" SELECT {found[1]} FROM {rows}", text)  # noqa: S608 (compiled)
        elif isinstance(expression, Update):
            head, where = text.rsplit(" WHERE ", 1)
            self.sql = f"{head} FROM {rows} WHERE {where}"
        elif isinstance(expression, Delete):
            head, where = text.split(" WHERE ", 1)
            self.sql = f"{head} USING {rows} WHERE {where}"
        elif isinstance(expression, Select) and not _WHOLE.search(text):
            head, rest = text.split(" \nFROM ", 1)
            self.sql = f"{head} FROM {rows} CROSS JOIN {rest}"

    def takes(self, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Whether one call may do it: no two rows of an upsert for the same key."""
        if self.sql is None or len(rows) < 2:
            return False
        return not self._key or len({tuple([row[k] for k in self._key]) for row in rows}) == len(
            rows
        )

    def value(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """The parameter; a missing field is a programming error."""
        for field in self._fields:
            rows[0][field]
        return _encode(rows).decode()


def _key_of(expression: ClauseElement) -> list[str]:
    """The columns by which an upsert finds the row that is there."""
    conflict = getattr(expression, "_post_values_clause", None)
    return [str(name) for name in getattr(conflict, "inferred_target_elements", None) or ()]
