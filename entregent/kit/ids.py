"""Identifiers: 64-bit, time-sorted, made by the application; strings in JSON.

41 bits of milliseconds since `EPOCH`, 10 bits of node, 12 bits of sequence, so that ids of one
node sort by time and ids of two nodes never meet. JavaScript's numbers lose precision past 2**53,
therefore JSON carries them as decimal strings.
"""

from typing import Annotated

import msgspec

EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
NODE_BITS = 10
SEQUENCE_BITS = 12
MAX_ID = 2**63 - 1

Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,19}$", description="64-bit id as a string")]
ClientId = Annotated[
    str,
    msgspec.Meta(
        min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$", description="Idempotency key"
    ),
]


def as_int(value: str) -> int:
    """The number behind an `Id`; 0, which names nothing, for one past 64 bits."""
    number = int(value)
    return number if number <= MAX_ID else 0


def compose(now_ms: int, node: int, sequence: int) -> int:
    """The id for a moment, a node and a sequence number within that millisecond."""
    return ((now_ms - EPOCH_MS) << (NODE_BITS + SEQUENCE_BITS)) | (node << SEQUENCE_BITS) | sequence


def moment(identifier: int) -> int:
    """Milliseconds since 1970 at which the id was made."""
    return (identifier >> (NODE_BITS + SEQUENCE_BITS)) + EPOCH_MS
