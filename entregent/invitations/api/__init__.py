"""Invitations over HTTP, one file a topic."""

from . import arranging, lists, sending, triage
from .routes import routes

__all__ = ["arranging", "lists", "routes", "sending", "triage"]
