"""What goes with a member into an export: their videos, and what they said beneath those of
others, with all subtitles."""

import msgspec

from entregent.kit.ids import Id
from entregent.media import kept_of
from entregent.ports.db import Transaction

from . import queries
from .model import VideoAudience, VideoReplies, VideoState, VideoTrack
from .reading import cues_of
from .sight import Film


class ExportedVideo(msgspec.Struct, kw_only=True):
    """A video as its author made it; the export has its file, named by that id."""

    id: Id
    state: VideoState
    title: str
    text: str
    language: str
    audience: VideoAudience
    replies: VideoReplies
    published_at: int
    media_id: Id | None
    subtitles: list[VideoTrack]


class ExportedReply(msgspec.Struct, kw_only=True):
    """Something that the member said beneath a video."""

    video_id: Id
    at: int
    text: str
    media_id: Id | None
    subtitles: list[VideoTrack]


class ExportedVideos(msgspec.Struct, kw_only=True):
    """All of it, the oldest first."""

    videos: list[ExportedVideo]
    replies: list[ExportedReply]


def exported(tx: Transaction, me: int) -> ExportedVideos | None:
    """What the member has published or said, and not removed; None where that is nothing."""
    videos = [
        ExportedVideo(
            id=str(row.video_id),
            state=row.state,
            title=row.title,
            text=row.text,
            language=row.language,
            audience=row.audience,
            replies=row.replies,
            published_at=row.published_at,
            media_id=_file(tx, Film(me, row.video_id)),
            subtitles=_tracks(tx, Film(me, row.video_id)),
        )
        for row in tx.all(queries.EVERY, author=me)
    ]
    replies = [
        ExportedReply(
            video_id=str(film.video),
            at=row.at,
            text=row.text,
            media_id=_file(tx, film),
            subtitles=_tracks(tx, film),
        )
        for trace in tx.all(queries.TRACES, me=me)
        for row in tx.all(queries.SAID_BY, video=trace.video_id, me=me)
        if row.state != "removed"
        for film in (Film(trace.author_id, trace.video_id, row.reply_id),)
    ]
    if not videos and not replies:
        return None
    return ExportedVideos(
        videos=sorted(videos, key=lambda one: int(one.id)),
        replies=sorted(replies, key=lambda one: one.at),
    )


def _file(tx: Transaction, film: Film) -> Id | None:
    return next((str(media_id) for media_id, _ in kept_of(tx, film.use)), None)


def _tracks(tx: Transaction, film: Film) -> list[VideoTrack]:
    rows = tx.all(queries.EVERY_TRACK, video=film.video, reply=film.reply)
    return [VideoTrack(language=row.language, cues=cues_of(row.cues)) for row in rows]
