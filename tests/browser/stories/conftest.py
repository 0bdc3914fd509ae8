"""Members who know each other, and their browsers."""

from tests.browser.messaging.conftest import friends, sit

__all__ = ["friends", "sit"]
