"""Subtitles: written and taken away by whom the film belongs to."""

from collections.abc import Sequence
from typing import Any

import msgspec

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

from .. import queries
from ..model import ITSELF, MOST_TRACKS, NOTHING, VideoCue, VideoTrack
from ..sight import Film, find_for, find_reply, nothing_there, own_video
from ..subtitles import checked, read_file
from .answering import tell_of_reply
from .publishing import tell_author


def write_track(
    tx: Transaction,
    me: int,
    film: Film,
    language: str,
    cues: Sequence[VideoCue] | None,
    file: str | None,
) -> VideoTrack:
    """Gives an own film subtitles in one language."""
    _own(tx, me, film)
    if (cues is None) == (file is None):
        raise Refusal("videos.no_cues", field="cues")
    kept = checked(cues) if cues is not None else read_file(file or "")
    at = {"ids": [film.video], "replies": [film.reply]}
    there = {row.language for row in tx.all(queries.TRACKS, **at)}
    if len(there | {language}) > MOST_TRACKS:
        raise Refusal("videos.many_tracks", status=409, most=MOST_TRACKS)
    tx.run(
        queries.KEEP_TRACK,
        video_id=film.video,
        reply_id=film.reply,
        language=language,
        number=len(kept),
        cues=msgspec.json.encode(kept).decode(),
    )
    _tell(tx, me, film)
    return VideoTrack(language=language, cues=kept)


def drop_track(tx: Transaction, me: int, film: Film, language: str) -> None:
    """Takes the subtitles of one language from an own film."""
    _own(tx, me, film)
    if tx.touch(queries.DROP_TRACK, video=film.video, reply=film.reply, language=language):
        _tell(tx, me, film)


def _own(tx: Transaction, me: int, film: Film) -> Any:
    """The film, where it is the member's own; of others' there is none to write on."""
    if film.reply == ITSELF:
        return own_video(tx, me, film.key)
    find_for(tx, me, film.key)
    row = find_reply(tx, me, film.key, film.reply)
    if row.member_id != me or row.plays == NOTHING:
        raise nothing_there()
    return row


def _tell(tx: Transaction, me: int, film: Film) -> None:
    if film.reply == ITSELF:
        tell_author(tx, film.key)
    else:
        tell_of_reply(tx, film, me)
