"""What stories do about facts from below."""

from entregent.accounts import AccountClosing
from entregent.media import MediaSettled
from entregent.messaging import GroupChanged
from entregent.network import Blocked, Connected, ManyConnected, TiesChanged
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from .actions import close, group_tellers, recheck_named, settled, shown_to, told_ids
from .events import StoryGone
from .jobnames import Meet
from .sight import place_of

LATER = 10_000  # ms


def on_settled(tx: Transaction, fact: MediaSettled) -> None:
    """A story whose files are all ready is told; one of which a file was refused is not."""
    for use in fact.uses:
        place = place_of(use)
        if place is not None:
            settled(tx, use, place)


def on_connected(tx: Transaction, fact: Connected) -> None:
    """Each has in the row what the other tells at the moment."""
    _meet(tx, fact.one, [fact.other])


def on_many_connected(tx: Transaction, fact: ManyConnected) -> None:
    """The same for many at once; while a long run connects more and more, it can wait."""
    _meet(tx, fact.member_id, fact.others, 0 if fact.told else LATER)


def on_ties(tx: Transaction, fact: TiesChanged) -> None:
    """What either tells comes into the other's row, or goes."""
    _meet(tx, fact.member_id, fact.others)


def _meet(tx: Transaction, one: int, others: list[int], wait: int = 0) -> None:
    for author in dict.fromkeys(key[0] for key in told_ids(tx, [one, *others])):
        people = others if author == one else [one]
        enqueue(tx, Meet(author_id=author, people=people), owner=author, at=tx.now + wait)


def on_group(tx: Transaction, fact: GroupChanged) -> None:
    """The same of what is told in a group."""
    for author in group_tellers(tx, fact.conversation_id, fact.member_id):
        enqueue(tx, Meet(author_id=author, people=[fact.member_id]), owner=author)


def on_blocked(tx: Transaction, fact: Blocked) -> None:
    """What either tells is gone from the other's row, and with it where they are named, at once.
    Of what was never in it the other learns nothing."""
    viewers = {fact.member_id: fact.other_id, fact.other_id: fact.member_id}
    for author in sorted({author for author, _ in told_ids(tx, list(viewers))}):
        gone = StoryGone(author_id=str(author), story_id=None, teller=None)
        if shown_to(tx, author, viewers[author]):
            tx.emit(gone, to=[viewers[author]])
        recheck_named(tx, author, [viewers[author]])


def on_closing(tx: Transaction, fact: AccountClosing) -> None:
    """All that a member told goes with the account, also from the rows of those it was for."""
    close(tx, fact.member_id)


LISTENERS = (
    (MediaSettled, on_settled),
    (Connected, on_connected),
    (ManyConnected, on_many_connected),
    (TiesChanged, on_ties),
    (GroupChanged, on_group),
    (Blocked, on_blocked),
    (AccountClosing, on_closing),
)
