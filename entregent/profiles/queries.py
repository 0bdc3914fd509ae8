"""Every statement over profiles, handles and the words that lead to them."""

from typing import Any

from sqlalchemy import Integer, bindparam, delete, exists, select, update
from sqlalchemy.sql import ColumnElement

from entregent.network import circle_of, hidden_from
from entregent.ports.db import Statement, in_list, insert_row, statement

from .tables import handles, profile_words, profiles

MOST_WORDS = 4
_mine = profiles.c.member_id == bindparam("owner_id")
_limit = bindparam("limit", type_=Integer)

ADD_PROFILE = statement(insert_row(profiles))
FIND_PROFILE = statement(select(profiles).where(_mine))
FIND_FACES = statement(
    select(
        profiles.c.member_id,
        profiles.c.handle,
        profiles.c.name,
        profiles.c.headline,
        profiles.c.open_to,
        profiles.c.audiences,
        profiles.c.photo,
    ).where(in_list(profiles.c.member_id, "ids"))
)
FIND_BACKGROUNDS = statement(
    select(
        profiles.c.member_id,
        profiles.c.headline,
        profiles.c.details,
        profiles.c.audiences,
        profiles.c.photo,
    ).where(in_list(profiles.c.member_id, "ids"))
)
NAME_KEYS = statement(
    select(profiles.c.member_id, profiles.c.name_key).where(in_list(profiles.c.member_id, "ids"))
)
SET_PROFILE = statement(
    update(profiles)
    .where(_mine)
    .values(
        handle=bindparam("handle"),
        headline=bindparam("headline"),
        open_to=bindparam("open_to"),
        details=bindparam("details"),
        audiences=bindparam("audiences"),
        changed_at=bindparam("changed_at"),
    )
)
SET_NAME = statement(
    update(profiles)
    .where(_mine)
    .values(
        name=bindparam("name"), name_key=bindparam("name_key"), changed_at=bindparam("changed_at")
    )
)
SET_PICTURE: dict[str, Statement] = {
    kind: statement(
        update(profiles)
        .where(_mine)
        .values({profiles.c[kind]: bindparam("picture"), profiles.c.changed_at: bindparam("now")})
    )
    for kind in ("photo", "cover")
}
DROP_PROFILE = statement(delete(profiles).where(_mine))

ADD_HANDLE = statement(insert_row(handles))
FIND_HANDLE = statement(select(handles.c.member_id).where(handles.c.handle == bindparam("name")))
DROP_HANDLE = statement(
    delete(handles).where(
        handles.c.handle == bindparam("name"), handles.c.member_id == bindparam("owner_id")
    )
)

ADD_WORD = statement(insert_row(profile_words))
DROP_WORDS = statement(
    delete(profile_words).where(profile_words.c.member_id == bindparam("owner_id"))
)


def _has_word(member: ColumnElement[Any], number: int, level: str) -> ColumnElement[bool]:
    """Whether a word of the member begins as typed, and may be found by such a viewer."""
    word = profile_words.alias(f"word_{number}")
    return (
        exists()
        .where(
            word.c.member_id == member,
            word.c.word >= bindparam(f"from_{number}"),
            word.c.word < bindparam(f"to_{number}"),
            word.c.level <= bindparam(level),
        )
        .correlate_except(word)
    )


_leading = profile_words.alias("leading")
_found = (
    select(_leading.c.member_id)
    .where(
        _leading.c.word >= bindparam("from_0"),
        _leading.c.word < bindparam("to_0"),
        _leading.c.level <= bindparam("level"),
        *(_has_word(_leading.c.member_id, number, "level") for number in range(1, MOST_WORDS)),
    )
    .order_by(_leading.c.word, _leading.c.member_id)
    .limit(_limit)
)
FIND_AT = statement(_found)
FIND_NEAR = statement(_found.where(_leading.c.member_id.in_(circle_of())))
FIND_OTHERS = statement(
    _found.where(
        _leading.c.member_id != bindparam("me"),
        _leading.c.member_id.not_in(hidden_from()),
        _leading.c.member_id.not_in(circle_of()),
    )
)
_by_name = (
    select(profiles.c.member_id).order_by(profiles.c.name_key, profiles.c.member_id).limit(_limit)
)
FIRST_NEAR = statement(_by_name.where(profiles.c.member_id.in_(circle_of())))
FIRST_OTHERS = statement(
    _by_name.where(
        profiles.c.member_id != bindparam("me"),
        profiles.c.member_id.not_in(hidden_from()),
        profiles.c.member_id.not_in(circle_of()),
    )
)
