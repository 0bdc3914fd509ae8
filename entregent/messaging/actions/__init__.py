"""What a member can do in messaging."""

from .announcing import push_message
from .beginning import Begin, begin_conversation, direct_conversation
from .bulks import Done, begin_bulk, forget_bulks, go_on_with_bulk, stop_bulk, undo_bulk
from .changing import (
    Edit,
    delete_for_everyone,
    delete_for_me,
    edit_message,
    react,
    show_files,
)
from .desk import add_to_desk, change_on_desk, delete_from_desk, desk_of, restore_on_desk
from .forgetting import forget_imported
from .groups import leave, rename, set_history
from .handling import read_up_to, save_draft
from .importing import keep_imported
from .joining import add_people, decline, join, remove_person, set_role
from .marking import check_act, mark
from .notes import keep_note, keep_notes
from .parting import accept_direct, close_direct, leave_all, reopen_direct, separate_in_groups
from .previewing import attach_preview, forget_previews, known_preview
from .receipts import Delivered, deliver, read_by, receipts_for, typing_readers
from .reporting import report
from .returning import come_back
from .scheduling import (
    Later,
    cancel_scheduled,
    may_see_waiting,
    schedule,
    scheduled_of,
    send_due,
    send_scheduled,
    show_waiting,
)
from .sending import Send, send_messages
from .strangers import Landing, Senders, senders, set_senders

__all__ = [
    "Begin",
    "Delivered",
    "Done",
    "Edit",
    "Landing",
    "Later",
    "Send",
    "Senders",
    "accept_direct",
    "add_people",
    "add_to_desk",
    "attach_preview",
    "begin_bulk",
    "begin_conversation",
    "cancel_scheduled",
    "change_on_desk",
    "check_act",
    "close_direct",
    "come_back",
    "decline",
    "delete_for_everyone",
    "delete_for_me",
    "delete_from_desk",
    "deliver",
    "desk_of",
    "direct_conversation",
    "edit_message",
    "forget_bulks",
    "forget_imported",
    "forget_previews",
    "go_on_with_bulk",
    "join",
    "keep_imported",
    "keep_note",
    "keep_notes",
    "known_preview",
    "leave",
    "leave_all",
    "mark",
    "may_see_waiting",
    "push_message",
    "react",
    "read_by",
    "read_up_to",
    "receipts_for",
    "remove_person",
    "rename",
    "reopen_direct",
    "report",
    "restore_on_desk",
    "save_draft",
    "schedule",
    "scheduled_of",
    "send_due",
    "send_messages",
    "send_scheduled",
    "senders",
    "separate_in_groups",
    "set_history",
    "set_role",
    "set_senders",
    "show_files",
    "show_waiting",
    "stop_bulk",
    "typing_readers",
    "undo_bulk",
]
