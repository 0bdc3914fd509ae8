"""What one member may see in one conversation: the one place that decides it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.media import seen_through
from entregent.network import hidden_among
from entregent.ports.db import Transaction

from .model import Message
from .queries import rows as queries
from .queries import said
from .said import brought, messages_of, seen_by
from .warning import warned


class Sight(NamedTuple):
    """From which message on, which messages not, and whose not."""

    conversation_id: int
    first_seq: int
    unseen: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether there is nothing to leave out."""
        return not self.unseen and not self.hidden

    def sees(self, message: Any) -> bool:
        """Whether a stored message is there for this member."""
        return (
            message.seq >= self.first_seq
            and message.message_id not in self.unseen
            and message.author_id not in self.hidden
        )

    def show(self, messages: Sequence[Message]) -> list[Message]:
        """Messages without what this member may not see of them."""
        hidden = {str(one) for one in self.hidden}
        return [seen_by(one, self.first_seq, hidden) for one in messages]


def sight(tx: Transaction, me: int, row: Any) -> Sight:
    """What I may see of the conversation of a mailbox row of mine.

    Who is only asked to join a group sees nothing that is said there.
    """
    key = row.conversation_id
    part = tx.first(said.PART, key=key, person=me)
    if part is None or part.left_at is not None:
        return Sight(key, 2**31 - 1)
    unseen = frozenset(one.message_id for one in tx.all(said.HIDDEN_BY, me=me, key=key))
    hidden: frozenset[int] = frozenset()
    if part.apart:
        hidden = frozenset(hidden_among(tx, me, everyone_ever(tx, key)))
    return Sight(key, max(part.first_seq, row.cleared_seq + 1), unseen, hidden)


def everyone_ever(tx: Transaction, key: int) -> list[int]:
    """All members who are or were in a conversation."""
    return [one.person_id for one in tx.all(said.EVERYONE_EVER, key=key)]


def message_for(tx: Transaction, me: int, row: Any, seq: int) -> Any:
    """A stored message of a conversation of mine; one that I may not see does not exist."""
    message = tx.first(queries.ONE_MESSAGE, conversation_id=row.conversation_id, seq=seq)
    if message is None or not sight(tx, me, row).sees(message):
        raise Refusal("messaging.message_not_found", status=404)
    return message


def page_seen(
    tx: Transaction, seen: Sight, *, before: int | None = None, after: int = 0, limit: int
) -> list[Any]:
    """Stored messages before a number (then the last of them) or after one, in order."""
    asked: dict[str, Any] = {
        "conversation_id": seen.conversation_id,
        "first_seq": seen.first_seq,
        "seq": after if before is None else before,
        "limit": limit,
    }
    if not seen.whole:
        asked |= {"unseen": sorted(seen.unseen), "authors": sorted(seen.hidden)}
    if before is None:
        return tx.all(queries.AFTER if seen.whole else said.AFTER_SEEN, **asked)
    found = tx.all(queries.BEFORE if seen.whole else said.BEFORE_SEEN, **asked)
    return found[::-1]


def with_quotes(tx: Transaction, key: int, rows: Sequence[Any]) -> list[Message]:
    """Stored messages of one conversation with what they quote and what they brought, and what
    readers are warned of."""
    numbers = sorted({row.quote_seq for row in rows if row.quote_seq is not None})
    quoted = tx.all(said.QUOTED, key=key, numbers=numbers) if numbers else []
    uses = brought(rows)
    return warned(tx, messages_of(rows, quoted, seen_through(tx, uses) if uses else {}))


def any_file(tx: Transaction, seen: Sight) -> bool:
    """Whether a message that is there to be shown has a file."""
    found = tx.first(
        said.ANY_FILE,
        conversation_id=seen.conversation_id,
        first_seq=seen.first_seq,
        unseen=sorted(seen.unseen),
        authors=sorted(seen.hidden),
    )
    return found is not None


def last_seen(tx: Transaction, seen: Sight) -> Any:
    """The last message that is there to be shown, or None."""
    return tx.first(
        said.LAST_SEEN,
        conversation_id=seen.conversation_id,
        first_seq=seen.first_seq,
        unseen=sorted(seen.unseen),
        authors=sorted(seen.hidden),
    )
