"""Stored stories as one member sees them, in a constant number of statements."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.kit.sentences import sentence
from entregent.media import Media, Use, seen_through
from entregent.messaging import doubts_in, host_of
from entregent.network import hidden_among
from entregent.ports.db import Transaction

from . import queries
from .model import (
    MOST_VIDEO_MS,
    Drawn,
    FrameCounts,
    NewSticker,
    Story,
    StoryFrame,
    StoryRefusal,
    StorySticker,
    Texts,
)
from .numbers import seen_of
from .sight import audience_of, frames_of, use_of, uses_of

_texts = msgspec.json.Decoder(Texts).decode
KINDS = {"photo": ("picture", "animation"), "video": ("video",)}


class Seeing(NamedTuple):
    """All that is needed beside the stored stories, read at once."""

    me: int
    language: str
    frames: Mapping[int, list[Drawn]]  # by story
    files: Mapping[Use, list[Media]]
    mine: Mapping[tuple[int, int, str], Any]  # what I did
    acts: Mapping[int, list[Any]]  # what all did, counted, by story
    views: Mapping[int, list[Any]]
    numbers: Mapping[int, int]  # up to where I have seen them
    connected: frozenset[int]
    hidden: frozenset[str]  # whom a block hides among those who are mentioned
    unsafe: frozenset[str]  # hosts that links may lead to no more


def shown(
    tx: Transaction,
    me: int,
    rows: Sequence[Any],
    language: str,
    numbers: Mapping[int, int] | None = None,
    connected: Iterable[int] = (),
) -> list[Story]:
    """Stories as the member sees them; that they may was decided before."""
    seeing = gathered(tx, me, rows, language, numbers or {}, connected)
    return [_story(seeing, row) for row in rows]


def gathered(
    tx: Transaction,
    me: int,
    rows: Sequence[Any],
    language: str,
    numbers: Mapping[int, int],
    connected: Iterable[int],
) -> Seeing:
    """Reads what is shown with stories."""
    ids = [row.story_id for row in rows]
    frames = {row.story_id: frames_of(row) for row in rows}
    uses = [use for row in rows for use in uses_of(row, frames[row.story_id])]
    mine = tx.all(queries.MY_ACTS, ids=ids, me=me) if ids else []
    own = [row.story_id for row in rows if row.author_id == me]
    voted = {one.story_id for one in mine if one.what.startswith("vote.")}
    counted = sorted({*own, *voted})
    stickers = [one for some in frames.values() for frame in some for one in frame.stickers]
    people = {int(one.member_id) for one in stickers if one.member_id}
    links = " ".join(one.url for one in stickers if one.url)
    return Seeing(
        me,
        language,
        frames,
        seen_through(tx, uses) if uses else {},
        {(one.story_id, one.number, one.what): one for one in mine},
        _grouped(tx.all(queries.COUNT_ACTS, ids=counted)) if counted else {},
        _grouped(tx.all(queries.COUNT_VIEWS, ids=own)) if own else {},
        numbers,
        frozenset(connected),
        frozenset(map(str, hidden_among(tx, me, people))) if people else frozenset(),
        frozenset(one.host for one in doubts_in(tx, links) if one.why == "blocked"),
    )


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.story_id, []).append(row)
    return found


def _story(seeing: Seeing, row: Any) -> Story:
    own = row.author_id == seeing.me
    frames = seeing.frames[row.story_id]
    views = seeing.views.get(row.story_id, ())
    top = row.mask.bit_length() - 1
    number = seeing.numbers.get(row.story_id, 0)
    return Story(
        id=str(row.story_id),
        author_id=str(row.author_id),
        kind=row.kind,
        prompt=_texts(row.prompt).said_in(seeing.language) if row.prompt else None,
        published_at=row.published_at,
        expires_at=row.expires_at,
        state=row.state,
        frames=[frame_shown(seeing, row, one) for one in frames],
        seen=len(frames) if own else seen_of(row.mask, number),
        may_reply=not own
        and (
            row.replies == "all"
            or (row.replies == "connections" and row.author_id in seeing.connected)
        ),
        replies=row.replies if own else None,
        audience=audience_of(row) if own else None,
        viewers=sum(one.people for one in views) if own else None,
        completed=sum(one.people for one in views if one.number >= top) if own else None,
        refusals=_refusals(seeing, row, frames) if own and row.state == "refused" else [],
    )


def frame_shown(seeing: Seeing, row: Any, frame: Drawn) -> StoryFrame:
    """A frame as the member sees it."""
    own, story = row.author_id == seeing.me, row.story_id
    media = file_of(seeing.files, row, frame)
    return StoryFrame(
        id=str(frame.number),
        kind=frame.kind,
        media=media,
        text=frame.text,
        look=frame.look,
        caption=frame.caption,
        alt=frame.alt or ("" if media is None else media.alt),
        crop=frame.crop,
        drawing=frame.drawing,
        stickers=[sticker_shown(seeing, row, frame.number, one) for one in frame.stickers],
        subtitles=frame.tracks,
        liked=(story, frame.number, "like") in seeing.mine,
        counts=_counts(seeing, story, frame) if own else None,
    )


def file_of(files: Mapping[Use, list[Media]], row: Any, frame: Drawn) -> Media | None:
    """The file of a frame, if it has one."""
    found = files.get(use_of(row.author_id, row.story_id, frame.number), ())
    return next(iter(found), None)


def _counts(seeing: Seeing, story: int, frame: Drawn) -> FrameCounts:
    acts = [one for one in seeing.acts.get(story, ()) if one.number == frame.number]

    def people(beginning: str) -> int:
        return sum(one.people for one in acts if one.what.startswith(beginning))

    views = seeing.views.get(story, ())
    return FrameCounts(
        viewers=sum(one.people for one in views if one.number >= frame.number),
        likes=people("like"),
        replies=people("reply"),
        taps=people("tap."),
    )


def sticker_shown(seeing: Seeing, row: Any, number: int, one: NewSticker) -> StorySticker:
    """A sticker as the member sees it. What leads to somebody, or somewhere, that is not for them
    leads nowhere."""
    own, story = row.author_id == seeing.me, row.story_id
    vote = seeing.mine.get((story, number, f"vote.{one.id}"))
    counted = [act for act in seeing.acts.get(story, ()) if act.number == number]
    votes = None
    if one.kind == "poll" and (own or vote is not None):
        votes = [0] * len(one.options)
        for act in counted:
            if act.what == f"vote.{one.id}" and act.choice is not None:
                votes[act.choice] += act.people
    answers = None
    if one.kind == "question" and own:
        answers = sum(act.people for act in counted if act.what == f"answer.{one.id}")
    host = domain_of(one.url) if one.url else None
    safe = host is not None and host not in seeing.unsafe
    return StorySticker(
        id=one.id,
        kind=one.kind,
        x=one.x,
        y=one.y,
        scale=one.scale,
        turn=one.turn,
        text=one.text if one.member_id not in seeing.hidden else "",
        member_id=one.member_id if one.member_id not in seeing.hidden else None,
        url=one.url if safe else None,
        place=one.place,
        domain=host,
        options=one.options,
        at=one.at,
        votes=votes,
        mine=None if vote is None else vote.choice,
        answered=(story, number, f"answer.{one.id}") in seeing.mine,
        reminded=(story, number, f"remind.{one.id}") in seeing.mine,
        answers=answers,
    )


def domain_of(url: str) -> str:
    """Where a link leads, for all to see."""
    rest = url.partition("://")[2]
    for end in "/?#\\":
        rest = rest.partition(end)[0]
    return host_of(rest)


def faults(
    files: Mapping[Use, list[Media]], row: Any, frames: Iterable[Drawn]
) -> dict[int, tuple[str, str]]:
    """The frames that cannot be shown, by number: why, and the words that are there for it."""
    found: dict[int, tuple[str, str]] = {}
    for frame in frames:
        media = file_of(files, row, frame)
        code = None if media is None else fault_of(frame.kind, media)
        if media is not None and code is not None:
            words = media.refusal.message if media.refusal else ""
            found[frame.number] = (media.refusal.code if media.refusal else code, words)
    return found


def fault_of(kind: str, media: Media) -> str | None:
    """Why a file cannot be the frame that it is to be; None while nothing speaks against it."""
    if media.state == "refused":
        return "stories.refused_file"
    if media.state == "ready":
        if media.kind not in KINDS[kind]:
            return f"stories.no_{kind}"
        if media.kind == "video" and (media.duration or 0) > MOST_VIDEO_MS:
            return "stories.long_video"
    return None


def _refusals(seeing: Seeing, row: Any, frames: Sequence[Drawn]) -> list[StoryRefusal]:
    return [
        StoryRefusal(
            frame_id=str(number), code=code, message=words or sentence(seeing.language, code, {})
        )
        for number, (code, words) in faults(seeing.files, row, frames).items()
    ]


def hidden_json(ids: Iterable[str]) -> str:
    """Members from whom a story is hidden, as it is kept."""
    return json.dumps(sorted(set(ids), key=int))
