"""Conversations, mailboxes, views and search; two hundred messages a day cannot break it.

Two families of tables: by conversation (what was said) and by member (the mailbox, one row per
conversation). Sending commits on the conversation; each mailbox it reaches is a delivery.
"""

from .actions import (
    Begin,
    Send,
    begin_conversation,
    direct_conversation,
    forget_imported,
    keep_imported,
    mark,
    read_up_to,
    save_draft,
    send_messages,
)
from .actions.guarding import (
    block_domain,
    blocked_domains,
    know_house,
    unblock_domain,
)
from .actions.routing import has_box, place_first
from .archived import (
    ExportedConversation,
    ImportedConversation,
    ImportedDraft,
    ImportedFile,
    ImportedMessage,
    ImportedPerson,
    Kept,
    own_id,
    stored,
)
from .desk import Desk
from .door import may_see
from .doubts import host_of
from .events import GroupChanged, InboxRefreshed, MessageReported
from .jobs import fill_index, fill_index_now
from .leaving import exported
from .lists import Inbox, counts, counts_and_desk, page
from .model import NUMBER, Counts, Message, More, Row
from .passing import Deliveries, presence_event, watchers
from .reading import group_people, groups_with, people_of, strangers
from .warning import doubts_in

__all__ = [
    "NUMBER",
    "Begin",
    "Counts",
    "Deliveries",
    "Desk",
    "ExportedConversation",
    "GroupChanged",
    "ImportedConversation",
    "ImportedDraft",
    "ImportedFile",
    "ImportedMessage",
    "ImportedPerson",
    "Inbox",
    "InboxRefreshed",
    "Kept",
    "Message",
    "MessageReported",
    "More",
    "Row",
    "Send",
    "begin_conversation",
    "block_domain",
    "blocked_domains",
    "counts",
    "counts_and_desk",
    "direct_conversation",
    "doubts_in",
    "exported",
    "fill_index",
    "fill_index_now",
    "forget_imported",
    "group_people",
    "groups_with",
    "has_box",
    "host_of",
    "keep_imported",
    "know_house",
    "mark",
    "may_see",
    "own_id",
    "page",
    "people_of",
    "place_first",
    "presence_event",
    "read_up_to",
    "save_draft",
    "send_messages",
    "stored",
    "strangers",
    "unblock_domain",
    "watchers",
]
