"""Webhooks: a member's log, told to a program elsewhere by signed requests.

A webhook follows its member's log from a cursor of its own, as a browser does. What it is to be
told becomes a delivery, which is sent by a job and tried again for some days.
"""

from .events import WebhookChanged, WebhooksMoved, WebhookSwitchedOff
from .jobs import grown, sweep
from .model import KINDS

__all__ = [
    "KINDS",
    "WebhookChanged",
    "WebhookSwitchedOff",
    "WebhooksMoved",
    "grown",
    "sweep",
]
