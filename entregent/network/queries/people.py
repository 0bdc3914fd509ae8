"""Every statement over follows, and over what members put down about people."""

from sqlalchemy import (
    BigInteger,
    Integer,
    and_,
    bindparam,
    delete,
    exists,
    func,
    select,
    tuple_,
)
from sqlalchemy.sql import ColumnElement

from entregent.ports.db import in_list, statement, upsert_row

from ..tables import followers, follows, not_suggested, person_words

_limit = bindparam("limit", type_=Integer)


def is_followed(other: ColumnElement[int]) -> ColumnElement[bool]:
    """Lent: whether the member given as `me` follows whoever the column names."""
    mine = follows.alias("mine")
    return exists().where(mine.c.member_id == bindparam("me"), mine.c.other_id == other)


# -- following -----------------------------------------------------------------------------------

_followed = and_(follows.c.member_id == bindparam("me"), follows.c.other_id == bindparam("other"))
_following = and_(
    followers.c.member_id == bindparam("me"), followers.c.other_id == bindparam("other")
)
ADD_FOLLOW = statement(upsert_row(follows))
ADD_FOLLOWER = statement(upsert_row(followers))
DROP_FOLLOW = statement(delete(follows).where(_followed))
DROP_FOLLOWER = statement(delete(followers).where(_following))
EVERY_FOLLOW = statement(select(follows.c.other_id).where(follows.c.member_id == bindparam("me")))
EVERY_FOLLOWER = statement(
    select(followers.c.other_id).where(followers.c.member_id == bindparam("me"))
)
FIND_FOLLOWER = statement(select(followers.c.other_id).where(_following))
FIND_FOLLOWED = statement(select(follows.c.other_id).where(_followed))
PAGE_OF_FOLLOWS = statement(
    select(follows.c.other_id.label("id"), follows.c.at.label("since"))
    .where(
        follows.c.member_id == bindparam("me"),
        tuple_(follows.c.at, follows.c.other_id)
        < tuple_(
            bindparam("after_since", type_=BigInteger), bindparam("after_id", type_=BigInteger)
        ),
    )
    .order_by(follows.c.at.desc(), follows.c.other_id.desc())
    .limit(_limit)
)
TOTAL_FOLLOWS = statement(
    select(func.count()).select_from(follows).where(follows.c.member_id == bindparam("me"))
)

# -- what a member puts down about people --------------------------------------------------------

_words_of = person_words.c.member_id == bindparam("me")
SET_WORDS = statement(
    upsert_row(person_words, update=["tags", "note", "cadence_days", "changed_at"])
)
WORDS_AMONG = statement(
    select(person_words).where(_words_of, in_list(person_words.c.other_id, "ids"))
)
EVERY_WORD = statement(select(person_words.c.other_id, person_words.c.tags).where(_words_of))
WORDS_ON_ME = statement(
    select(person_words.c.member_id, person_words.c.tags).where(
        in_list(person_words.c.member_id, "ids"), person_words.c.other_id == bindparam("me")
    )
)
CADENCES = statement(
    select(person_words)
    .where(_words_of, person_words.c.cadence_days.is_not(None))
    .order_by(person_words.c.other_id)
)
DECLINE = statement(upsert_row(not_suggested))
DECLINED = statement(
    select(not_suggested.c.other_id).where(not_suggested.c.member_id == bindparam("me"))
)
DROP_OF = {
    table.name: statement(delete(table).where(table.c.member_id == bindparam("me")))
    for table in (follows, followers, person_words, not_suggested)
}
