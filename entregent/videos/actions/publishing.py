"""An author's verbs: publish, change, delete; and what becomes of a video by itself."""

from typing import Any

from entregent.accounts import account
from entregent.kit.errors import Refusal
from entregent.kit.text import clean, clean_line
from entregent.media import attach, detach, seen_through
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from .. import queries
from ..events import VideoChanged, VideoRemoved
from ..jobnames import TellAuthor
from ..model import (
    MAX_TEXT,
    MAX_TITLE,
    MOST_VIDEOS,
    NewVideo,
    Video,
    VideoDone,
    VideoUpdate,
)
from ..reading import video_for_author
from ..showing import fault_of
from ..sight import Eyes, Film, Key, own_video

VIDEO = ("video",)


def publish(tx: Transaction, me: int, new: NewVideo, language: str) -> VideoDone:
    """Publishes a video: at once, or as soon as its file is ready."""
    title, text = _title(new.title), _text(new.text)
    every = Eyes(me, me, False)
    asked = {"author": me, "states": every.states, "audiences": every.audiences}
    if tx.value(queries.COUNT, **asked) >= MOST_VIDEOS:
        raise Refusal("videos.too_many", status=409, most=MOST_VIDEOS)
    key = tx.new_id()
    (media,) = attach(tx, me, [new.media_id], Film(me, key).use, lasting=True)
    if fault := fault_of(media, VIDEO):
        raise Refusal(fault, field="media_id")
    tx.run(
        queries.ADD,
        author_id=me,
        video_id=key,
        state="processing",
        title=title,
        text=text,
        language=new.language,
        audience=new.audience,
        replies=new.replies,
        published_at=tx.now,
    )
    _progress(tx, own_video(tx, me, (me, key)))
    return VideoDone(video=told(tx, me, (me, key), language))


def _title(title: str) -> str:
    kept = clean_line(title)
    if not kept:
        raise Refusal("videos.empty", field="title")
    return within(kept, MAX_TITLE, "title")


def _text(text: str) -> str:
    return within(clean(text), MAX_TEXT, "text")


def within(text: str, most: int, field: str) -> str:
    """A text that is not too long."""
    if len(text) > most:
        raise Refusal("videos.too_long", field=field, most=most)
    return text


def told(tx: Transaction, me: int, key: Key, language: str) -> Video:
    """The video as it is now, which the author's other devices learn, too."""
    video = video_for_author(tx, me, key, language)
    tx.emit(VideoChanged(video=video), to=[me])
    return video


def _progress(tx: Transaction, row: Any) -> None:
    """Has a video go live when its file is ready, or stop where that was refused."""
    use = Film(row.author_id, row.video_id).use
    for media in seen_through(tx, [use])[use]:
        refused = fault_of(media, VIDEO) is not None
        state = "refused" if refused else "live" if media.state == "ready" else "processing"
        tx.run(
            queries.SET_STATE,
            author=row.author_id,
            video=row.video_id,
            new_state=state,
            new_published_at=tx.now if state == "live" else row.published_at,
        )


def settled(tx: Transaction, film: Film) -> None:
    """The file of a video is ready, refused, or described otherwise."""
    row = tx.first(queries.FIND, author=film.author, video=film.video)
    if row is None or not seen_through(tx, [film.use])[film.use]:
        return  # the author has left, and the video goes with them
    if row.state == "processing":
        _progress(tx, row)
    tell_author(tx, film.key)


def tell_author(tx: Transaction, key: Key) -> None:
    """The author's devices learn how a video stands."""
    if tx.first(queries.FIND, author=key[0], video=key[1]) is not None:
        told(tx, key[0], key, account(tx, key[0]).language)


def note_soon(tx: Transaction, key: Key) -> None:
    """Counts have changed: the author learns it in a moment, of many changes once."""
    job = TellAuthor(author_id=key[0], video_id=key[1])
    enqueue(tx, job, owner=key[0], at=tx.now + 2_000, key=str(key[1]))


def change(tx: Transaction, me: int, key: Key, new: VideoUpdate, language: str) -> VideoDone:
    """Says otherwise what a video is called, who may see it, who may reply."""
    row = own_video(tx, me, key)
    tx.run(
        queries.SET_WORDS,
        author=me,
        video=key[1],
        new_title=row.title if new.title is None else _title(new.title),
        new_text=row.text if new.text is None else _text(new.text),
        new_language=new.language or row.language,
        new_audience=new.audience or row.audience,
        new_replies=new.replies or row.replies,
    )
    return VideoDone(video=told(tx, me, key, language))


# -- deleting ------------------------------------------------------------------------------------


def delete(tx: Transaction, me: int, key: Key) -> None:
    """Deletes a video with all that was said beneath it. Repeating it changes nothing."""
    if key[0] != me:
        own_video(tx, me, key)
    if tx.first(queries.FIND, author=me, video=key[1]) is not None:
        _remove(tx, key)


def _remove(tx: Transaction, key: Key) -> None:
    author, video = key
    numbers = [row.reply_id for row in tx.all(queries.PLAYING, video=video, kinds=[1, 2])]
    for film in [Film(author, video), *(Film(author, video, number) for number in numbers)]:
        detach(tx, film.use)
    people = {
        row.member_id for every in queries.PEOPLE_AT.values() for row in tx.all(every, video=video)
    }
    if people:
        tx.run(queries.DROP_TRACES_TO, members=sorted(people), author=author, video=video)
    for statement in queries.DROP_AT.values():
        tx.run(statement, video=video)
    tx.run(queries.DROP, author=author, video=video)
    tx.emit(VideoRemoved(id=str(video)), to=[author])


def close(tx: Transaction, me: int) -> None:
    """The member has left: all that they published goes."""
    for row in tx.all(queries.EVERY, author=me):
        _remove(tx, (me, row.video_id))
