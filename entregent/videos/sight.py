"""Who may see which video and which reply: the one place that decides it, and the door of files."""

from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.media import Use
from entregent.network import all_hidden, relation
from entregent.ports.db import Transaction

from . import queries
from .model import ITSELF

Key = tuple[int, int]


class Film(NamedTuple):
    """Something that plays: a video itself (reply 0), or a reply beneath it."""

    author: int
    video: int
    reply: int = ITSELF

    @property
    def key(self) -> Key:
        """The video that it belongs to."""
        return self.author, self.video

    @property
    def use(self) -> Use:
        """The use that it makes of a file."""
        return Use("video", ".".join(map(str, self)))


class Eyes(NamedTuple):
    """How a member stands to an author, as far as videos go."""

    me: int
    author: int
    connected: bool

    @property
    def own(self) -> bool:
        """Whether they are the same."""
        return self.me == self.author

    @property
    def states(self) -> list[str]:
        """Of what may be seen: its author sees also what waits, or was refused."""
        return ["live", "processing", "refused"] if self.own else ["live"]

    @property
    def audiences(self) -> list[str]:
        """In which of the audiences the member is."""
        return ["everyone", "connections"] if self.own or self.connected else ["everyone"]

    def may_reply(self, row: Any) -> bool:
        """Whether they may say something beneath a video that they see."""
        if self.own:
            return True
        return row.replies == "all" or (row.replies == "connections" and self.connected)


def film_of(use: Use) -> Film | None:
    """The film that a use is of."""
    parts = use.ref.split(".")
    if use.kind != "video" or len(parts) != 3 or not all(map(str.isdecimal, parts)):
        return None
    film = Film(*map(int, parts))
    return film if max(film) < 2**63 else None


def eyes_of(tx: Transaction, me: int, author: int) -> Eyes | None:
    """How the member stands to an author; None where one does not exist for the other."""
    if me == author:
        return Eyes(me, author, False)
    tie = relation(tx, me, author)
    return Eyes(me, author, tie.connected) if tie.reachable else None


def find_for(tx: Transaction, me: int, key: Key) -> tuple[Any, Eyes]:
    """A video that the member may see now."""
    eyes = eyes_of(tx, me, key[0])
    row = tx.first(queries.FIND, author=key[0], video=key[1])
    if eyes is None or row is None:
        raise nothing_there()
    if row.state not in eyes.states or row.audience not in eyes.audiences:
        raise nothing_there()
    return row, eyes


def own_video(tx: Transaction, me: int, key: Key) -> Any:
    """One of the member's own videos; of others' there is none."""
    row = tx.first(queries.FIND, author=me, video=key[1]) if key[0] == me else None
    if row is None:
        raise nothing_there()
    return row


def unheard(tx: Transaction, me: int, author: int) -> list[int]:
    """Whose replies beneath an author's videos the member is not shown: of those whom a block hides
    from either of the two."""
    return sorted({one for each in {me, author} for one in all_hidden(tx, each)})


def find_reply(tx: Transaction, me: int, key: Key, number: int) -> Any:
    """A reply beneath a video that the member sees; of somebody who is not heard there, and beneath
    what such a one said, there is none."""
    row = tx.first(queries.REPLY, video=key[1], reply=number)
    if row is None or row.state == "removed" or (row.state != "live" and row.member_id != me):
        raise nothing_there()
    if {row.member_id, row.starter_id} & {*unheard(tx, me, key[0])}:
        raise nothing_there()
    return row


def nothing_there() -> Refusal:
    """The same for what is not there and for what is not for the member."""
    return Refusal("videos.not_found", status=404)


def may_see(tx: Transaction, viewer: int | None, ref: str) -> bool:
    """The door of a film's file: asked each time that it is served."""
    film = film_of(Use("video", ref))
    return viewer is not None and film is not None and sees(tx, viewer, film)


def sees(tx: Transaction, viewer: int, film: Film) -> bool:
    """Whether a member may see a film now."""
    try:
        find_for(tx, viewer, film.key)
        if film.reply != ITSELF:
            find_reply(tx, viewer, film.key, film.reply)
    except Refusal:
        return False
    return True
