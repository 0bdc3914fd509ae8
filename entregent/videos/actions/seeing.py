"""What viewers do with a video: see it, like it."""

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.ports.db import Transaction

from .. import queries
from ..model import ITSELF, VideoDone
from ..showing import shown
from ..sight import Key, find_for
from .publishing import note_soon


def see(tx: Transaction, me: int, key: Key) -> None:
    """Counts the member among those who have seen a video, once; its author is none of them."""
    find_for(tx, me, key)
    if me == key[0] or tx.first(queries.VIEW, video=key[1], me=me) is not None:
        return
    tx.run(queries.SEE, video_id=key[1], member_id=me, at=tx.now)
    trace(tx, me, key)
    note_soon(tx, key)


def like(tx: Transaction, me: int, key: Key, on: bool, language: str) -> VideoDone:
    """Likes a video, or no longer. Repeating it changes nothing."""
    row, eyes = find_for(tx, me, key)
    if eyes.own:
        raise Refusal("videos.own_video", status=403)
    set_like(tx, me, key, ITSELF, on)
    tx.emit(PartChanged(part="video", of=str(key[1])), to=[me])
    note_soon(tx, key)
    return VideoDone(video=shown(tx, eyes, [row], language)[0])


def set_like(tx: Transaction, me: int, key: Key, number: int, on: bool) -> None:
    """Keeps, or takes back, that the member likes something of a video."""
    if on:
        tx.run(queries.LIKE, video_id=key[1], reply_id=number, member_id=me, at=tx.now)
        trace(tx, me, key)
    else:
        tx.run(queries.UNLIKE, video=key[1], reply=number, me=me)


def trace(tx: Transaction, me: int, key: Key) -> None:
    """Keeps with the member where they have left something."""
    tx.run(queries.TRACE, member_id=me, author_id=key[0], video_id=key[1])
