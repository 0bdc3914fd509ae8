"""Conversations, mailboxes, views and search; two hundred messages a day cannot break it.

Two families of tables: by conversation (what was said) and by member (the mailbox, one row per
conversation). Sending commits on the conversation; each mailbox it reaches is a delivery.
"""

from .actions import (
    Begin,
    Send,
    begin_conversation,
    direct_conversation,
    mark,
    read_up_to,
    save_draft,
    send_messages,
)
from .jobs import fill_index, fill_index_now
from .model import Counts, Row
from .reading import Inbox, counts, page, people_of

__all__ = [
    "Begin",
    "Counts",
    "Inbox",
    "Row",
    "Send",
    "begin_conversation",
    "counts",
    "direct_conversation",
    "fill_index",
    "fill_index_now",
    "mark",
    "page",
    "people_of",
    "read_up_to",
    "save_draft",
    "send_messages",
]
