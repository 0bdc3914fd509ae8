"""An author's verbs: publish, change, delete; and what becomes of a story by itself."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from entregent.accounts import account
from entregent.kit.errors import Refusal
from entregent.media import Media, Use, attach, detach, seen_through
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import near_or_far

from .. import queries
from ..events import StoryChanged, StoryGone, StoryPublished, StoryRemoved
from ..jobnames import End, Spread, TellAuthor, Withdraw
from ..model import (
    HOUR_MS,
    Drawn,
    NewStory,
    Replies,
    Story,
    StoryAudience,
    StoryDone,
    Teller,
)
from ..numbers import mask_of
from ..reading import prompt_now, settings_of, story_for_author
from ..rings import own_ring
from ..showing import fault_of, faults, file_of
from ..sight import (
    Key,
    audience_of,
    frames_of,
    is_live,
    key_of,
    nothing_there,
    own_story,
    use_of,
    uses_of,
)
from .checking import audience_columns, checked_audience, checked_frames
from .keeping import forget_frames, kept_numbers
from .naming import named_in, take_back_all
from .reminding import keep_asked
from .spreading import people_in


def publish(tx: Transaction, me: int, new: NewStory, language: str) -> StoryDone:
    """Publishes a story: at once, or as soon as its files are ready."""
    frames = checked_frames(tx, me, new.frames)
    who, ref, hidden = audience_columns(checked_audience(tx, me, new.audience))
    key = tx.new_id()
    for frame in frames:
        if frame.media_id is not None:
            (media,) = attach(tx, me, [frame.media_id], use_of(me, key, frame.number))
            fault = fault_of(frame.kind, media)
            if fault is not None:
                raise Refusal(fault, field="frames")
    prompt = prompt_now(tx) if new.prompt_id else None
    asked = prompt is not None and prompt.id == new.prompt_id
    tx.run(
        queries.ADD,
        author_id=me,
        story_id=key,
        kind=new.kind,
        prompt=msgspec.json.encode(prompt.texts).decode() if prompt and asked else None,
        state="processing",
        hours=new.hours,
        published_at=tx.now,
        expires_at=tx.now + new.hours * HOUR_MS,
        who=who,
        ref=ref,
        hidden=hidden,
        replies=new.replies,
        mask=mask_of(frames),
        frames=encoded(frames),
        placeholder=None,
    )
    row = own_story(tx, me, (me, key))
    progress(tx, row)
    return StoryDone(story=as_told(tx, me, (me, key), language))


def encoded(frames: Sequence[Drawn]) -> str:
    """Frames as their story keeps them."""
    return msgspec.json.encode(frames).decode()


def as_told(tx: Transaction, me: int, key: Key, language: str) -> Story:
    """The story as it is now, which the author's other devices learn, too."""
    story = story_for_author(tx, me, own_story(tx, me, key), language)
    tx.emit(StoryChanged(story=story), to=[me])
    return story


def progress(tx: Transaction, row: Any) -> None:
    """Has a story go live when all of its files are ready, or stop where one was refused."""
    frames = frames_of(row)
    files = _files(tx, row, frames)
    if any(not some for some in files.values()):
        return  # the author has left, and the story goes with them
    if faults(files, row, frames):
        state = "refused"
    elif all(media.state == "ready" for some in files.values() for media in some):
        state = "live"
    else:
        state = "processing"
    published = tx.now if state == "live" else row.published_at
    expires = published + row.hours * HOUR_MS
    _set(
        tx,
        row,
        state=state,
        published_at=published,
        expires_at=expires,
        placeholder=_placeholder(files, row, frames),
    )
    if state == "live":
        author, story = key_of(row)
        enqueue(tx, Spread(author_id=author, story_id=story), owner=author, key=str(story))
        end = End(author_id=author, story_id=story)
        enqueue(tx, end, owner=author, at=expires, key=str(story))
        tell_own(tx, author, story)


def _files(tx: Transaction, row: Any, frames: Sequence[Drawn]) -> dict[Use, list[Media]]:
    uses = uses_of(row, frames)
    return seen_through(tx, uses) if uses else {}


def _placeholder(files: dict[Use, list[Media]], row: Any, frames: Sequence[Drawn]) -> str | None:
    found = (file_of(files, row, one) for one in frames)
    return next((one.placeholder for one in found if one and one.placeholder), None)


def _set(tx: Transaction, row: Any, **new: str | int | None) -> None:
    """Says otherwise how a story stands; what is not given stays."""
    columns = ("state", "published_at", "expires_at", "placeholder")
    values = {f"new_{name}": new.get(name, getattr(row, name)) for name in columns}
    tx.run(queries.SET_STATE, author=row.author_id, story=row.story_id, **values)


def own_teller(tx: Transaction, me: int) -> Teller | None:
    """The member's own ring, as events have it."""
    ring = own_ring(tx.all(queries.LIVE_HEADS, authors=[me], now=tx.now), me)
    return None if ring is None else ring.teller(near_or_far(tx, [me], [me])[me], False)


def tell_own(tx: Transaction, me: int, story: int) -> None:
    """The member's devices learn their own ring."""
    teller = own_teller(tx, me)
    if teller is None:
        tx.emit(StoryGone(author_id=str(me), story_id=str(story), teller=None), to=[me])
    else:
        tx.emit(StoryPublished(teller=teller), to=[me])


def settled(tx: Transaction, use: Use, place: tuple[int, int, int]) -> None:
    """A file of a frame is ready, refused, or described otherwise."""
    author, story, _ = place
    row = tx.first(queries.FIND, author=author, story=story)
    if row is None or not seen_through(tx, [use])[use]:
        return
    if row.state in ("processing", "refused"):
        progress(tx, row)
    tell_author(tx, author, story)


def tell_author(tx: Transaction, author: int, story: int) -> None:
    """The author's devices learn how a story stands."""
    row = tx.first(queries.FIND, author=author, story=story)
    if row is not None:
        as_told(tx, author, (author, story), account(tx, author).language)


def note_soon(tx: Transaction, author: int, story: int) -> None:
    """Counts have changed: the author learns it in a moment, of many changes once."""
    job = TellAuthor(author_id=author, story_id=story)
    enqueue(tx, job, owner=author, at=tx.now + 2_000, key=str(story))


# -- changing ------------------------------------------------------------------------------------


def change(
    tx: Transaction,
    me: int,
    key: Key,
    audience: StoryAudience | None,
    replies: Replies | None,
    language: str,
) -> StoryDone:
    """Says otherwise who may see a story, and who may reply. What a reader asks for is decided by
    this at once; the rows follow."""
    row = own_story(tx, me, key)
    before = audience_of(row)
    after = before if audience is None else checked_audience(tx, me, audience)
    who, ref, hidden = audience_columns(after)
    tx.run(
        queries.SET_AUDIENCE,
        author=me,
        story=key[1],
        new_who=who,
        new_ref=ref,
        new_hidden=hidden,
        new_replies=replies or row.replies,
    )
    if after != before and is_live(row, tx.now):
        _withdraw(tx, key, before)
        enqueue(tx, Spread(author_id=me, story_id=key[1]), owner=me, key=str(key[1]))
    return StoryDone(story=as_told(tx, me, key, language))


def _withdraw(
    tx: Transaction, key: Key, audience: StoryAudience, people: list[int] | None = None
) -> None:
    job = Withdraw(author_id=key[0], story_id=key[1], audience=audience, people=people)
    enqueue(tx, job, owner=key[0])


# -- deleting ------------------------------------------------------------------------------------


def delete(tx: Transaction, me: int, key: Key) -> StoryDone:
    """Deletes a story with all that belongs to it. Repeating it changes nothing."""
    if key[0] != me:
        raise nothing_there()
    row = tx.first(queries.FIND, author=me, story=key[1])
    if row is not None:
        remove(tx, row)
    return StoryDone(story=None)


def remove(tx: Transaction, row: Any, *, leaving: bool = False) -> None:
    """Takes a story away, with its files, its counts and its place in rows and highlights. Of an
    author who is leaving it is found out now whose rows those are: later nobody is near them."""
    author, story = key_of(row)
    frames = frames_of(row)
    for use in uses_of(row, frames):
        detach(tx, use)
    take_back_all(tx, (author, story), named_in(frames))
    forget_frames(tx, author, story)
    tx.run(queries.DROP_VIEWS, story=story)
    tx.run(queries.DROP_ACTS, story=story)
    tx.run(queries.DROP, author=author, story=story)
    tx.emit(StoryRemoved(id=str(story)), to=[author])
    if row.state == "live":
        audience = audience_of(row)
        people = people_in(tx, author, audience) if leaving else None
        _withdraw(tx, (author, story), audience, people)
        if not leaving:
            tell_own(tx, author, story)


def delete_frame(tx: Transaction, me: int, key: Key, number: int, language: str) -> StoryDone:
    """Takes a frame out of a story. Repeating it changes nothing."""
    row = own_story(tx, me, key)
    numbers = {one.number for one in frames_of(row)}
    if numbers <= {number}:
        return delete(tx, me, key)
    if number in numbers:
        left = _take_out(tx, row, {number})
        row = own_story(tx, me, key)
        if is_live(row, tx.now):
            _set(tx, row, placeholder=_placeholder(_files(tx, row, left), row, left))
            again = Spread(author_id=me, story_id=key[1], again=True)
            enqueue(tx, again, owner=me, key=str(key[1]))
            tell_own(tx, me, key[1])
        elif row.state != "archived":
            progress(tx, row)
    return StoryDone(story=as_told(tx, me, key, language))


def _take_out(tx: Transaction, row: Any, numbers: Collection[int]) -> list[Drawn]:
    """Takes frames out of a story, with their files, their counts and their place in highlights;
    gives those that are left."""
    author, story = key_of(row)
    frames = frames_of(row)
    for use in uses_of(row, [one for one in frames if one.number in numbers]):
        detach(tx, use)
    forget_frames(tx, author, story, numbers)
    for number in sorted(numbers):
        tx.run(queries.DROP_ACTS_ON, story=story, frame=number)
    left = [one for one in frames if one.number not in numbers]
    take_back_all(tx, (author, story), named_in(frames) - named_in(left))
    kept = {"new_mask": mask_of(left), "new_frames": encoded(left)}
    tx.run(queries.SET_FRAMES, author=author, story=story, **kept)
    return left


# -- ending --------------------------------------------------------------------------------------


def end(tx: Transaction, author: int, story: int) -> None:
    """A story's time is over: it goes into its author's archive, or away where there is none. What
    stays on the profile stays."""
    row = tx.first(queries.FIND, author=author, story=story)
    if row is None or row.state != "live":
        return
    if row.expires_at > tx.now:  # it was asked for earlier than it is due
        job = End(author_id=author, story_id=story)
        enqueue(tx, job, owner=author, at=row.expires_at, key=str(story))
        return
    if not settings_of(tx, author).archive:
        kept = kept_numbers(tx, author, story)
        keep_asked(tx, row, [one for one in frames_of(row) if one.number not in kept])
        if not kept:
            remove(tx, row)
            return
        _take_out(tx, row, {one.number for one in frames_of(row)} - kept)
    _set(tx, row, state="archived")
    take_back_all(tx, (author, story), named_in(frames_of(row)))
    tell_author(tx, author, story)
    tell_own(tx, author, story)


def close(tx: Transaction, me: int) -> None:
    """The member has left: all they told, and all they wanted of it, goes."""
    for row in tx.all(queries.EVERY, author=me):
        remove(tx, row, leaving=True)
    for row in tx.all(queries.HIGHLIGHTS, author=me):
        tx.run(queries.DROP_HIGHLIGHT, author=me, key=row.highlight_id)
    for statement in queries.DROP_OF.values():
        tx.run(statement, me=me)


def told_ids(tx: Transaction, authors: Sequence[int]) -> list[Key]:
    """All that these tell at the moment."""
    heads = tx.all(queries.LIVE_HEADS, authors=list(authors), now=tx.now)
    return [key_of(head) for head in heads]
