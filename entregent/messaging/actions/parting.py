"""What becomes of conversations when two members part or meet, and when one leaves for good."""

from entregent.invitations import refused_between
from entregent.network import relation
from entregent.ports.db import Row, Transaction

from ..events import ConversationChanged, ConversationRemoved
from ..model import SNOOZED, SPAM, delta, state_of
from ..queries import away, routing, said, scheduled
from ..queries import parting as statements
from ..queries import rows as queries
from ..reading import labels_of, row_of
from .changing import show_last
from .groups import go_out
from .marking import mark
from .telling import tell


def close_direct(tx: Transaction, me: int, other: int) -> None:
    """The member wants nothing to do with another: nobody writes in the conversation of the two,
    if there is one, and the member finds it in the archive."""
    set_closed(tx, me, other, "blocked", by=me)


def reopen_direct(tx: Transaction, one: int, other: int) -> None:
    """Opens it again, unless a block still stands between the two or one of them has left."""
    tie = relation(tx, one, other)
    if not tie.blocked:
        refused = "refused" if refused_between(tx, one, other) else None
        set_closed(tx, one, other, refused if tie.member else "gone")


def separate_in_groups(tx: Transaction, one: int, other: int) -> None:
    """Has the groups that both are in show each of them, from now on, what the block leaves: both
    stay, and neither sees what the other says. The same when a block is lifted."""
    groups = {row.conversation_id for row in tx.all(queries.GROUPS_OF, member_id=one)}
    groups &= {row.conversation_id for row in tx.all(queries.GROUPS_OF, member_id=other)}
    for key in sorted(groups):
        tx.run(said.SET_APART, key=key)
        for member in sorted((one, other)):
            row = tx.first(queries.ONE_ROW, member_id=member, conversation_id=key)
            if row is None or row.last_seq == 0:
                continue
            # Threads that are open are read afresh: that is what going and coming means.
            now = state_of(row)
            labels = labels_of(row)
            gone = delta(now, None, row.box_id, labels)
            tx.emit(ConversationRemoved(id=str(key), delta=gone), to=[member])
            back = delta(None, now, row.box_id, labels)
            tx.emit(ConversationChanged(row=row_of(row), delta=back), to=[member])
        show_last(tx, key, (one, other))


def set_closed(
    tx: Transaction, one: int, other: int, why: str | None, by: int | None = None
) -> None:
    """Closes the direct conversation of two members, or opens it. For whoever closes it, nothing
    of it is counted as waiting any more."""
    key = _between(tx, one, other)
    if key is None:
        return
    tx.run(statements.CLOSE_CONVERSATION, key=key, why=why)
    for member in sorted((one, other)):
        changed = tx.all(statements.SET_WRITABLE, owner_id=member, key=key, can=int(why is None))
        tell(tx, member, changed)
        if member == by:
            for row in changed:
                _put_aside(tx, row, archived=why == "blocked")


def _put_aside(tx: Transaction, row: Row, *, archived: bool) -> None:
    """Nothing of the conversation waits any more, now or later."""
    me, keys = row.member_id, [row.conversation_id]
    if row.view == SNOOZED or (archived and row.view != SPAM):
        mark(tx, me, keys, "archived")
    for how in ("read", "unremind"):
        mark(tx, me, keys, how)


def accept_direct(tx: Transaction, one: int, other: int) -> None:
    """Whoever is connected needs no request any more."""
    key = _between(tx, one, other)
    if key is not None:
        for member in sorted((one, other)):
            tell(tx, member, tx.all(statements.ACCEPT, owner_id=member, key=key))


def leave_all(tx: Transaction, member_id: int) -> None:
    """The member has left for good: groups go on without, and nobody can write to them alone."""
    tx.run(scheduled.DROP_ALL, me=member_id)
    tx.run(routing.DROP_RULES, me=member_id)
    tx.run(away.DROP_ABSENCE, me=member_id)
    for row in tx.all(queries.GROUPS_OF, member_id=member_id):
        go_out(tx, member_id, row.conversation_id)
    direct = [row.conversation_id for row in tx.all(queries.DIRECT_OF, member_id=member_id)]
    tx.run_many(statements.CLOSE_CONVERSATION, [{"key": key, "why": "gone"} for key in direct])
    people = tx.all(queries.PARTICIPANTS, ids=direct)
    others = [
        {"owner_id": person.person_id, "key": person.conversation_id, "can": 0}
        for person in people
        if person.kind == "member"
    ]
    others.sort(key=lambda row: (row["owner_id"], row["key"]))
    for row in tx.each(statements.SET_WRITABLE, others):
        tell(tx, row.member_id, [row])


def _between(tx: Transaction, one: int, other: int) -> int | None:
    low, high = min(one, other), max(one, other)
    key: int | None = tx.value(queries.FIND_PAIR, low=low, high=high)
    return key
