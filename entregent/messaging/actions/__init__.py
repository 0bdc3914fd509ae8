"""What a member can do in messaging."""

from .beginning import (
    Begin,
    begin_conversation,
    close_direct,
    direct_conversation,
    reopen_direct,
)
from .groups import leave, rename
from .handling import mark, read_up_to, save_draft
from .notes import keep_note
from .sending import Send, send_messages

__all__ = [
    "Begin",
    "Send",
    "begin_conversation",
    "close_direct",
    "direct_conversation",
    "keep_note",
    "leave",
    "mark",
    "read_up_to",
    "rename",
    "reopen_direct",
    "save_draft",
    "send_messages",
]
