"""What a member reads of videos: those of a profile, one, what was said beneath it, subtitles."""

from collections.abc import Sequence

import msgspec

from entregent.kit.ids import MAX_ID
from entregent.kit.paging import encode_cursor, number_after
from entregent.ports.db import Transaction
from entregent.profiles import card, member_by_handle

from . import queries
from .model import (
    ITSELF,
    MOST_CHAPTERS,
    Video,
    VideoCue,
    VideoOpened,
    VideoReply,
    Videos,
    VideoThread,
    VideoTrack,
)
from .showing import replies_shown, shown
from .sight import Eyes, Film, Key, eyes_of, find_for, find_reply, nothing_there, own_video, unheard

cues_of = msgspec.json.Decoder(list[VideoCue]).decode


def videos(tx: Transaction, me: int, handle: str, language: str, after: str, limit: int) -> Videos:
    """The videos on a profile, as far as the member may see them."""
    author = member_by_handle(tx, handle)
    eyes = None if author is None else eyes_of(tx, me, author)
    if eyes is None:
        raise nothing_there()
    asked = {"author": eyes.author, "states": eyes.states, "audiences": eyes.audiences}
    rows = tx.all(queries.PAGE, **asked, after=number_after(after, MAX_ID), limit=limit + 1)
    page = rows[:limit]
    return Videos(
        videos=shown(tx, eyes, page, language) if page else [],
        next=encode_cursor(page[-1].video_id) if len(rows) > limit else None,
        total=tx.value(queries.COUNT, **asked),
    )


def opened(tx: Transaction, me: int, key: Key, language: str) -> VideoOpened:
    """A video, and whose it is."""
    row, eyes = find_for(tx, me, key)
    return VideoOpened(video=shown(tx, eyes, [row], language)[0], card=card(tx, me, key[0]))


def video_for_author(tx: Transaction, me: int, key: Key, language: str) -> Video:
    """One of the member's own videos."""
    return shown(tx, Eyes(me, me, False), [own_video(tx, me, key)], language)[0]


def thread(tx: Transaction, me: int, key: Key, parent: int, after: str, limit: int) -> VideoThread:
    """A page of what was said beneath a video, or beneath one reply."""
    find_for(tx, me, key)
    first = not after and parent == ITSELF
    hidden = unheard(tx, me, key[0])
    asked = {"video": key[1], "parent": parent, "me": me, "hidden": hidden}
    rows = tx.all(queries.REPLIES, **asked, after=number_after(after, 0), limit=limit + 1)
    page = rows[:limit]
    films = (
        tx.all(queries.CHAPTERS, video=key[1], hidden=hidden, limit=MOST_CHAPTERS) if first else []
    )
    some = replies_shown(tx, me, key[0], [*page, *films], hidden)
    return VideoThread(
        replies=some[: len(page)],
        chapters=some[len(page) :],
        next=encode_cursor(page[-1].reply_id) if len(rows) > limit else None,
        total=tx.value(queries.COUNT_LISTED, **asked),
    )


def reply_for(tx: Transaction, me: int, film: Film, hidden: Sequence[int]) -> VideoReply:
    """One reply, as a member sees it who may, and to whom these are not heard."""
    row = tx.first(queries.REPLY, video=film.video, reply=film.reply)
    return replies_shown(tx, me, film.author, [row], hidden)[0]


def track(tx: Transaction, me: int, film: Film, language: str) -> VideoTrack:
    """The subtitles of a film that the member may see."""
    find_for(tx, me, film.key)
    if film.reply != ITSELF:
        find_reply(tx, me, film.key, film.reply)
    cues = tx.value(queries.TRACK, video=film.video, reply=film.reply, language=language)
    if cues is None:
        raise nothing_there()
    return VideoTrack(language=language, cues=cues_of(cues))
