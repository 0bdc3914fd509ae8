"""What messaging adds to a member's digest: the conversations that wait to be read."""

from entregent.notifications import Gathering, WaitingLine, Waits
from entregent.ports.db import Transaction
from entregent.profiles import cards

from .lists import counts, page
from .model import Row
from .reading import people_of, strangers

MOST_LINES = 10
MOST_MENTIONS = 100


def gather_unread(tx: Transaction, event: Gathering) -> None:
    """Unread conversations of the inbox, or those alone in which the member is mentioned; what was
    said only where the member wants it in letters."""
    me = event.member_id
    if "message" in event.kinds:
        rows, _ = page(tx, me, "unread", None, MOST_LINES)
        count = counts(tx, me).unread
    elif "mention" in event.kinds:
        found, _ = page(tx, me, "unread", None, MOST_MENTIONS)
        rows = [row for row in found if row.mentioned]
        count, rows = len(rows), rows[:MOST_LINES]
    else:
        return
    if not rows:
        return
    known = [*strangers(tx, rows), *cards(tx, me, sorted(people_of(rows)))]
    names = {card.id: card.name for card in known}
    lines = [
        WaitingLine(
            name=_name(row, names),
            text=row.snippet if event.texts else "",
            url=f"/messages/inbox/{row.id}",
            mentioned=row.mentioned,
        )
        for row in rows
    ]
    event.waiting.append(Waits("conversations", count, lines, max(row.last_at for row in rows)))


def _name(row: Row, names: dict[str, str]) -> str:
    if row.title:
        return row.title
    found = [names[one] for one in row.people if names.get(one)]
    return ", ".join(found) or "…"
