"""Moderation over HTTP: what every member can do, and what only hosts know of."""

from . import concerned, desk
from .routes import routes

__all__ = ["concerned", "desk", "routes"]
