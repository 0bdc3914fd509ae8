"""What a client starts from: who I am, what waits, the first page, and where the log stands."""

from typing import Literal

import msgspec

from entregent.invitations import waiting
from entregent.kit.settings import Settings
from entregent.live import cursor_of
from entregent.messaging import Counts as MessagingCounts
from entregent.messaging import Desk, Inbox, counts, counts_and_desk, page, strangers
from entregent.moderation import waiting_for
from entregent.notifications import bell
from entregent.ports.db import Transaction
from entregent.profiles import Me, cards, me

FIRST_ROWS = 60


class Counts(MessagingCounts):
    """Every number that the frame shows."""

    invitations: int = 0
    bell: int = 0


class Host(msgspec.Struct, kw_only=True):
    """The community that this instance serves."""

    name: str
    demo: bool
    sign_up: Literal["open", "closed"]


class Boot(msgspec.Struct, kw_only=True):
    """A fresh state; `cursor` is the number of the last event that it contains, `reports` how many
    cases wait for a host, and null for everybody else."""

    me: Me | None
    host: Host
    cursor: str
    counts: Counts | None
    inbox: Inbox | None
    desk: Desk | None
    reports: int | None = None


def host(settings: Settings) -> Host:
    """The host's part."""
    return Host(
        name=settings.name,
        demo=settings.demo,
        sign_up="open" if settings.sign_up == "open" else "closed",
    )


def nobody(settings: Settings) -> Boot:
    """What someone who is not signed in starts from."""
    return Boot(me=None, host=host(settings), cursor="0", counts=None, inbox=None, desk=None)


def boot(tx: Transaction, member_id: int, settings: Settings) -> Boot:
    """A member's fresh state, all of it from one snapshot."""
    mine, desk = counts_and_desk(tx, member_id)
    numbers = _with_invitations(tx, member_id, mine)
    rows, following = page(tx, member_id, "inbox", None, FIRST_ROWS)
    known = strangers(tx, rows)
    inbox = Inbox(rows=rows, next=following, total=numbers.inbox, cards=known)
    wanted = set(inbox.people()) - {int(card.id) for card in known}
    inbox.cards = known + cards(tx, member_id, sorted(wanted))
    return Boot(
        me=me(tx, member_id),
        host=host(settings),
        cursor=str(cursor_of(tx, member_id)),
        counts=numbers,
        inbox=inbox,
        desk=desk,
        reports=waiting_for(tx, member_id),
    )


def all_counts(tx: Transaction, member_id: int) -> Counts:
    """The numbers of all slices."""
    return _with_invitations(tx, member_id, counts(tx, member_id))


def _with_invitations(tx: Transaction, member_id: int, mine: MessagingCounts) -> Counts:
    return Counts(
        **msgspec.structs.asdict(mine), invitations=waiting(tx, member_id), bell=bell(tx, member_id)
    )
