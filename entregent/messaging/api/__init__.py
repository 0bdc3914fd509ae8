"""Messaging over HTTP, one file a topic; each adds its routes to those of `routes.py`."""

from . import (
    away,
    desk,
    finding,
    groups,
    lists,
    marks,
    presence,
    routing,
    said,
    scheduled,
    senders,
    threads,
    ties,
    writing,
)
from .routes import routes

__all__ = [
    "away",
    "desk",
    "finding",
    "groups",
    "lists",
    "marks",
    "presence",
    "routes",
    "routing",
    "said",
    "scheduled",
    "senders",
    "threads",
    "ties",
    "writing",
]
