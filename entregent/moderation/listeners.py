"""What moderation does about facts from below."""

from entregent.accounts import AccountClosed
from entregent.invitations import InvitationReported, ReportTakenBack
from entregent.messaging import MessageReported
from entregent.ports.db import Transaction
from entregent.stories import StoryReported
from entregent.videos import VideoReported

from .hosts import is_host, revoke
from .model import SaidThen, Witnessed
from .taking import Reported, take_back, take_in


def on_message_reported(tx: Transaction, event: MessageReported) -> None:
    """A message, or a conversation."""
    said = [
        SaidThen(
            author_id=one.author_id,
            at=one.at,
            text=one.text,
            reported=one.seq == event.seq,
        )
        for one in event.seen
    ]
    take_in(
        tx,
        Reported(
            kind="conversation" if event.seq is None else "message",
            reporter_id=event.reporter_id,
            person_id=event.person_id,
            reason=event.reason,
            note=event.note,
            seen=Witnessed(title=event.title, said=said),
            conversation_id=event.conversation_id,
            seq=event.seq,
        ),
    )


def on_invitation_reported(tx: Transaction, event: InvitationReported) -> None:
    """An invitation; who reports one says no reason but in words."""
    note = SaidThen(author_id=str(event.person_id), at=event.at, text=event.note, reported=True)
    take_in(
        tx,
        Reported(
            kind="invitation",
            reporter_id=event.reporter_id,
            person_id=event.person_id,
            reason="other",
            note=event.why,
            seen=Witnessed(said=[note], reason=event.reason),
            invitation_id=event.invitation_id,
        ),
    )


def on_story_reported(tx: Transaction, event: StoryReported) -> None:
    """A story: the words of its frames, which may be gone when a host looks."""
    said = [
        SaidThen(author_id=str(event.author_id), at=event.at, text=text, reported=True)
        for text in event.said
    ]
    take_in(
        tx,
        Reported(
            kind="story",
            reporter_id=event.reporter_id,
            person_id=event.author_id,
            reason=event.reason,
            note=event.note,
            seen=Witnessed(said=said),
        ),
    )


def on_video_reported(tx: Transaction, event: VideoReported) -> None:
    """A video, or a reply beneath one: its words, which may be gone when a host looks."""
    said = SaidThen(author_id=str(event.person_id), at=event.at, text=event.said, reported=True)
    take_in(
        tx,
        Reported(
            kind="video",
            reporter_id=event.reporter_id,
            person_id=event.person_id,
            reason=event.reason,
            note=event.note,
            seen=Witnessed(said=[said]),
        ),
    )


def on_taken_back(tx: Transaction, event: ReportTakenBack) -> None:
    """It waits for nobody any more."""
    take_back(tx, event.reporter_id, event.person_id)


def on_closed(tx: Transaction, event: AccountClosed) -> None:
    """Who has left hosts no more."""
    if is_host(tx, event.member_id):
        revoke(tx, event.member_id)


LISTENERS = (
    (MessageReported, on_message_reported),
    (InvitationReported, on_invitation_reported),
    (StoryReported, on_story_reported),
    (VideoReported, on_video_reported),
    (ReportTakenBack, on_taken_back),
    (AccountClosed, on_closed),
)
