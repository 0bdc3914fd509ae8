"""Every statement over connections, blocks and contacts, and the fragments lent to others."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql import ColumnElement

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..model import MOST_WORDS
from ..tables import (
    blocks,
    connections,
    contact_emails,
    contact_sources,
    contacts,
    not_suggested,
)

_limit = bindparam("limit", type_=Integer)


def circle_of(name: str = "me") -> Select[Any]:
    """Lent: the ids of everyone connected to the member given as that parameter."""
    mine = connections.alias("mine")
    return select(mine.c.other_id).where(mine.c.member_id == bindparam(name))


def is_connected(other: ColumnElement[int]) -> ColumnElement[bool]:
    """Lent: whether the member given as `me` is connected to whoever the column names; of many
    connections only those are looked at."""
    mine = connections.alias("mine")
    return exists().where(mine.c.member_id == bindparam("me"), mine.c.other_id == other)


def hidden_from() -> Select[Any]:
    """Lent: the ids of everyone whom a block hides from the member given as `me`."""
    hidden = blocks.alias("hidden")
    return select(hidden.c.other_id).where(hidden.c.member_id == bindparam("me"))


def _in_circle(column: ColumnElement[Any]) -> ColumnElement[bool]:
    # "+ 0" keeps SQLite from looking up every pair of two lists: it walks the rows of one person
    # and asks the set of the other's, which is far less.
    return (column + 0).in_(circle_of())


def _named(key: ColumnElement[str]) -> ColumnElement[bool]:
    spaced = literal(" ") + key
    return and_(*(spaced.like(bindparam(f"word_{number}")) for number in range(MOST_WORDS)))


# -- connections ---------------------------------------------------------------------------------

_edge = and_(
    connections.c.member_id == bindparam("me"), connections.c.other_id == bindparam("other")
)

ADD_CONNECTION = statement(upsert_row(connections))
DROP_CONNECTION = statement(delete(connections).where(_edge))
COUNT_CONNECTIONS = statement(
    select(func.count()).select_from(connections).where(connections.c.member_id == bindparam("me"))
)
# Whether there are more than so many: of very many, no more are counted.
COUNT_UP_TO = statement(
    select(func.count()).select_from(
        select(connections.c.other_id)
        .where(connections.c.member_id == bindparam("me"))
        .limit(bindparam("most", type_=Integer))
        .subquery()
    )
)
CIRCLE = statement(
    select(connections.c.other_id, connections.c.since)
    .where(connections.c.member_id == bindparam("me"))
    .order_by(connections.c.other_id)
)
# Run for each of some others: of one with very many, PostgreSQL would read all for a list.
FIND_CONNECTION = statement(select(connections.c.other_id, connections.c.since).where(_edge))
MUTUALS = statement(
    select(connections.c.member_id, func.count().label("mutuals"))
    .where(in_list(connections.c.member_id, "ids"), _in_circle(connections.c.other_id))
    .group_by(connections.c.member_id)
)
# The same where the member has very many: each of theirs is looked up among them.
MUTUALS_OF_MANY = statement(
    select(connections.c.member_id, func.count().label("mutuals"))
    .where(in_list(connections.c.member_id, "ids"), is_connected(connections.c.other_id))
    .group_by(connections.c.member_id)
)
MUTUALS_WITH = statement(
    select(connections.c.other_id)
    .where(
        connections.c.member_id == bindparam("other"),
        connections.c.other_id > bindparam("after", type_=BigInteger),
        is_connected(connections.c.other_id),
    )
    .order_by(connections.c.other_id)
    .limit(_limit)
)
# Who is three steps away can be found from either side. Of few connections, all of theirs make a
# small set to look into; of many, one is met soon on the way from the other side.
_first, _second = connections.alias("first"), connections.alias("second")
THIRD_FROM_ME = statement(
    select(connections.c.member_id)
    .where(
        in_list(connections.c.member_id, "ids"),
        (connections.c.other_id + 0).in_(
            select(_second.c.other_id)
            .select_from(_first.join(_second, _second.c.member_id == _first.c.other_id))
            .where(_first.c.member_id == bindparam("me"))
        ),
    )
    .distinct()
)
_further = connections.alias("further")
THIRD_FROM_THEM = statement(
    select(connections.c.member_id)
    .where(
        in_list(connections.c.member_id, "ids"),
        exists()
        .where(_further.c.member_id == connections.c.other_id, _in_circle(_further.c.other_id))
        .correlate(connections),
    )
    .distinct()
)
_page_of_connections = (
    select(connections.c.other_id.label("id"), connections.c.since)
    .where(
        connections.c.member_id == bindparam("me"),
        tuple_(connections.c.since, connections.c.other_id)
        < tuple_(
            bindparam("after_since", type_=BigInteger), bindparam("after_id", type_=BigInteger)
        ),
    )
    .order_by(connections.c.since.desc(), connections.c.other_id.desc())
    .limit(_limit)
)
PAGE_OF_CONNECTIONS = statement(_page_of_connections)
FIND_CONNECTIONS = statement(_page_of_connections.where(_named(connections.c.name_key)))
COUNT_FOUND_CONNECTIONS = statement(
    select(func.count())
    .select_from(connections)
    .where(connections.c.member_id == bindparam("me"), _named(connections.c.name_key))
)
RENAME_IN_CONNECTIONS = statement(
    update(connections)
    .where(
        connections.c.member_id.in_(circle_of("renamed")),
        connections.c.other_id == bindparam("renamed"),
    )
    .values(name_key=bindparam("name_key"))
)
DROP_ALL_CONNECTIONS = statement(
    delete(connections).where(connections.c.member_id == bindparam("me"))
)
DROP_CONNECTIONS_TO = statement(
    delete(connections).where(
        connections.c.member_id.in_(circle_of()), connections.c.other_id == bindparam("me")
    )
)

# -- blocks --------------------------------------------------------------------------------------

_block = and_(blocks.c.member_id == bindparam("me"), blocks.c.other_id == bindparam("other"))

ADD_MY_BLOCK = statement(upsert_row(blocks, update=["mine", "at"]))
ADD_THEIR_BLOCK = statement(upsert_row(blocks, update=["theirs"]))
LIFT_MY_BLOCK = statement(update(blocks).where(_block).values(mine=0))
LIFT_THEIR_BLOCK = statement(update(blocks).where(_block).values(theirs=0))
DROP_EMPTY_BLOCK = statement(delete(blocks).where(_block, blocks.c.mine == 0, blocks.c.theirs == 0))
FIND_BLOCK = statement(select(blocks.c.mine, blocks.c.theirs).where(_block))
HIDDEN_WITHIN = statement(
    select(blocks.c.member_id, blocks.c.other_id).where(
        in_list(blocks.c.member_id, "ids"), in_list(blocks.c.other_id, "ids")
    )
)
ANY_HIDDEN = statement(
    select(blocks.c.other_id).where(blocks.c.member_id == bindparam("me")).limit(1)
)
HIDDEN = statement(select(blocks.c.other_id).where(blocks.c.member_id == bindparam("me")))
HIDDEN_AMONG = statement(
    select(blocks.c.other_id).where(
        blocks.c.member_id == bindparam("me"), in_list(blocks.c.other_id, "ids")
    )
)
PAGE_OF_BLOCKS = statement(
    select(blocks.c.other_id.label("id"), blocks.c.at.label("since"))
    .where(
        blocks.c.member_id == bindparam("me"),
        blocks.c.mine == 1,
        tuple_(blocks.c.at, blocks.c.other_id)
        < tuple_(
            bindparam("after_since", type_=BigInteger), bindparam("after_id", type_=BigInteger)
        ),
    )
    .order_by(blocks.c.at.desc(), blocks.c.other_id.desc())
    .limit(_limit)
)
TOTAL_BLOCKS = statement(
    select(func.count())
    .select_from(blocks)
    .where(blocks.c.member_id == bindparam("me"), blocks.c.mine == 1)
)

# -- many at once --------------------------------------------------------------------------------

COUNT_EACH = statement(
    select(connections.c.member_id, func.count().label("number"))
    .where(in_list(connections.c.member_id, "ids"))
    .group_by(connections.c.member_id)
)
DROP_CONNECTIONS = statement(
    delete(connections).where(
        connections.c.member_id == bindparam("me"), in_list(connections.c.other_id, "ids")
    )
)
DROP_FAR_ENDS = statement(
    delete(connections).where(
        in_list(connections.c.member_id, "ids"), connections.c.other_id == bindparam("me")
    )
)
LATEST = statement(
    select(connections.c.other_id)
    .where(connections.c.member_id == bindparam("me"))
    .order_by(connections.c.since.desc(), connections.c.other_id.desc())
    .limit(_limit)
)
_far = connections.alias("far")
SECOND = statement(
    select(_far.c.other_id, func.count().label("mutuals"))
    .where(
        in_list(_far.c.member_id, "ids"),
        _far.c.other_id != bindparam("me"),
        (_far.c.other_id + 0).not_in(circle_of()),
        (_far.c.other_id + 0).not_in(hidden_from()),
        (_far.c.other_id + 0).not_in(
            select(not_suggested.c.other_id).where(not_suggested.c.member_id == bindparam("me"))
        ),
    )
    .group_by(_far.c.other_id)
    .order_by(func.count().desc(), _far.c.other_id)
    .limit(_limit)
)

# -- contacts ------------------------------------------------------------------------------------

ADD_CONTACT = statement(insert_row(contacts))
FIND_CONTACTS_BY_KEY = statement(
    select(contacts).where(contacts.c.member_id == bindparam("me"), in_list(contacts.c.key, "keys"))
)
FIND_CONTACTS = statement(
    select(contacts).where(contacts.c.member_id == bindparam("me"), in_list(contacts.c.id, "ids"))
)
ENRICH_CONTACT = statement(
    update(contacts)
    .where(contacts.c.member_id == bindparam("me"), contacts.c.id == bindparam("contact"))
    .values(
        name=bindparam("name"),
        name_key=bindparam("name_key"),
        linkedin_slug=bindparam("linkedin_slug"),
        email=bindparam("email"),
        headline=bindparam("headline"),
        company=bindparam("company"),
        position=bindparam("position"),
        connected_on=bindparam("connected_on"),
        joined_id=bindparam("joined_id"),
    )
)
SET_JOINED = statement(
    update(contacts)
    .where(contacts.c.member_id == bindparam("me"), contacts.c.id == bindparam("contact"))
    .values(joined_id=bindparam("joined"))
)
ADD_SOURCE = statement(upsert_row(contact_sources))
SOURCES_WITH_BEFORE = statement(
    select(contact_sources.c.contact_id, contact_sources.c.before)
    .where(
        contact_sources.c.member_id == bindparam("me"),
        contact_sources.c.import_id == bindparam("import_id"),
        contact_sources.c.before.is_not(None),
    )
    .order_by(contact_sources.c.contact_id)
)
LATER_SOURCES = statement(
    select(contact_sources.c.contact_id, contact_sources.c.import_id)
    .where(
        contact_sources.c.member_id == bindparam("me"),
        contact_sources.c.import_id > bindparam("import_id"),
        in_list(contact_sources.c.contact_id, "contacts"),
    )
    .order_by(contact_sources.c.contact_id, contact_sources.c.import_id.desc())
)
SET_BEFORE = statement(
    update(contact_sources)
    .where(
        contact_sources.c.member_id == bindparam("me"),
        contact_sources.c.import_id == bindparam("of_import"),
        contact_sources.c.contact_id == bindparam("contact"),
    )
    .values(before=bindparam("was"))
)
FORGET_SOURCES = statement(
    delete(contact_sources).where(
        contact_sources.c.member_id == bindparam("me"),
        contact_sources.c.import_id == bindparam("import_id"),
    )
)
_of_an_import = (
    exists()
    .where(
        contact_sources.c.member_id == contacts.c.member_id,
        contact_sources.c.contact_id == contacts.c.id,
    )
    .correlate(contacts)
)
WITHOUT_SOURCE = statement(
    select(contacts.c.id, contacts.c.email).where(
        contacts.c.member_id == bindparam("me"), ~_of_an_import
    )
)
DROP_WITHOUT_SOURCE = statement(
    delete(contacts).where(contacts.c.member_id == bindparam("me"), ~_of_an_import)
)
_waiting = and_(contacts.c.member_id == bindparam("me"), contacts.c.joined_id.is_(None))
_page_of_contacts = (
    select(contacts.c.id, contacts.c.connected_on.label("since"), contacts.c.name_key)
    .where(
        _waiting,
        tuple_(contacts.c.name_key, contacts.c.id)
        > tuple_(bindparam("after_name", type_=contacts.c.name_key.type), bindparam("after_id")),
    )
    .order_by(contacts.c.name_key, contacts.c.id)
    .limit(_limit)
)
PAGE_OF_CONTACTS = statement(_page_of_contacts)
COUNT_CONTACTS = statement(select(func.count()).select_from(contacts).where(_waiting))
FIND_CONTACTS_BY_NAME = statement(_page_of_contacts.where(_named(contacts.c.name_key)))
COUNT_FOUND_CONTACTS = statement(
    select(func.count()).select_from(contacts).where(_waiting, _named(contacts.c.name_key))
)
EVERY_CONTACT = statement(
    select(contacts)
    .where(contacts.c.member_id == bindparam("me"), contacts.c.id > bindparam("after"))
    .order_by(contacts.c.id)
    .limit(_limit)
)

ADD_CONTACT_EMAIL = statement(upsert_row(contact_emails))
WHO_KNOWS_EMAIL = statement(
    select(contact_emails.c.member_id, contact_emails.c.contact_id)
    .where(contact_emails.c.email == bindparam("email"))
    .order_by(contact_emails.c.member_id, contact_emails.c.contact_id)
)
DROP_CONTACT_EMAILS = statement(
    delete(contact_emails).where(
        in_list(contact_emails.c.email, "emails"),
        contact_emails.c.member_id == bindparam("me"),
        in_list(contact_emails.c.contact_id, "contacts"),
    )
)
