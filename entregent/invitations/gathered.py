"""What invitations add to a member's digest: who asks to connect."""

from entregent.notifications import Gathering, WaitingLine, Waits
from entregent.ports.db import Transaction
from entregent.profiles import cards

from .model import Rules
from .reading import page, waiting

MOST_LINES = 10


def gather_waiting(tx: Transaction, event: Gathering) -> None:
    """Those whose invitations wait; notes only where the member wants texts in letters."""
    if "invitation" not in event.kinds:
        return
    me = event.member_id
    count = waiting(tx, me)
    if not count:
        return
    found = page(tx, me, "received", Rules(), limit=MOST_LINES).invitations
    people = sorted({int(one.person_id) for one in found})
    names = {card.id: card.name for card in cards(tx, me, people)}
    lines = [
        WaitingLine(
            name=names.get(one.person_id) or "…",
            text=" ".join(one.note.split()) if event.texts else "",
            url="/network/invitations",
        )
        for one in found
    ]
    event.waiting.append(Waits("invitations", count, lines, max(one.at for one in found)))
