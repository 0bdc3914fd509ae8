"""What a member brings along and takes away: LinkedIn's archive, in and out."""

from .actions import Begin, begin_here, tell, tell_end
from .events import ImportProgressed
from .exporting import export_to
from .reading import find, seen
from .running import alone, bring, digest_of

__all__ = [
    "Begin",
    "ImportProgressed",
    "alone",
    "begin_here",
    "bring",
    "digest_of",
    "export_to",
    "find",
    "seen",
    "tell",
    "tell_end",
]
