"""Subtitles over HTTP: for the page that edits them, and for the player."""

from typing import Annotated

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import SAFE, Call, Done, Raw
from entregent.live import once
from entregent.media import Spoken

from .. import actions, reading
from ..model import ITSELF, MOST_CUES, VideoCue, VideoTrack
from ..sight import Film
from ..subtitles import as_vtt
from .routes import ONE, key_in, routes

TRACK = ONE + "/subtitles/{language}"
FRESH = (b"cache-control", b"no-store")


class FilmQuery(msgspec.Struct, kw_only=True):
    """Of which film: of a reply, or of the video itself where none is named."""

    reply: Id = str(ITSELF)


class NewSubtitles(msgspec.Struct, kw_only=True):
    """Subtitles as cues, or as the text of a .vtt or .srt file: one of the two."""

    client_id: ClientId
    cues: Annotated[list[VideoCue], msgspec.Meta(max_length=MOST_CUES)] | None = None
    file: str | None = None


@routes.get(TRACK)
async def show_subtitles(call: Call, query: FilmQuery) -> VideoTrack:
    """The cues of one language."""
    return await call.ports.db.read(reading.track, call.me, _film(call, query), _language(call))


@routes.put(TRACK)
async def write_subtitles(call: Call, query: FilmQuery, body: NewSubtitles) -> VideoTrack:
    """Gives an own film subtitles in one language, in the place of those that it has."""
    given = _film(call, query), _language(call), body.cues, body.file
    return await call.ports.db.write(
        once, call.me, body.client_id, VideoTrack, actions.write_track, call.me, *given
    )


@routes.delete(TRACK)
async def remove_subtitles(call: Call, query: FilmQuery) -> Done:
    """Takes the subtitles of one language from an own film. Repeating it changes nothing."""
    await call.ports.db.write(actions.drop_track, call.me, _film(call, query), _language(call))
    return Done()


@routes.get(f"{TRACK}.vtt", media="text/vtt")
async def play_subtitles(call: Call, query: FilmQuery) -> Raw:
    """The same as WebVTT, for a player."""
    track = await call.ports.db.read(reading.track, call.me, _film(call, query), _language(call))
    return Raw(as_vtt(track.cues).encode(), "text/vtt; charset=utf-8", (FRESH, *SAFE))


def _film(call: Call, query: FilmQuery) -> Film:
    return Film(*key_in(call), as_int(query.reply))


def _language(call: Call) -> str:
    try:
        return msgspec.convert(call.path["language"], Spoken)
    except msgspec.ValidationError:
        raise Refusal("kit.not_found", status=404) from None
