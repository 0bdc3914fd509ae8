"""Moderation: what members report, what hosts decide, and what those concerned can say to it.

Slices below tell of reports as facts, with what the reporter saw; nothing else is ever shown to a
host. Each decision is told with its reasons to the person concerned, who can object once.
"""

from .deciding import Judgement, decide, reverse, uphold
from .hosts import grant, hosts, is_host, revoke, waiting_for
from .model import Verdict
from .reading import HostCase, cases, file_of, log
from .taking import report_person

__all__ = [
    "HostCase",
    "Judgement",
    "Verdict",
    "cases",
    "decide",
    "file_of",
    "grant",
    "hosts",
    "is_host",
    "log",
    "report_person",
    "reverse",
    "revoke",
    "uphold",
    "waiting_for",
]
