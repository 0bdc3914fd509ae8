"""Every statement over who is two steps away from a member."""

from typing import Any

from sqlalchemy import BigInteger, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from entregent.ports.db import Statement, in_list, statement

from ..tables import connections
from . import circle_of

KNOWN_TO = statement(
    select(connections.c.other_id).where(in_list(connections.c.member_id, "ids")).distinct()
)
CONNECTIONS_OF = statement(
    select(connections.c.member_id, connections.c.other_id).where(
        in_list(connections.c.member_id, "ids")
    )
)
# Each of the list is left as soon as somebody is met whom the member knows: the list stands in
# FROM, so that a person is one row and not one for each connection.
_given: Any = bindparam("ids", type_=ARRAY(BigInteger))


def _among(person: Any) -> Statement:
    return statement(
        select(person.c.value).where(
            exists()
            .where(
                connections.c.member_id == person.c.value,
                (connections.c.other_id + 0).in_(circle_of()),
            )
            .correlate(person)
        )
    )


SECOND_AMONG = {
    "sqlite": _among(func.json_each(_given).table_valued("value")),
    "postgresql": _among(func.unnest(_given).table_valued("value").render_derived()),
}
