"""Who is named in a story hears of it behind the bell, for as long as it is told to them."""

from collections.abc import Collection, Iterable

from entregent.notifications import (
    Detail,
    Tell,
    Thing,
    settle_each,
    take_back_each,
    take_back_later,
    tell_each,
)
from entregent.ports.db import Transaction

from .. import queries
from ..model import Drawn
from ..sight import Key, around, audience_of, frames_of, key_of, reached


def named_in(frames: Iterable[Drawn]) -> set[int]:
    """Who is named on frames."""
    stickers = (sticker for frame in frames for sticker in frame.stickers)
    return {int(sticker.member_id) for sticker in stickers if sticker.member_id}


def tell_named(tx: Transaction, key: Key, people: Collection[int]) -> None:
    """These see now that they are named: nothing is said of what stands there."""
    if people:
        tell_each(tx, _news(key, people))


def take_back_named(tx: Transaction, key: Key, people: Collection[int]) -> None:
    """It is for these no more."""
    if people:
        take_back_each(tx, _news(key, people))


def take_back_all(tx: Transaction, key: Key, people: Collection[int]) -> None:
    """It is there no more, or they stand in it no more."""
    if people:
        take_back_later(tx, _news(key, people))


def recheck_named(tx: Transaction, author: int, people: Collection[int]) -> None:
    """How these stand to the author has changed: who may no longer see where they are named is
    told of it no more."""
    for row in tx.all(queries.LIVE_OF, author=author, now=tx.now):
        named = named_in(frames_of(row)).intersection(people)
        if named:
            left = reached(tx, author, audience_of(row), around(tx, author, sorted(named)))
            take_back_named(tx, key_of(row), named - left)


def settle_named(tx: Transaction, seen: Iterable[tuple[int, Key]]) -> None:
    """Who has looked at where they are named has read that they are."""
    looked = list(seen)
    topics = sorted({_topic(key) for _, key in looked})
    settle_each(tx, sorted({one for one, _ in looked}), topics, "mention")


def _topic(key: Key) -> str:
    return f"story:{key[1]}"


def _news(key: Key, people: Iterable[int]) -> list[Tell]:
    author, story = key
    return [
        Tell(
            to=one,
            kind="mention",
            topic=_topic(key),
            thing=Thing(kind="story", id=str(story), of=str(author)),
            person_id=author,
            detail=Detail(what="story"),
        )
        for one in sorted(people)
    ]
