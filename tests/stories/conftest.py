"""Fixtures of stories."""

from tests.stories.telling import house

__all__ = ["house"]
