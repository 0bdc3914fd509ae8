"""What a frame may hold: refused with the sentence that says it, or as it is kept."""

from collections.abc import Sequence

from entregent.kit.errors import Refusal
from entregent.kit.ids import as_int
from entregent.kit.text import clean, clean_line
from entregent.messaging import doubts_in, group_people
from entregent.network import relation, tagged
from entregent.ports.db import Transaction

from ..model import (
    MAX_ALT,
    MAX_CAPTION,
    MAX_LINE,
    MAX_OPTION,
    MAX_STICKER,
    MAX_TEXT,
    MAX_URL,
    MOST_FRAMES,
    MOST_LINES,
    MOST_POINTS,
    MOST_STICKERS,
    MOST_TRACKS,
    MOST_VIDEO_MS,
    Drawn,
    NewFrame,
    NewSticker,
    StoryAudience,
    StoryLine,
    StoryTrack,
)
from ..showing import domain_of, hidden_json

FEWEST_OPTIONS, MOST_OPTIONS = 2, 4


def checked_frames(tx: Transaction, me: int, frames: Sequence[NewFrame]) -> list[Drawn]:
    """The frames of a new story as they are kept."""
    if not frames:
        raise Refusal("stories.no_frames", field="frames")
    if len(frames) > MOST_FRAMES:
        raise Refusal("stories.too_many_frames", field="frames", most=MOST_FRAMES)
    return [_frame(tx, me, number, one) for number, one in enumerate(frames, 1)]


def _frame(tx: Transaction, me: int, number: int, frame: NewFrame) -> Drawn:
    text = within(clean(frame.text), MAX_TEXT, "text")
    if frame.kind == "text" and not text:
        raise Refusal("stories.empty", field="text")
    if frame.kind != "text" and frame.media_id is None:
        raise Refusal("stories.no_file", field="media_id")
    if sum(len(one.points) for one in frame.drawing) > MOST_POINTS:
        raise Refusal("stories.long_drawing", field="drawing")
    return Drawn(
        number=number,
        kind=frame.kind,
        media_id=None if frame.kind == "text" else frame.media_id,
        text=text,
        look=frame.look,
        caption=within(clean(frame.caption), MAX_CAPTION, "caption"),
        alt=within(clean_line(frame.alt), MAX_ALT, "alt"),
        crop=frame.crop,
        drawing=frame.drawing,
        stickers=_stickers(tx, me, frame.stickers),
        tracks=checked_tracks(frame.subtitles) if frame.kind == "video" else [],
    )


def checked_tracks(given: Sequence[StoryTrack]) -> list[StoryTrack]:
    """Subtitles of a film as they are kept: one of each language, those with a line."""
    if len(given) > MOST_TRACKS:
        raise Refusal("stories.many_tracks", field="subtitles", most=MOST_TRACKS)
    found = {one.language: _lines(one.lines) for one in given}
    return [StoryTrack(language=name, lines=lines) for name, lines in found.items() if lines]


def _lines(given: Sequence[StoryLine]) -> list[StoryLine]:
    """Subtitles in the order in which they are read."""
    if len(given) > MOST_LINES:
        raise Refusal("stories.many_lines", field="subtitles", most=MOST_LINES)
    lines = []
    for number, one in enumerate(given, 1):
        text = within(clean(one.text), MAX_LINE, "subtitles")
        if not text or not one.start < one.end <= MOST_VIDEO_MS:
            raise Refusal("stories.bad_line", field="subtitles", number=number)
        lines.append(StoryLine(start=one.start, end=one.end, text=text))
    return sorted(lines, key=lambda one: (one.start, one.end))


def within(text: str, most: int, field: str) -> str:
    """A text that is not too long."""
    if len(text) > most:
        raise Refusal("stories.too_long", field=field, most=most)
    return text


def _stickers(tx: Transaction, me: int, given: Sequence[NewSticker]) -> list[NewSticker]:
    if len(given) > MOST_STICKERS or len({one.id for one in given}) < len(given):
        raise Refusal("stories.too_many_stickers", field="stickers", most=MOST_STICKERS)
    if sum(one.kind == "link" or (one.kind == "job" and bool(one.url)) for one in given) > 1:
        raise Refusal("stories.one_link", field="stickers")
    return [_sticker(tx, me, one) for one in given]


def _sticker(tx: Transaction, me: int, one: NewSticker) -> NewSticker:
    """A sticker with what its kind has, and nothing else."""
    text = within(clean_line(one.text), MAX_STICKER, "stickers")
    kept = NewSticker(
        id=one.id, kind=one.kind, x=one.x, y=one.y, scale=one.scale, turn=one.turn, text=text
    )
    if one.kind in ("text", "question", "job") and not text:
        raise Refusal("stories.empty", field="stickers")
    if one.kind == "mention":
        other = as_int(one.member_id or "0")
        if not (other == me or relation(tx, me, other).reachable):
            raise Refusal("stories.cannot_mention", field="stickers")
        kept.member_id = str(other)
    elif one.kind == "link":
        kept.url = checked_link(tx, one.url or "")
    elif one.kind == "job":
        kept.place = within(clean_line(one.place), MAX_OPTION, "stickers")
        kept.url = checked_link(tx, one.url) if one.url else None
    elif one.kind == "poll":
        kept.options = [within(clean_line(o), MAX_OPTION, "stickers") for o in one.options]
        enough = FEWEST_OPTIONS <= len(kept.options) <= MOST_OPTIONS
        if not enough or not all(kept.options):
            raise Refusal("stories.poll_options", field="stickers")
    elif one.kind == "countdown":
        if one.at is None or one.at <= tx.now:
            raise Refusal("stories.countdown_past", field="stickers")
        kept.at = one.at
    return kept


def checked_link(tx: Transaction, url: str) -> str:
    """A link that may stand on a frame: to a page, under a name that is what it seems."""
    url = url.strip()
    scheme = url.partition("://")[0].lower()
    bad = any(c.isspace() or ord(c) < 32 or c in '<>"\\^`{|}' for c in url)
    host = domain_of(url) if scheme in ("http", "https") and not bad else ""
    if "." not in host or len(url) > MAX_URL:
        raise Refusal("stories.bad_link", field="stickers")
    if doubts_in(tx, url):
        raise Refusal("stories.unsafe_link", field="stickers", host=host)
    return url


def checked_audience(tx: Transaction, me: int, given: StoryAudience) -> StoryAudience:
    """An audience that there is."""
    ref = given.ref if given.who in ("list", "group") else None
    if given.who == "group" and (
        not (ref or "").isdecimal() or me not in group_people(tx, as_int(ref or "0"))
    ):
        raise Refusal("stories.no_group", status=404, field="audience")
    if given.who == "list" and not (ref and tagged(tx, me, ref)):
        raise Refusal("stories.no_list", status=404, field="audience")
    return StoryAudience(who=given.who, ref=ref, hidden_from=list(dict.fromkeys(given.hidden_from)))


def audience_columns(audience: StoryAudience) -> tuple[str, str | None, str]:
    """As the table has it."""
    ids = [str(as_int(one)) for one in audience.hidden_from]
    return audience.who, audience.ref, hidden_json(ids)
