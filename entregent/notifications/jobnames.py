"""What notifications do later, by name."""

from entregent.ports.jobs import Job

from .model import Detail, Kind, Pushed, Tell, Thing


class PushNews(Job, tag="notifications.push_news"):
    """News that may go to the member's devices, unless it is seen first."""

    member_id: int
    of: Kind
    topic: str
    thing: Thing | None
    person_id: int | None
    detail: Detail
    bell: bool


class TellLater(Job, tag="notifications.tell_later"):
    """News for several members, one after the other."""

    news: list[Tell]


class TakeBackLater(Job, tag="notifications.take_back_later"):
    """News for several members that are so no more."""

    news: list[Tell]


class SendPush(Job, tag="notifications.send_push"):
    """A word on its way to a member's devices; to these only, where some had it already."""

    member_id: int
    pushed: Pushed
    devices: list[int] | None = None


class WriteDigest(Job, tag="notifications.write_digest"):
    """The letter that says what waits for a member, when it is due."""

    member_id: int


class SendDigest(Job, tag="notifications.send_digest"):
    """A digest on its way. Sent again under its number, it is the same letter."""

    member_id: int
    number: int
    to: str
    name: str
    subject: str
    text: str
    html: str
    stop: str  # the address that a mail program posts to


class Forget(Job, tag="notifications.forget"):
    """Notices that are half a year old."""
