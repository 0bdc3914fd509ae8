"""Videos over HTTP, one file a topic; each adds its routes to those of `routes.py`."""

from . import answering, publishing, subtitling
from .routes import routes

__all__ = ["answering", "publishing", "routes", "subtitling"]
