"""The routes of messaging, and what several of its topics share."""

from entregent.kit.routes import Routes

routes = Routes("messaging")


def page_size(limit: int) -> int:
    """How long a page may be."""
    return max(1, min(limit, 200))
