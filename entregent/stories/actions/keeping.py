"""What of the archive stays on a profile."""

from collections.abc import Collection, Sequence

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.text import clean_line
from entregent.ports.db import Transaction

from .. import queries
from ..highlights import FrameRef, Highlight
from ..model import (
    MAX_TITLE,
    MOST_HIGHLIGHTS,
)
from ..reading import checked_refs, highlights_of
from ..sight import kept_in, nothing_there
from .checking import within


def keep_highlight(tx: Transaction, me: int, title: str, refs: Sequence[FrameRef]) -> Highlight:
    """Keeps frames on the member's profile."""
    if len(tx.all(queries.HIGHLIGHTS, author=me)) >= MOST_HIGHLIGHTS:
        raise Refusal("stories.too_many_highlights", status=409, most=MOST_HIGHLIGHTS)
    return _write(tx, me, tx.new_id(), _title(title), checked_refs(tx, me, refs))


def change_highlight(
    tx: Transaction, me: int, key: int, title: str | None, refs: Sequence[FrameRef] | None
) -> Highlight:
    """Calls a highlight otherwise, or has other frames in it."""
    row = tx.first(queries.HIGHLIGHT, author=me, key=key)
    if row is None:
        raise nothing_there()
    named = row.title if title is None else _title(title)
    return _write(tx, me, key, named, kept_in(row) if refs is None else checked_refs(tx, me, refs))


def drop_highlight(tx: Transaction, me: int, key: int) -> None:
    """Takes a highlight from the profile."""
    if not tx.touch(queries.DROP_HIGHLIGHT, author=me, key=key):
        raise nothing_there()
    tx.emit(PartChanged(part="highlights"), to=[me])


def _title(title: str) -> str:
    kept = clean_line(title)
    if not kept:
        raise Refusal("stories.empty", field="title")
    return within(kept, MAX_TITLE, "title")


def _write(tx: Transaction, me: int, key: int, title: str, refs: Sequence[FrameRef]) -> Highlight:
    tx.run(
        queries.ADD_HIGHLIGHT,
        author_id=me,
        highlight_id=key,
        title=title,
        frames=msgspec.json.encode(refs).decode(),
    )
    tx.emit(PartChanged(part="highlights"), to=[me])
    (found,) = [one for one in highlights_of(tx, me, me) if one.id == str(key)]
    return found


def kept_numbers(tx: Transaction, me: int, story: int) -> set[int]:
    """The frames of a story that are kept."""
    rows = tx.all(queries.HIGHLIGHTS, author=me)
    refs = [one for row in rows for one in kept_in(row)]
    return {int(one.frame_id) for one in refs if one.story_id == str(story)}


def forget_frames(
    tx: Transaction, me: int, story: int, numbers: Collection[int] | None = None
) -> None:
    """Takes frames of a story, or all, out of highlights; one that is empty then goes."""
    changed = False
    for row in tx.all(queries.HIGHLIGHTS, author=me):
        refs = kept_in(row)
        left = [
            one
            for one in refs
            if one.story_id != str(story)
            or (numbers is not None and int(one.frame_id) not in numbers)
        ]
        changed |= left != refs
        if not left:
            tx.run(queries.DROP_HIGHLIGHT, author=me, key=row.highlight_id)
        elif left != refs:
            tx.run(
                queries.ADD_HIGHLIGHT,
                author_id=me,
                highlight_id=row.highlight_id,
                title=row.title,
                frames=msgspec.json.encode(left).decode(),
            )
    if changed:
        tx.emit(PartChanged(part="highlights"), to=[me])
