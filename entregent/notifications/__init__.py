"""Notifications: what a member is told, and by which way: the bell, the device, the digest.

Slices above call `tell` within the transaction that did something of interest to somebody. The
bell keeps one notice for each kind and thing, with the people behind it; messages do not fill it,
conversations are a count of their own. What a member wants by which way is in `settings_of`.
"""

from .actions import (
    bell,
    change_settings,
    settings_of,
    settle,
    settle_each,
    take_back,
    take_back_later,
    tell_later,
)
from .events import Gathering, NoticesRead, NoticesSeen, NoticeTaken, NoticeTold, WaysChanged
from .model import (
    KINDS,
    Detail,
    Kind,
    Notice,
    NoticeSettings,
    Pushed,
    Quiet,
    SettingsChange,
    Tell,
    Thing,
    WaitingLine,
    Waits,
)
from .pushing import language_of, push, watched
from .spreading import take_back_each, tell, tell_each

__all__ = [
    "KINDS",
    "Detail",
    "Gathering",
    "Kind",
    "Notice",
    "NoticeSettings",
    "NoticeTaken",
    "NoticeTold",
    "NoticesRead",
    "NoticesSeen",
    "Pushed",
    "Quiet",
    "SettingsChange",
    "Tell",
    "Thing",
    "WaitingLine",
    "Waits",
    "WaysChanged",
    "bell",
    "change_settings",
    "language_of",
    "push",
    "settings_of",
    "settle",
    "settle_each",
    "take_back",
    "take_back_each",
    "take_back_later",
    "tell",
    "tell_each",
    "tell_later",
    "watched",
]
