"""What viewers do with what they see: like, reply, use a sticker, report."""

from typing import NamedTuple

from entregent.accounts import account
from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.sentences import sentence
from entregent.kit.text import clean, snippet
from entregent.messaging import (
    Begin,
    Message,
    More,
    Send,
    begin_conversation,
    place_first,
    send_messages,
)
from entregent.network import relation
from entregent.ports.db import Transaction

from .. import queries
from ..events import StoryReported
from ..model import MAX_ANSWER, Drawn, NewSticker, StorySticker
from ..reading import settings_of
from ..showing import gathered, sticker_shown
from ..sight import frame_of, frames_of, nothing_there, watched
from .publishing import note_soon
from .reminding import await_end, deed_of

MAX_QUOTE = 160
Frame = tuple[int, int, int]


class Writing(NamedTuple):
    """How long a message may be, and what else messaging wants to know."""

    most: int
    most_people: int
    strangers: tuple[int, int]


class Saying(NamedTuple):
    """What is said to a frame, in words or by a file of one's own: a voice, a film."""

    text: str
    media_id: int | None = None


class Deed(NamedTuple):
    """What is done with a sticker."""

    option: int | None = None
    text: str | None = None
    tapped: bool = False
    remind: bool | None = None
    named: bool = False


def like(tx: Transaction, me: int, frame: Frame, on: bool) -> None:
    """Likes a frame, or no longer. Repeating it changes nothing."""
    author, story, number = frame
    _of_another(me, author)
    watched(tx, me, (author, story), number)
    if on:
        _do(tx, me, frame, "like")
    else:
        tx.run(queries.UNDO, story=story, frame=number, me=me, deed="like")
    _took_part(tx, me, frame)


def _took_part(tx: Transaction, me: int, frame: Frame) -> None:
    """Who did something shows it on all their devices, and the author counts it."""
    author, story, _ = frame
    tx.emit(PartChanged(part="story", of=str(author)), to=[me])
    note_soon(tx, author, story)


def _do(
    tx: Transaction, me: int, frame: Frame, what: str, choice: int | None = None, text: str = ""
) -> None:
    tx.run(
        queries.DO,
        story_id=frame[1],
        member_id=me,
        number=frame[2],
        what=what,
        act_id=tx.new_id(),
        at=tx.now,
        choice=choice,
        text=text,
    )


def _of_another(me: int, author: int) -> None:
    if me == author:
        raise Refusal("stories.own_story", status=403)


def reply(
    tx: Transaction, me: int, frame: Frame, client_id: str, said: Saying, limits: Writing
) -> Message:
    """Writes or speaks to the author, in the one conversation of the two. The words of the frame
    stand above as a quotation: text that stays when the frame is gone."""
    author, story, number = frame
    _of_another(me, author)
    row = watched(tx, me, (author, story), number)
    connected = relation(tx, me, author).connected
    if row.replies == "none" or (row.replies == "connections" and not connected):
        raise Refusal("stories.no_replies", status=403)
    text = clean(said.text)
    if not text and said.media_id is None:
        raise Refusal("stories.empty", field="text")
    begun = begin_conversation(
        tx, Begin(me, [author], None, limits.most_people, False, limits.strangers)
    )
    quoted = f"> {quoted_line(account(tx, me).language, frame_of(row, number))}"
    more = None if said.media_id is None else More(media=(said.media_id,))
    words = f"{quoted}\n\n{text}" if text else quoted
    send = Send(me, int(begun.id), client_id, words, limits.most, more=more)
    (answer,) = send_messages(tx, [send])
    if isinstance(answer, Refusal):
        raise answer
    box = settings_of(tx, author).box
    if answer.seq == 1 and box is not None:
        place_first(tx, author, int(begun.id), box)
    _do(tx, me, frame, "reply")
    note_soon(tx, author, story)
    return answer


def quoted_line(language: str, frame: Drawn) -> str:
    """What stands for a frame in a message: its words, or what it is."""
    words = snippet(frame.text or frame.caption or frame.alt, MAX_QUOTE)
    if not words:
        return sentence(language, f"stories.quoted_bare_{frame.kind}", {})
    return sentence(language, f"stories.quoted_{frame.kind}", {"words": words})


def use_sticker(tx: Transaction, me: int, frame: Frame, name: str, deed: Deed) -> StorySticker:
    """Chooses in a poll, answers a question, notes that a link was opened, asks for a reminder."""
    author, story, number = frame
    row = watched(tx, me, (author, story), number)
    drawn = frame_of(row, number)
    found = [one for one in drawn.stickers if one.id == name]
    if not found:
        raise nothing_there()
    sticker = found[0]
    if me != author:
        _use(tx, me, frame, sticker, deed)
        _took_part(tx, me, frame)
    seeing = gathered(tx, me, [row], account(tx, me).language, {}, ())
    return sticker_shown(seeing, row, number, sticker)


def _use(tx: Transaction, me: int, frame: Frame, sticker: NewSticker, deed: Deed) -> None:
    match sticker.kind:
        case "poll":
            if deed.option is None or deed.option >= len(sticker.options):
                raise Refusal("stories.no_option", field="option")
            _do(tx, me, frame, f"vote.{sticker.id}", choice=deed.option)
        case "question":
            said = clean(deed.text or "")
            if not said:
                raise Refusal("stories.empty", field="text")
            _do(
                tx,
                me,
                frame,
                f"answer.{sticker.id}",
                choice=int(deed.named),
                text=said[:MAX_ANSWER],
            )
        case "link" | "job" if deed.tapped and sticker.url:
            _do(tx, me, frame, f"tap.{sticker.id}")
        case "countdown" if deed.remind:
            if (sticker.at or 0) <= tx.now:
                raise Refusal("stories.countdown_over", status=409, field="remind")
            _do(tx, me, frame, deed_of(sticker.id))
            await_end(tx, frame, sticker)
        case "countdown" if deed.remind is False:
            what = deed_of(sticker.id)
            tx.run(queries.UNDO, story=frame[1], frame=frame[2], me=me, deed=what)
        case _:
            raise Refusal("stories.nothing_to_do", field="sticker")


def report(tx: Transaction, me: int, story: tuple[int, int], reason: str, note: str) -> None:
    """Puts a story before the host: the words on it, as they stand."""
    _of_another(me, story[0])
    row = watched(tx, me, story)
    tx.emit(
        StoryReported(
            reporter_id=me,
            author_id=story[0],
            story_id=story[1],
            reason=reason,
            note=clean(note),
            at=row.published_at,
            said=[_words(frame) for frame in frames_of(row)],
        )
    )


def _words(frame: Drawn) -> str:
    stickers = [part for one in frame.stickers for part in (one.text, one.place, one.url)]
    spoken = [line.text for track in frame.tracks for line in track.lines]
    said = [frame.text, frame.caption, frame.alt, *stickers, *spoken]
    return "\n".join([f"[{frame.kind}]", *(one for one in said if one)])
