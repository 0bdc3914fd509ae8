"""How much of a file is read before it is refused."""

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds that hold while inflating, because what an archive says of itself may be a lie."""

    entries: int = 10_000
    total_bytes: int = 2 << 30
    file_bytes: int = 1 << 30
    # Mails repeated a thousand times reach about 30; deflate itself stops at 1032.
    ratio: int = 100
    ratio_counts_from: int = 8 << 20
    field_chars: int = 1 << 20
    record_chars: int = 2 << 20
    rows: int = 1_000_000
    side_rows: int = 100_000
    conversations: int = 100_000
    # Places in conversations, so somebody who is in a hundred of them counts a hundred times.
    people: int = 400_000
    # What is kept in memory at once: people, connections, posts, one sheaf of messages.
    kept_bytes: int = 48 << 20
    page_bytes: int = 16 << 20
    articles: int = 2_000


LIMITS = Limits()
