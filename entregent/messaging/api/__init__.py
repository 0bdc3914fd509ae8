"""Messaging over HTTP, one file a topic; each adds its routes to those of `routes.py`."""

from . import (
    desk,
    finding,
    groups,
    lists,
    marks,
    presence,
    said,
    scheduled,
    senders,
    threads,
    ties,
    writing,
)
from .routes import routes

__all__ = [
    "desk",
    "finding",
    "groups",
    "lists",
    "marks",
    "presence",
    "routes",
    "said",
    "scheduled",
    "senders",
    "threads",
    "ties",
    "writing",
]
