"""Stories: what lasts a day, and what of it is kept.

An author's story holds frames; who may see it is asked anew at every reading (`sight.visible`), so
that what is taken back is gone at once. The row of each member is written after publishing, some
people at a time; views are one row for each story and viewer, and are counted when asked.
"""

from .actions.preferring import set_prompt
from .actions.publishing import publish
from .events import StoryReported
from .leaving import ExportedStories, exported
from .model import NewStory, Texts
from .passing import OFFERED, offered_to
from .sight import may_see

__all__ = [
    "OFFERED",
    "ExportedStories",
    "NewStory",
    "StoryReported",
    "Texts",
    "exported",
    "may_see",
    "offered_to",
    "publish",
    "set_prompt",
]
