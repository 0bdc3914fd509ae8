"""The conversation beneath a video: reply, remove, like, report."""

from collections.abc import Sequence
from typing import Any

from entregent.kit.errors import Refusal
from entregent.kit.ids import as_int
from entregent.kit.text import clean, snippet
from entregent.media import attach, detach, seen_through
from entregent.network import relations
from entregent.notifications import Detail, Tell, Thing, take_back_later, tell_later
from entregent.ports.db import Transaction
from entregent.profiles import card

from .. import queries
from ..events import VideoReplied, VideoReplyChanged, VideoReplyRemoved, VideoReported
from ..model import (
    ITSELF,
    MAX_REPLY,
    NOTHING,
    NewVideoReply,
    VideoReplyDone,
)
from ..reading import reply_for
from ..showing import fault_of, plays_of, replies_of
from ..sight import Film, Key, find_for, find_reply, nothing_there, sees, unheard
from .publishing import note_soon, within
from .seeing import set_like, trace

PLAYABLE = ("video", "audio")
MAX_EXCERPT = 140


def reply(tx: Transaction, me: int, key: Key, new: NewVideoReply) -> VideoReplyDone:
    """Says something beneath a video; it is shown as soon as its file, if any, is ready."""
    row, eyes = find_for(tx, me, key)
    if row.state != "live" or not eyes.may_reply(row):
        raise Refusal("videos.no_replies", status=403)
    text = within(clean(new.text), MAX_REPLY, "text")
    if not text and new.media_id is None:
        raise Refusal("videos.empty", field="text")
    number = tx.new_id()
    parent, starter, answered = ITSELF, me, key[0]
    if new.parent_id is not None:
        above = find_reply(tx, me, key, as_int(new.parent_id))
        if above.state != "live":
            raise nothing_there()
        parent, starter, answered = above.thread_id, above.starter_id, above.member_id
    media = None
    if new.media_id is not None:
        (media,) = attach(tx, me, [new.media_id], Film(*key, number).use)
        if fault := fault_of(media, PLAYABLE):
            raise Refusal(fault, field="media_id")
    tx.run(
        queries.ADD_REPLY,
        video_id=key[1],
        reply_id=number,
        parent_id=parent,
        thread_id=parent or number,
        starter_id=starter,
        answered_id=answered,
        member_id=me,
        state="live" if media is None or media.state == "ready" else "processing",
        text=text,
        plays=plays_of(media),
        at=tx.now,
    )
    trace(tx, me, key)
    _announce(tx, Film(*key, number))
    return _done(tx, me, Film(*key, number))


def _done(tx: Transaction, me: int, film: Film) -> VideoReplyDone:
    hidden = unheard(tx, me, film.author)
    return VideoReplyDone(
        reply=reply_for(tx, me, film, hidden), replies_total=_total(tx, film, hidden)
    )


def _total(tx: Transaction, film: Film, hidden: Sequence[int]) -> int:
    return replies_of(tx, [film.video], hidden).get(film.video, 0)


def _announce(tx: Transaction, film: Film) -> None:
    """Tells of a reply whom it concerns: while it is worked on, who said it alone."""
    (row,) = tx.all(queries.REPLY, video=film.video, reply=film.reply)
    people = {row.member_id} if row.state != "live" else _concerned(tx, film, row)
    for one in sorted(people):
        done = _done(tx, one, film)
        event = VideoReplied(
            author_id=str(film.author),
            video_id=str(film.video),
            reply=done.reply,
            card=card(tx, one, row.member_id),
            replies_total=done.replies_total,
        )
        tx.emit(event, to=[one])
    if row.state == "live":
        tell_later(tx, _news(film, row, people - {row.member_id}))
        note_soon(tx, film.key)


def _concerned(tx: Transaction, film: Film, row: Any) -> set[int]:
    """Whose page shows at once what happens to a reply: the video's author, who began the thread,
    whom it answers, and who said it; of these, who may still see the video."""
    others = {film.author, row.starter_id, row.answered_id} - {row.member_id}
    near = relations(tx, row.member_id, others) if others else {}
    itself = Film(*film.key)
    told = {one for one in others if near[one].reachable and sees(tx, one, itself)}
    return {row.member_id} | told


def _news(film: Film, row: Any, people: set[int]) -> list[Tell]:
    thing = Thing(kind="video", id=str(film.video), of=str(film.author))
    return [
        Tell(
            to=one,
            kind="video_reply",
            topic=f"video:{film.video}",
            thing=thing,
            person_id=row.member_id,
            detail=Detail(text=snippet(row.text, MAX_EXCERPT)),
        )
        for one in sorted(people)
    ]


def reply_settled(tx: Transaction, film: Film) -> None:
    """The film or the voice of a reply is ready, refused, or described otherwise."""
    row = tx.first(queries.REPLY, video=film.video, reply=film.reply)
    files = seen_through(tx, [film.use])[film.use]
    if row is None or not files:
        return
    (media,) = files
    state = row.state
    if state == "processing":
        refused = fault_of(media, PLAYABLE) is not None
        state = "refused" if refused else "live" if media.state == "ready" else "processing"
        kept = {"new_state": state, "new_text": row.text, "new_plays": plays_of(media)}
        tx.run(queries.SET_REPLY, video=film.video, reply=film.reply, **kept)
    if state == "live" and row.state != "live":
        _announce(tx, film)
    else:
        tell_of_reply(tx, film, row.member_id)


def tell_of_reply(tx: Transaction, film: Film, member: int) -> None:
    """A member's devices learn how a reply stands."""
    event = VideoReplyChanged(
        author_id=str(film.author),
        video_id=str(film.video),
        reply=reply_for(tx, member, film, unheard(tx, member, film.author)),
    )
    tx.emit(event, to=[member])


def like_reply(tx: Transaction, me: int, key: Key, number: int, on: bool) -> VideoReplyDone:
    """Likes a reply, or no longer. Repeating it changes nothing."""
    find_for(tx, me, key)
    row = find_reply(tx, me, key, number)
    if row.member_id == me:
        raise Refusal("videos.own_reply", status=403)
    set_like(tx, me, key, number, on)
    film = Film(*key, number)
    tell_of_reply(tx, film, row.member_id)
    tell_of_reply(tx, film, me)
    return _done(tx, me, film)


# -- removing ------------------------------------------------------------------------------------


def remove_reply(tx: Transaction, me: int, key: Key, number: int) -> None:
    """Removes a reply of the member's own, or one beneath their video."""
    row = tx.first(queries.REPLY, video=key[1], reply=number)
    if row is not None and row.member_id == me:
        if row.state != "removed":
            drop_reply(tx, key, row)
        return
    find_for(tx, me, key)
    if row is None or row.state == "removed":
        return
    find_reply(tx, me, key, number)
    if key[0] != me:
        raise Refusal("videos.not_your_reply", status=403)
    drop_reply(tx, key, row)


def drop_reply(tx: Transaction, key: Key, row: Any) -> None:
    """Takes a reply away with its film and its likes. Where others answer it, its place stays until
    they are gone, too."""
    film = Film(*key, row.reply_id)
    at = {"video": film.video, "reply": film.reply}
    people = {row.member_id} if row.state != "live" else _concerned(tx, film, row)
    if row.plays:
        detach(tx, film.use)
    tx.run(queries.DROP_LIKES, **at)
    tx.run(queries.DROP_TRACKS, **at)
    gone = tx.first(queries.ANY_ANSWER, **at) is None
    if gone:
        tx.run(queries.DROP_REPLY, **at)
        if row.parent_id:
            _drop_empty_place(tx, film.video, row.parent_id)
    else:
        tx.run(queries.SET_REPLY, **at, new_state="removed", new_text="", new_plays=NOTHING)
    for one in sorted(people):
        event = VideoReplyRemoved(
            author_id=str(film.author),
            video_id=str(film.video),
            reply_id=str(film.reply),
            gone=gone,
            replies_total=_total(tx, film, unheard(tx, one, film.author)),
        )
        tx.emit(event, to=[one])
    take_back_later(tx, _news(film, row, people - {row.member_id}))
    note_soon(tx, film.key)


def _drop_empty_place(tx: Transaction, video: int, number: int) -> None:
    row = tx.first(queries.REPLY, video=video, reply=number)
    left = tx.first(queries.ANY_ANSWER, video=video, reply=number)
    if row is not None and row.state == "removed" and left is None:
        tx.run(queries.DROP_REPLY, video=video, reply=number)


def drop_said(tx: Transaction, me: int) -> None:
    """The member has left: all that they said, liked or saw beneath others' videos goes."""
    for one in tx.all(queries.TRACES, me=me):
        for row in tx.all(queries.SAID_BY, video=one.video_id, me=me):
            drop_reply(tx, (one.author_id, one.video_id), row)
        for statement in queries.DROP_OF.values():
            tx.run(statement, video=one.video_id, me=me)
    tx.run(queries.DROP_TRACES, me=me)


# -- reporting -----------------------------------------------------------------------------------


def report(tx: Transaction, me: int, key: Key, number: int | None, reason: str, note: str) -> None:
    """Puts a video, or a reply beneath it, before the host: the words as they stand."""
    row, _ = find_for(tx, me, key)
    if number is None:
        person, at, said = row.author_id, row.published_at, f"{row.title}\n{row.text}"
    else:
        found = find_reply(tx, me, key, number)
        person, at, said = found.member_id, found.at, found.text
    if person == me:
        raise Refusal("videos.own_video", status=403)
    tx.emit(
        VideoReported(
            reporter_id=me,
            person_id=person,
            video_id=key[1],
            reply_id=number,
            reason=reason,
            note=clean(note),
            at=at,
            said=said.strip(),
        )
    )
