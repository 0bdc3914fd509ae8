"""Each member's numbered log, and the streams that follow it.

Whatever changes what a member sees is a row in that member's log, written in the same transaction
as the change. A client follows its log over Server-Sent Events: first what it missed, then live.
The log is a shortcut, never the truth: it is trimmed, and a client that is too far behind reloads.
"""

from .commands import once
from .hub import Follower, Hub, frame
from .log import LogJournal, cursor_of, grown, missed_since, trim
from .presence import Presence

__all__ = [
    "Follower",
    "Hub",
    "LogJournal",
    "Presence",
    "cursor_of",
    "frame",
    "grown",
    "missed_since",
    "once",
    "trim",
]
