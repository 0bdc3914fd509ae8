"""What a viewer has seen."""

from typing import NamedTuple

from entregent.ports.db import Transaction

from .. import queries
from ..events import StoriesSeen
from ..model import VIEWINGS
from ..numbers import number_at
from ..reading import muted_by, settings_of
from ..rings import rings_of
from ..sight import Key, key_of, visible
from .publishing import note_soon


class Seen(NamedTuple):
    """So many frames of a story."""

    author_id: int
    story_id: int
    frames: int


class Seeing(NamedTuple):
    """What somebody has seen since they said so last."""

    me: int
    seen: tuple[Seen, ...]


def see(tx: Transaction, given: Seeing) -> None:
    """Notes what was seen of what the member may see; the rest does not exist. Nothing is ever
    unseen, so repeating it changes nothing."""
    me = given.me
    authors = sorted({one.author_id for one in given.seen} - {me})
    heads = tx.all(queries.LIVE_HEADS, authors=authors, now=tx.now) if authors else []
    allowed = visible(tx, me, heads)
    stories = {key_of(head): head for head in heads if key_of(head) in allowed}
    trays = tx.all(queries.TRAY_OF, me=me, authors=authors) if stories else []
    before: dict[Key, int] = {(one.author_id, one.story_id): one.number for one in trays}
    after = dict(before)
    for one in given.seen:
        key = one.author_id, one.story_id
        if key in stories:
            after[key] = max(after.get(key, 0), number_at(stories[key].mask, one.frames))
    new = sorted(key for key in stories if after.get(key, 0) > before.get(key, 0))
    if not new:
        return
    tx.run_many(
        queries.SEE,
        [
            {
                "member_id": me,
                "author_id": author,
                "story_id": story,
                "expires_at": stories[author, story].expires_at,
                "listed": 0,
                "number": after[author, story],
            }
            for author, story in new
        ],
    )
    viewing = VIEWINGS.index(settings_of(tx, me).viewing)
    tx.run_many(
        queries.VIEW,
        [
            {
                "story_id": story,
                "viewer_id": me,
                "view_id": tx.new_id(),
                "number": after[author, story],
                "viewing": viewing,
                "at": tx.now,
            }
            for author, story in new
        ],
    )
    muted = muted_by(tx, me)
    listed = {one.author_id for one in trays if one.listed}
    if not listed.issuperset(author for author, _ in new):
        listed |= {one.author_id for one in tx.all(queries.PULLED, me=me, now=tx.now)}
    were, are = rings_of(stories.values(), before), rings_of(stories.values(), after)
    for author in sorted({author for author, _ in new}):
        done = were[author].new and not are[author].new
        counted = author in listed and author not in muted
        told = StoriesSeen(
            author_id=str(author), seen=are[author].seen, unseen=-1 if done and counted else 0
        )
        tx.emit(told, to=[me])
    for author, story in new:
        note_soon(tx, author, story)
