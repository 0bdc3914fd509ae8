"""Stored videos and replies as one member sees them, in a constant number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entregent.kit.sentences import sentence
from entregent.media import Media, MediaRefusal, Use, seen_through
from entregent.ports.db import Transaction

from . import queries
from .model import FILM, ITSELF, NOTHING, SOUND, Video, VideoReply, VideoSubtitles
from .sight import Eyes, Film, unheard

Counted = dict[tuple[int, int], int]


def shown(tx: Transaction, eyes: Eyes, rows: Sequence[Any], language: str) -> list[Video]:
    """An author's videos as the member sees them; that they may was decided before."""
    ids = [row.video_id for row in rows]
    films = {row.video_id: Film(eyes.author, row.video_id) for row in rows}
    files = seen_through(tx, [film.use for film in films.values()])
    likes, liked = _likes(tx, eyes.me, ids, [ITSELF])
    tracks = _tracks(tx, ids, [ITSELF])
    views = {row.video_id: row.number for row in tx.all(queries.COUNT_VIEWS, ids=ids)}
    said = replies_of(tx, ids, unheard(tx, eyes.me, eyes.author))
    found = []
    for row in rows:
        key = row.video_id, ITSELF
        media = _file(files, films[row.video_id])
        found.append(
            Video(
                id=str(row.video_id),
                author_id=str(row.author_id),
                state=row.state,
                title=row.title,
                text=row.text,
                language=row.language,
                audience=row.audience,
                replies=row.replies,
                media=media,
                published_at=row.published_at,
                subtitles=tracks.get(key, []),
                views=views.get(row.video_id, 0),
                likes=likes.get(key, 0),
                liked=key in liked,
                replies_total=said.get(row.video_id, 0),
                may_reply=row.state == "live" and eyes.may_reply(row),
                mine=eyes.own,
                refusal=_refusal(media, language) if row.state == "refused" else None,
            )
        )
    return found


def replies_of(tx: Transaction, videos: Sequence[int], hidden: Sequence[int]) -> dict[int, int]:
    """How many replies there are beneath each of some videos, but those of who is not heard."""
    rows = tx.all(queries.COUNT_REPLIES, ids=list(videos), hidden=list(hidden))
    return {row.video_id: row.number for row in rows}


def replies_shown(
    tx: Transaction, me: int, author: int, rows: Sequence[Any], hidden: Sequence[int]
) -> list[VideoReply]:
    """Replies beneath one video of an author's, as the member sees them; `hidden` are those whom
    the member does not hear there."""
    if not rows:
        return []
    video = rows[0].video_id
    numbers = sorted({row.reply_id for row in rows})
    films = {row.reply_id: Film(author, video, row.reply_id) for row in rows if row.plays}
    files = seen_through(tx, [film.use for film in films.values()]) if films else {}
    likes, liked = _likes(tx, me, [video], numbers)
    tracks = _tracks(tx, [video], list(films)) if films else {}
    asked = {"video": video, "ids": numbers, "me": me, "hidden": list(hidden)}
    answers = {row.parent_id: row.number for row in tx.all(queries.COUNT_ANSWERS, **asked)}
    found = []
    for row in rows:
        key, removed = (video, row.reply_id), row.state == "removed"
        film = films.get(row.reply_id)
        found.append(
            VideoReply(
                id=str(row.reply_id),
                member_id=None if removed else str(row.member_id),
                parent_id=str(row.parent_id) if row.parent_id else None,
                text=row.text,
                media=None if film is None else _file(files, film),
                at=row.at,
                state="live" if removed else row.state,
                subtitles=tracks.get(key, []),
                likes=likes.get(key, 0),
                liked=key in liked,
                removed=removed,
                may_remove=not removed and me in (row.member_id, author),
                answers=answers.get(row.reply_id, 0),
            )
        )
    return found


def fault_of(media: Media, kinds: Iterable[str]) -> str | None:
    """Why a file cannot be shown; None while nothing speaks against it."""
    if media.state == "refused":
        return "videos.refused_file"
    if media.state == "ready" and media.kind not in kinds:
        return "videos.no_film"
    return None


def plays_of(media: Media | None) -> int:
    """What of a reply plays, by its file."""
    if media is None:
        return NOTHING
    return FILM if media.kind == "video" else SOUND


def _file(files: Mapping[Use, list[Media]], film: Film) -> Media | None:
    return next(iter(files.get(film.use, ())), None)


def _refusal(media: Media | None, language: str) -> MediaRefusal:
    if media is not None and media.refusal is not None:
        return media.refusal
    return MediaRefusal("videos.no_film", sentence(language, "videos.no_film", {}))


def _likes(
    tx: Transaction, me: int, ids: Sequence[int], replies: Sequence[int]
) -> tuple[Counted, set[tuple[int, int]]]:
    asked = {"ids": list(ids), "replies": list(replies)}
    counted = {
        (row.video_id, row.reply_id): row.number for row in tx.all(queries.COUNT_LIKES, **asked)
    }
    mine = {(row.video_id, row.reply_id) for row in tx.all(queries.MY_LIKES, **asked, me=me)}
    return counted, mine


def _tracks(
    tx: Transaction, ids: Sequence[int], replies: Sequence[int]
) -> dict[tuple[int, int], list[VideoSubtitles]]:
    found: dict[tuple[int, int], list[VideoSubtitles]] = {}
    for row in tx.all(queries.TRACKS, ids=list(ids), replies=list(replies)):
        one = VideoSubtitles(language=row.language, cues=row.number)
        found.setdefault((row.video_id, row.reply_id), []).append(one)
    return found
