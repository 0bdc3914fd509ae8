"""Values of moderation: what is reported, what is decided, what each side is shown."""

from typing import Annotated, Literal

import msgspec

from entregent.kit.ids import Id

ReportKind = Literal["message", "conversation", "invitation", "person", "story", "video"]
Verdict = Literal["dismiss", "warn", "restrict", "suspend"]
Act = Literal["grant", "revoke", "decide", "reverse", "appeal", "uphold"]

WAITS, DECIDED, TAKEN_BACK = range(3)
NOBODY = 0  # whom reports are about that are about nobody in particular

MAX_NOTE = 1_000
MAX_STATEMENT = 2_000
MAX_APPEAL = 2_000
MAX_SHOWN = 2_000  # of each text that a report keeps
APPEAL_DAYS = 180
DAY_MS = 86_400_000

Days = Annotated[int, msgspec.Meta(ge=1, le=365)]
Statement = Annotated[str, msgspec.Meta(max_length=MAX_STATEMENT)]


class SaidThen(msgspec.Struct, kw_only=True):
    """A message as the reporter saw it; `reported` where it is the one that is meant."""

    author_id: Id | None
    at: int
    text: str
    reported: bool = False


class Witnessed(msgspec.Struct, kw_only=True):
    """What the reporter saw when it was reported, and nothing else: kept as it was then."""

    title: str = ""
    said: list[SaidThen] = []
    name: str = ""
    headline: str = ""
    about: str = ""
    reason: str = ""  # that an invitation gave
