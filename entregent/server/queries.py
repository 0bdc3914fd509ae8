"""The statements over facts."""

from sqlalchemy import bindparam, select

from entregent.ports.db import insert_row, statement

from .tables import facts

FIND_FACT = statement(select(facts.c.value).where(facts.c.name == bindparam("fact")))
KEEP_FACT = statement(insert_row(facts))
