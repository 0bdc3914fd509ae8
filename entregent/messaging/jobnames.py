"""What messaging does later, by name."""

from entregent.kit.ids import Id
from entregent.ports.jobs import Job


class FetchPreview(Job, tag="messaging.fetch_preview"):
    """The page behind a link of a message."""

    conversation_id: Id
    seq: int
    url: str


class SendScheduled(Job, tag="messaging.send_scheduled"):
    """A message that waits for its time."""

    member_id: Id
    scheduled_id: Id


class FillHistory(Job, tag="messaging.fill_history"):
    """Newcomers who may read what was said before them are to find it, too."""

    conversation_id: Id
    after: int = 0


class ComeBack(Job, tag="messaging.come_back"):
    """Conversations of a member are due: snoozed ones, and those without an answer."""

    member_id: Id


class DoBulk(Job, tag="messaging.do_bulk"):
    """Something is done, or undone, to many conversations of a member."""

    member_id: Id
    bulk_id: Id


class PushMessage(Job, tag="messaging.push_message"):
    """A message that a member's devices may be told of, unless it is read first."""

    member_id: Id
    conversation_id: Id
    seq: int


class AnswerAway(Job, tag="messaging.answer_away"):
    """Somebody wrote to a member who is away."""

    member_id: Id
    conversation_id: Id


class Sweep(Job, tag="messaging.sweep"):
    """Previews of links that are no longer fresh."""
