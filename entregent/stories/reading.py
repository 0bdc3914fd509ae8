"""What a member reads of stories: the row, what somebody tells, viewers, the archive."""

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Any

import msgspec

from entregent.kit.ids import MAX_ID, as_int
from entregent.kit.paging import decode_cursor, encode_cursor, number_after
from entregent.media import Media, seen_through
from entregent.network import Relation, words_on
from entregent.ports.db import Transaction
from entregent.profiles import card, cards, member_by_handle, near_or_far

from . import queries
from .highlights import FrameRef, Highlight, HighlightFrames, Highlights, KeptFrame
from .leads import any_lead
from .model import (
    Prompt,
    Story,
    StoryAnswer,
    StoryAnswers,
    StoryArchive,
    StoryPrompt,
    StoryRow,
    StorySettings,
    StoryViewer,
    StoryViewers,
    Told,
)
from .numbers import seen_of
from .rings import Ring, own_ring, rings_of
from .showing import file_of, frame_shown, gathered, shown
from .sight import Key, frames_of, kept_in, key_of, nothing_there, own_story, use_of, visible

_settings = msgspec.json.Decoder(StorySettings).decode
_prompt = msgspec.json.Decoder(Prompt).decode
TODAY = "today"
FAR = 2  # neither connected nor followed


def settings_of(tx: Transaction, me: int) -> StorySettings:
    """How the member wants stories."""
    kept = tx.value(queries.SETTINGS, me=me)
    return StorySettings() if kept is None else _settings(kept)


def settings_of_all(tx: Transaction, ids: list[int]) -> dict[int, StorySettings]:
    """The same of many."""
    kept = {row.member_id: row.settings for row in tx.all(queries.SETTINGS_OF, ids=ids)}
    return {one: _settings(kept[one]) if one in kept else StorySettings() for one in ids}


def prompt_now(tx: Transaction) -> Prompt | None:
    """What the house asks everybody."""
    kept = tx.value(queries.PROMPT, name=TODAY)
    return None if kept is None else _prompt(kept)


# -- the row -------------------------------------------------------------------------------------


def row(tx: Transaction, me: int, language: str, after: str = "", limit: int = 50) -> StoryRow:
    """Who tells something at the moment: what is new first, connections before whom one only
    follows, the latest first; muted ones last.

    Who stands in it, and where, is what the member's own rows say. The stories are asked only for
    those on the page, and where the tray does not decide: whoever tells something that is not for
    all connections, is not near, or is followed by too many to be in all of their trays. So what
    was taken back a moment ago is not there, whatever the tray still holds.
    """
    around = tx.all(queries.AROUND, me=me, now=tx.now)
    last = decode_cursor(after, int, int, int, int, int) if after else ()
    pulled = {one.author_id: one for one in tx.all(queries.PULLED, me=me, now=tx.now)}
    authors = [one.author_id for one in around]
    odd = {one.author_id for one in tx.all(queries.ODD, authors=authors, now=tx.now)}
    odd |= {one.author_id for one in around if one.far == FAR} | pulled.keys()
    plain = [one for one in around if one.author_id not in odd] if odd else around
    first = nsmallest(limit + 1, [one for one in plain if one > last] if after else plain)
    asked = [one for one in around if one.author_id in odd and one.author_id not in pulled]
    asked += pulled.values()
    own, rings = _rings(tx, me, [*first, *asked])
    # The tray may hold what has gone, or say that there is more to see of it than there is.
    unseen = sum(1 for one in plain if not one.muted and not one.seen)
    unseen -= sum(1 for one in first if not one.muted and not one.seen and not _new(rings, one))
    unseen += sum(1 for one in asked if not one.muted and _new(rings, one))
    found = [(*one, one) for one in first]
    for one in asked:
        if ring := rings.get(one.author_id):
            place = (one.muted, int(not ring.new), one.far, -ring.latest_id, ring.author_id)
            if place > last:
                found.append((*place, one))
    found.sort()
    page = found[:limit]
    shown = [one for *_, one in page if one.author_id in rings]
    near = {one.author_id for one in shown if not one.far}
    faces = near_or_far(tx, [one.author_id for one in shown], near) if shown else {}
    prompt = prompt_now(tx)
    return StoryRow(
        own=None if own is None or after else own.teller(card(tx, me, me), False),
        tellers=[
            rings[one.author_id].teller(faces[one.author_id], bool(one.muted)) for one in shown
        ],
        next=encode_cursor(*page[-1][:-1]) if len(found) > limit else None,
        unseen=unseen,
        prompt=None
        if prompt is None
        else StoryPrompt(id=prompt.id, text=prompt.texts.said_in(language)),
        settings=settings_of(tx, me),
    )


def _rings(tx: Transaction, me: int, some: Sequence[Any]) -> tuple[Ring | None, dict[int, Ring]]:
    """What the member tells, and what these do, of which nobody is hidden from the member."""
    authors = [one.author_id for one in some]
    heads = tx.all(queries.LIVE_HEADS, authors=[me, *authors], now=tx.now)
    # Who has left tells nothing, so all of these are members.
    ties = {one.author_id: Relation(True, not one.far, False) for one in some}
    others = [head for head in heads if head.author_id != me]
    allowed = visible(tx, me, others, ties)
    tray = tx.all(queries.TRAY_OF, me=me, authors=authors)
    numbers = {(one.author_id, one.story_id): one.number for one in tray}
    return own_ring(heads, me), rings_of([one for one in others if key_of(one) in allowed], numbers)


def _new(rings: Mapping[int, Ring], one: Any) -> bool:
    ring = rings.get(one.author_id)
    return ring is not None and ring.new


def told(tx: Transaction, me: int, author: int, language: str) -> Told:
    """All that somebody tells the member at the moment; one's own also while it is worked on."""
    rows = tx.all(queries.LIVE_OF, author=author, now=tx.now)
    if author == me:
        rows = sorted([*rows, *tx.all(queries.COMING_OF, author=me)], key=key_of)
    allowed = visible(tx, me, rows)
    rows = [one for one in rows if key_of(one) in allowed]
    if not rows:
        raise nothing_there()
    tray = tx.all(queries.TRAY_OF, me=me, authors=[author])
    numbers = {one.story_id: one.number for one in tray}
    face = card(tx, me, author)
    near = [author] if face.degree == 1 else []
    return Told(card=face, stories=shown(tx, me, rows, language, numbers, near))


def story_for_author(tx: Transaction, me: int, row: Any, language: str) -> Story:
    """One of the member's own stories."""
    return shown(tx, me, [row], language)[0]


# -- who saw it ----------------------------------------------------------------------------------


def viewers(tx: Transaction, me: int, key: Key, after: str, limit: int) -> StoryViewers:
    """Who has seen an own story, as each wants to be seen. Somebody who has left, or whom a block
    hides, is counted and not named."""
    story = own_story(tx, me, key)
    rows = tx.all(queries.VIEWS, story=key[1], after=number_after(after, MAX_ID), limit=limit + 1)
    page = rows[:limit]
    ids = [one.viewer_id for one in page]
    faces = {one.id: one for one in cards(tx, me, ids) if one.kind == "member"} if ids else {}
    likes: dict[int, list[str]] = {}
    for act in tx.all(queries.LIKES_BY, story=key[1], ids=ids) if ids else []:
        likes.setdefault(act.member_id, []).append(str(act.number))
    named = [one.viewer_id for one in page if one.viewing == 0]
    noted = words_on(tx, me, named) if named else {}
    leads = {one for one, words in noted.items() if str(one) in faces and any_lead(words.tags)}
    counts = tx.all(queries.COUNT_VIEWS, ids=[key[1]])
    top = story.mask.bit_length() - 1
    found = []
    for one in page:
        face = faces.get(str(one.viewer_id))
        found.append(
            StoryViewer(
                card=face if one.viewing == 0 else None,
                headline=face.headline if face is not None and one.viewing == 1 else None,
                frames=seen_of(story.mask, one.number),
                likes=likes.get(one.viewer_id, []),
                lead=one.viewer_id in leads,
                at=one.at,
            )
        )
    return StoryViewers(
        viewers=found,
        next=encode_cursor(page[-1].view_id) if len(rows) > limit else None,
        total=sum(one.people for one in counts),
        hidden=tx.value(queries.COUNT_PRIVATE, story=key[1]),
        completed=sum(one.people for one in counts if one.number >= top),
    )


def answers(
    tx: Transaction, me: int, key: Key, place: tuple[int, str], after: str, limit: int
) -> StoryAnswers:
    """What was answered to a question of an own story, or chosen in a poll."""
    story, (number, sticker) = own_story(tx, me, key), place
    kinds = {
        one.id: one.kind
        for frame in frames_of(story)
        if frame.number == number
        for one in frame.stickers
    }
    if kinds.get(sticker) not in ("poll", "question"):
        raise nothing_there()
    poll = kinds[sticker] == "poll"
    deed = f"{'vote' if poll else 'answer'}.{sticker}"
    asked = {"story": key[1], "frame": number, "deed": deed}
    rows = tx.all(queries.ANSWERS, **asked, after=number_after(after, MAX_ID), limit=limit + 1)
    page = rows[:limit]
    faces = {one.id: one for one in cards(tx, me, [one.member_id for one in page])}
    return StoryAnswers(
        answers=[
            StoryAnswer(
                card=faces[str(one.member_id)],
                text=one.text,
                option=one.choice if poll else None,
                named=not poll and bool(one.choice),
                at=one.at,
            )
            for one in page
        ],
        next=encode_cursor(page[-1].act_id) if len(rows) > limit else None,
        total=tx.value(queries.COUNT_ANSWERS, **asked),
    )


# -- what has ended, and what stays --------------------------------------------------------------


def archive(tx: Transaction, me: int, language: str, after: str, limit: int) -> StoryArchive:
    """The member's own stories that have ended."""
    rows = tx.all(queries.ARCHIVE, author=me, after=number_after(after, MAX_ID), limit=limit + 1)
    page = rows[:limit]
    return StoryArchive(
        stories=shown(tx, me, page, language) if page else [],
        next=encode_cursor(page[-1].story_id) if len(rows) > limit else None,
        total=tx.value(queries.COUNT_ARCHIVE, author=me),
    )


def kept_stories(tx: Transaction, me: int, author: int, refs: Iterable[FrameRef]) -> dict[str, Any]:
    """The stories of which frames were kept, as far as the member may see them."""
    ids = sorted({as_int(one.story_id) for one in refs})
    rows = tx.all(queries.SOME, author=author, ids=ids) if ids else []
    rows = [one for one in rows if one.state in ("live", "archived")]
    allowed = visible(tx, me, rows)
    return {str(one.story_id): one for one in rows if key_of(one) in allowed}


def kept_frames(refs: Iterable[FrameRef], stories: Mapping[str, Any]) -> list[FrameRef]:
    """Those of the frames that are there to be seen."""
    return [
        one
        for one in refs
        if one.story_id in stories and stories[one.story_id].mask >> int(one.frame_id) & 1
    ]


def highlights(tx: Transaction, me: int, handle: str) -> Highlights:
    """What stays on a profile, as far as the member may see it."""
    author = member_by_handle(tx, handle)
    if author is None:
        raise nothing_there()
    return Highlights(highlights=highlights_of(tx, me, author))


def highlights_of(tx: Transaction, me: int, author: int) -> list[Highlight]:
    """All of an author's; of one in which there is nothing to be seen, nothing is said."""
    rows = tx.all(queries.HIGHLIGHTS, author=author)
    refs = {row.highlight_id: kept_in(row) for row in rows}
    stories = kept_stories(tx, me, author, [one for some in refs.values() for one in some])
    seen = {key: kept_frames(some, stories) for key, some in refs.items()}
    covers = _covers(tx, author, seen.values(), stories)
    return [
        Highlight(
            id=str(row.highlight_id),
            title=row.title,
            cover=next((covers[one] for one in seen[row.highlight_id] if one in covers), None),
            frames=len(seen[row.highlight_id]),
        )
        for row in rows
        if seen[row.highlight_id]
    ]


def _covers(
    tx: Transaction, author: int, seen: Iterable[Sequence[FrameRef]], stories: Mapping[str, Any]
) -> dict[FrameRef, Media]:
    """The first frame with a picture of each."""
    pictured = {
        key: {one.number for one in frames_of(story) if one.media_id is not None}
        for key, story in stories.items()
    }
    firsts = (
        next((one for one in some if int(one.frame_id) in pictured[one.story_id]), None)
        for some in seen
    )
    wanted = {
        one: use_of(author, int(one.story_id), int(one.frame_id))
        for one in firsts
        if one is not None
    }
    files = seen_through(tx, wanted.values()) if wanted else {}
    return {ref: files[use][0] for ref, use in wanted.items() if files[use]}


def highlight_frames(
    tx: Transaction, me: int, author: int, key: int, language: str
) -> HighlightFrames:
    """A highlight as it is played."""
    row = tx.first(queries.HIGHLIGHT, author=author, key=key)
    refs = [] if row is None else kept_in(row)
    stories = kept_stories(tx, me, author, refs)
    refs = kept_frames(refs, stories)
    if row is None or not refs:
        raise nothing_there()
    some = [stories[one] for one in dict.fromkeys(ref.story_id for ref in refs)]
    seeing = gathered(tx, me, some, language, {}, ())
    frames = []
    for ref in refs:
        story = stories[ref.story_id]
        number = int(ref.frame_id)
        (drawn,) = [one for one in seeing.frames[story.story_id] if one.number == number]
        if drawn.media_id is None or file_of(seeing.files, story, drawn) is not None:
            frames.append(
                KeptFrame(
                    story_id=ref.story_id,
                    published_at=story.published_at,
                    frame=frame_shown(seeing, story, drawn),
                )
            )
    return HighlightFrames(id=str(key), title=row.title, frames=frames)


def checked_refs(tx: Transaction, me: int, refs: Sequence[FrameRef]) -> list[FrameRef]:
    """Frames of the member's own that can be kept."""
    stories = kept_stories(tx, me, me, refs)
    found = kept_frames(dict.fromkeys(refs), stories)
    if len(found) != len(set(refs)):
        raise nothing_there("frames")
    return found
