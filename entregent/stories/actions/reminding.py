"""Who asked for it hears when a countdown is over: once, and only of what is for them still."""

from collections.abc import Iterable, Sequence
from typing import Any

from entregent.notifications import Detail, Tell, Thing, tell_each
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from .. import queries
from ..jobnames import Remind, RemindOf
from ..model import Drawn, NewSticker
from ..sight import audience_of, frames_of, is_live, key_of, open_to

SOME = 500


def await_end(tx: Transaction, frame: tuple[int, int, int], sticker: NewSticker) -> None:
    """Somebody has asked: those who did are reminded when it is over."""
    author, story, number = frame
    job = Remind(author_id=author, story_id=story, number=number, sticker=sticker.id)
    enqueue(tx, job, owner=author, at=sticker.at, key=f"{story}.{number}.{sticker.id}")


def remind(tx: Transaction, job: Remind) -> bool:
    """Reminds some of those who asked, and forgets that they did; False when nobody is left. Of a
    story that is gone, with or without them, nobody has asked any more."""
    row = tx.first(queries.FIND, author=job.author_id, story=job.story_id)
    frames = [] if row is None else [one for one in frames_of(row) if one.number == job.number]
    found = [one for frame in frames for one in frame.stickers if one.id == job.sticker]
    asked = {"story": job.story_id, "frame": job.number, "deed": deed_of(job.sticker)}
    rows = tx.all(queries.SOME_ASKED, **asked, limit=SOME) if found else []
    if not rows:
        return False
    people = [one.member_id for one in rows]
    tx.run(queries.DROP_ASKED, **asked, ids=people)
    thing = Thing(kind="story", id=str(job.story_id), of=str(job.author_id))
    over = _without(row, job.number, found[0], people)
    remind_of(tx, over, people, thing if is_live(row, tx.now) else None)
    return True


def keep_asked(tx: Transaction, row: Any, frames: Iterable[Drawn]) -> None:
    """These frames of a story that ends are kept for nobody: who asked is reminded all the same."""
    for frame in frames:
        for one in frame.stickers:
            if one.kind != "countdown" or (one.at or 0) <= tx.now:
                continue
            asked = {"story": row.story_id, "frame": frame.number, "deed": deed_of(one.id)}
            people = [found.member_id for found in tx.all(queries.ASKED, **asked)]
            if people:
                job = _without(row, frame.number, one, people)
                enqueue(tx, job, owner=row.author_id, at=one.at)


def _without(row: Any, number: int, sticker: NewSticker, people: list[int]) -> RemindOf:
    author, story = key_of(row)
    return RemindOf(
        author_id=author,
        topic=f"countdown:{story}.{number}.{sticker.id}",
        words=sticker.text,
        audience=audience_of(row),
        people=people,
    )


def remind_of(
    tx: Transaction, job: RemindOf, people: Sequence[int], thing: Thing | None = None
) -> None:
    """Reminds those of the people for whom it still is."""
    detail = Detail(what="countdown", text=job.words)
    tell_each(
        tx,
        [
            Tell(one, "returned", job.topic, thing, job.author_id, detail)
            for one in sorted(open_to(tx, job.author_id, job.audience, people))
        ],
    )


def deed_of(sticker: str) -> str:
    """What stands for having asked."""
    return f"remind.{sticker}"
