"""Invitations over HTTP, one file a topic."""

from . import arranging, lists, people, sending, triage
from .routes import routes

__all__ = ["arranging", "lists", "people", "routes", "sending", "triage"]
