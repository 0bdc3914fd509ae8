"""Every table can be spread over machines by its owner. See docs/architecture.md, *Data*."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from tests.rules.schema import column_faults, foreign_key_faults, key_faults, tables
from tests.rules.source import none


def test_owners_come_first_in_every_key() -> None:
    none(fault for _, table in tables().values() for fault in key_faults(table))


def test_columns_are_portable() -> None:
    none(fault for _, table in tables().values() for fault in column_faults(table))


def test_foreign_keys_stay_with_the_owner() -> None:
    none(foreign_key_faults(tables()))


def test_a_key_without_its_owner_is_found() -> None:
    house = MetaData()
    table = Table(
        "rooms",
        house,
        Column("room_id", BigInteger, primary_key=True, autoincrement=False),
        Column("member_id", BigInteger, nullable=False),
        Column("name", Text),
        UniqueConstraint("name", "member_id"),
        info={"owner": "member_id"},
    )
    assert len(key_faults(table)) == 2
    assert key_faults(Table("attics", house, Column("a", Text, primary_key=True)))


def test_columns_that_mean_something_else_elsewhere_are_found() -> None:
    table = Table(
        "doors",
        MetaData(),
        Column("door_id", Integer, primary_key=True),
        Column("open", Boolean),
        Column("colour", Text, server_default="blue"),
        info={"owner": "door_id"},
    )
    assert len(column_faults(table)) == 3


def test_a_foreign_key_across_owners_is_found() -> None:
    house = MetaData()
    rooms = Table("rooms", house, Column("id", BigInteger, primary_key=True), info={"owner": "id"})
    chairs = Table(
        "chairs",
        house,
        Column("member_id", BigInteger, primary_key=True),
        Column("room_id", ForeignKey("rooms.id")),
        info={"owner": "member_id"},
    )
    assert len(foreign_key_faults({"rooms": ("a", rooms), "chairs": ("b", chairs)})) == 2
