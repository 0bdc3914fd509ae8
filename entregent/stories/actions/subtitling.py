"""Subtitles of a film that is told already: said otherwise by its author, live or over."""

from collections.abc import Sequence

from entregent.ports.db import Transaction

from .. import queries
from ..model import StoryDone, StoryTrack
from ..sight import Key, frames_of, nothing_there, own_story
from .checking import checked_tracks
from .publishing import as_told, encoded


def write_subtitles(
    tx: Transaction,
    me: int,
    key: Key,
    number: int,
    given: Sequence[StoryTrack],
    language: str,
) -> StoryDone:
    """Puts these subtitles in the place of those that an own film has."""
    row = own_story(tx, me, key)
    frames = frames_of(row)
    frame = next((one for one in frames if one.number == number and one.kind == "video"), None)
    if frame is None:
        raise nothing_there()
    frame.tracks = checked_tracks(given)
    kept = {"new_mask": row.mask, "new_frames": encoded(frames)}
    tx.run(queries.SET_FRAMES, author=me, story=key[1], **kept)
    return StoryDone(story=as_told(tx, me, key, language))
