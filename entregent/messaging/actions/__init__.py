"""What a member can do in messaging."""

from .beginning import Begin, begin_conversation, direct_conversation
from .forgetting import forget_imported
from .groups import leave, rename
from .handling import mark, read_up_to, save_draft
from .importing import keep_imported
from .notes import keep_note
from .parting import accept_direct, close_direct, leave_all, reopen_direct
from .sending import Send, send_messages

__all__ = [
    "Begin",
    "Send",
    "accept_direct",
    "begin_conversation",
    "close_direct",
    "direct_conversation",
    "forget_imported",
    "keep_imported",
    "keep_note",
    "leave",
    "leave_all",
    "mark",
    "read_up_to",
    "rename",
    "reopen_direct",
    "save_draft",
    "send_messages",
]
