"""Accounts over HTTP, one file a topic. Signing up and in stand in `server/entrance.py`."""

from . import letters, sessions, tokens
from .routes import routes

__all__ = ["letters", "routes", "sessions", "tokens"]
