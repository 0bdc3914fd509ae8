"""Stories over HTTP, one file a topic; each adds its routes to those of `routes.py`.

The order counts: a path that names a topic goes before one that names an author.
"""

from . import preferring, keeping, telling, watching  # noqa: I001 (the order counts)
from .routes import routes

__all__ = ["keeping", "preferring", "routes", "telling", "watching"]
