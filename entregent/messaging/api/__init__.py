"""Messaging over HTTP, one file a topic; each adds its routes to those of `routes.py`."""

from . import finding, groups, lists, marks, threads, writing
from .routes import routes

__all__ = ["finding", "groups", "lists", "marks", "routes", "threads", "writing"]
