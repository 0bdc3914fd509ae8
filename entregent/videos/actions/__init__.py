"""What is done with videos, each inside somebody's transaction."""

from .answering import drop_said, like_reply, remove_reply, reply, reply_settled, report
from .publishing import (
    change,
    close,
    delete,
    publish,
    settled,
    tell_author,
)
from .seeing import like, see
from .subtitling import drop_track, write_track

__all__ = [
    "change",
    "close",
    "delete",
    "drop_said",
    "drop_track",
    "like",
    "like_reply",
    "publish",
    "remove_reply",
    "reply",
    "reply_settled",
    "report",
    "see",
    "settled",
    "tell_author",
    "write_track",
]
