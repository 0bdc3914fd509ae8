"""What is done with stories, each inside somebody's transaction."""

from .answering import Deed, Saying, Writing, like, reply, report, use_sticker
from .keeping import change_highlight, drop_highlight, keep_highlight
from .leading import keep_lead
from .naming import recheck_named
from .preferring import change_settings, close_circle, mute, set_close_circle, set_prompt
from .publishing import (
    change,
    close,
    delete,
    delete_frame,
    end,
    publish,
    settled,
    tell_author,
    told_ids,
)
from .reminding import remind, remind_of
from .seeing import Seeing, Seen, see
from .spreading import (
    group_tellers,
    meet,
    offer,
    people_in,
    people_of,
    rings,
    shown_to,
    spread,
    withdraw,
)
from .subtitling import write_subtitles

__all__ = [
    "Deed",
    "Saying",
    "Seeing",
    "Seen",
    "Writing",
    "change",
    "change_highlight",
    "change_settings",
    "close",
    "close_circle",
    "delete",
    "delete_frame",
    "drop_highlight",
    "end",
    "group_tellers",
    "keep_highlight",
    "keep_lead",
    "like",
    "meet",
    "mute",
    "offer",
    "people_in",
    "people_of",
    "publish",
    "recheck_named",
    "remind",
    "remind_of",
    "reply",
    "report",
    "rings",
    "see",
    "set_close_circle",
    "set_prompt",
    "settled",
    "shown_to",
    "spread",
    "tell_author",
    "told_ids",
    "use_sticker",
    "withdraw",
    "write_subtitles",
]
