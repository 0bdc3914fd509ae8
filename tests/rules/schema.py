"""The tables of all slices, gathered, and how their owners divide them among machines."""

import importlib
from functools import lru_cache

from sqlalchemy import MetaData, Table, UniqueConstraint
from sqlalchemy.sql.schema import Column, ForeignKeyConstraint

from entregent.ports.db import metadata

from .source import modules


@lru_cache
def tables() -> dict[str, tuple[str, Table]]:
    """Each table by name, with the slice that declares it."""
    found: dict[str, tuple[str, Table]] = {}
    for module in modules():
        if "tables" not in module.name.split(".")[2:]:
            continue
        importlib.import_module(module.name)
        for name, table in metadata.tables.items():
            found.setdefault(name, (module.slice, table))
    return found


def owner_of(table: Table) -> str | None:
    owner = table.info.get("owner")
    return owner if isinstance(owner, str) and owner in table.columns else None


def is_reference(table: Table) -> bool:
    """A small table that every machine keeps whole."""
    return bool(table.info.get("reference"))


def key_faults(table: Table) -> list[str]:
    """The owner is the first column of the primary key and of each unique constraint."""
    owner = owner_of(table)
    if is_reference(table):
        return []
    if owner is None:
        return [f"{table.name}: names no owner column in its info"]
    keys: list[tuple[str, list[str]]] = [("primary key", [c.name for c in table.primary_key])]
    keys += [
        ("unique constraint", [column.name for column in constraint.columns])
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    keys += [
        (f"unique index {index.name}", [column.name for column in index.columns])
        for index in table.indexes
        if index.unique
    ]
    return [
        f"{table.name}: its {what} {columns} does not begin with its owner, {owner}"
        for what, columns in keys
        if columns[:1] != [owner]
    ]


def column_faults(table: Table) -> list[str]:
    """Types and defaults that mean the same on every database."""
    allowed = {"BigInteger", "Integer", "SmallInteger", "Text"}
    faults = []
    column: Column[object]
    for column in table.columns:
        where = f"{table.name}.{column.name}"
        if type(column.type).__name__ not in allowed:
            faults.append(f"{where}: {type(column.type).__name__} is not one of {sorted(allowed)}")
        if column.server_default is not None or column.computed or column.identity:
            faults.append(f"{where}: the application passes every value")
        if column.primary_key and column.autoincrement not in {False, "auto"}:
            faults.append(f"{where}: ids come from the application")
        if column.name == owner_of(table) and column.nullable:
            faults.append(f"{where}: an owner is never null")
    number = [c for c in table.primary_key if type(c.type).__name__ != "Text"]
    if len(table.primary_key) == 1 and number and number[0].autoincrement is not False:
        faults.append(f"{table.name}.{number[0].name}: say autoincrement=False")
    return faults


def foreign_key_faults(declared: dict[str, tuple[str, Table]]) -> list[str]:
    """Foreign keys run along the owner, inside a slice, or to a reference table."""
    faults = []
    for slice_name, table in declared.values():
        for key in table.constraints:
            if not isinstance(key, ForeignKeyConstraint):
                continue
            other = key.referred_table
            pairs = [(element.parent.name, element.column.name) for element in key.elements]
            where = f"{table.name} → {other.name}"
            if is_reference(other):
                continue
            if (owner_of(table), owner_of(other)) not in pairs:
                faults.append(f"{where}: does not run along the owner")
            if declared.get(other.name, ("",))[0] != slice_name:
                faults.append(f"{where}: another slice's table")
    return faults


def partitioned(source: MetaData, parts: int) -> tuple[MetaData, list[str]]:
    """The same tables in PostgreSQL, spread over `parts` partitions by their owner."""
    copy = MetaData(naming_convention=source.naming_convention)
    statements = []
    for table in source.sorted_tables:
        twin = table.to_metadata(copy)
        owner = owner_of(table)
        if is_reference(table) or owner is None:
            continue
        twin.dialect_options["postgresql"]["partition_by"] = f"HASH ({owner})"
        statements += [
            f'CREATE TABLE "{table.name}_{part}" PARTITION OF "{table.name}"'
            f" FOR VALUES WITH (MODULUS {parts}, REMAINDER {part})"
            for part in range(parts)
        ]
    return copy, statements
