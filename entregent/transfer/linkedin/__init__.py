"""LinkedIn's archives, in and out: pure, without a database, safe on files of any origin.

`open_source` tells what a file is, `read` looks through it once and gives an `Archive` with a
`Report`, `Archive.threads` gives the messages by conversation, `counts` the figures. `write` makes
an archive in LinkedIn's layout from `Contents`. Whatever a file holds, the only thing that can go
wrong is a `Refusal`.
"""

from .contents import Contents, Media, contents_of
from .counts import counts
from .identity import Known, enriched, identity
from .limits import LIMITS, Limits
from .markup import to_text
from .messages import is_markup
from .model import (
    HIDDEN_NAME,
    Connection,
    Conversation,
    Education,
    Invitation,
    Language,
    Message,
    Owner,
    Position,
    Profile,
    Skill,
    Thread,
    Who,
)
from .own import MEDIA, STORIES, VIDEOS
from .people import plain
from .reading import Archive, read
from .report import FileReport, RefusedRow, Report
from .source import Source, open_source
from .writer import write

__all__ = [
    "HIDDEN_NAME",
    "LIMITS",
    "MEDIA",
    "STORIES",
    "VIDEOS",
    "Archive",
    "Connection",
    "Contents",
    "Conversation",
    "Education",
    "FileReport",
    "Invitation",
    "Known",
    "Language",
    "Limits",
    "Media",
    "Message",
    "Owner",
    "Position",
    "Profile",
    "RefusedRow",
    "Report",
    "Skill",
    "Source",
    "Thread",
    "Who",
    "contents_of",
    "counts",
    "enriched",
    "identity",
    "is_markup",
    "open_source",
    "plain",
    "read",
    "to_text",
    "write",
]
