"""Fixtures of videos."""

from tests.videos.telling import house

__all__ = ["house"]
