"""What happens behind the bell, as members' logs carry it.

Each event says what the bell counts afterwards: people, and what concerns nobody but the member.
"""

import msgspec

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .model import Kind, Notice, NoticeSettings, Waits


class NoticeTold(Event, tag="notice.told"):
    """There is news, or more of what there was."""

    notice: Notice
    bell: int
    cards: list[Card] = msgspec.field(default_factory=list)


class NoticeTaken(Event, tag="notice.taken"):
    """What was told is so no more."""

    id: Id
    bell: int


class NoticesSeen(Event, tag="notices.seen"):
    """The member has looked behind the bell, at all that was there at a moment."""

    upto: int
    bell: int


class NoticesRead(Event, tag="notices.read"):
    """Some notices (all where `ids` is null) were read, or are to be read again."""

    ids: list[Id] | None
    read: bool
    bell: int


class WaysChanged(Event, tag="notices.settings"):
    """The member has chosen other ways of being told."""

    settings: NoticeSettings


class Gathering(Fact):
    """A digest is being written: whoever keeps something that waits for its member adds to it.
    `told_at` is when the last one was; without `texts` nothing that was said may be in it."""

    member_id: int
    kinds: list[Kind]
    texts: bool
    told_at: int
    waiting: list[Waits]
