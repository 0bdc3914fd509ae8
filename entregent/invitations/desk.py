"""How a member wants to be asked, and what helps with the answers: settings, rules, replies."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.text import clean, clean_line

from .model import MAX_NOTE, Reason, Same

Door = Literal["everyone", "shared", "email", "nobody"]
RuleVerb = Literal["accept", "follow", "keep", "ask", "ignore"]
ReplyKind = Literal["reply", "question"]
NoteIs = Literal["personal", "template", "nothing", "any"]

MAX_RULES, MAX_REPLIES, MAX_TITLE, MAX_TEXT = 30, 200, 80, 2_000
HOUR = 3_600_000
_VARIABLE = re.compile(r"\{(first_name|name|organisation|headline|me)\}")

Days = Annotated[int, msgspec.Meta(ge=0, le=36_500)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Few = Annotated[int, msgspec.Meta(ge=0, le=30_000)]


class InvitationSettings(msgspec.Struct, kw_only=True):
    """Who may ask, when it is shown, and what they read before they write."""

    line: str = ""
    door: Door = "everyone"
    paused_until: int | None = None
    digest_hours: list[int] = []
    zone: str = "UTC"
    suggested: bool = True


class Condition(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What must hold of an invitation; all that is given must."""

    note: NoteIs | None = None
    reasons: list[Reason] | None = None
    mutuals_from: Few | None = None
    mutuals_to: Few | None = None
    organisation: str | None = None
    same: Same | None = None
    tags: list[str] | None = None
    age_from_days: Days | None = None
    age_to_days: Days | None = None
    accepted_from: Percent | None = None
    accepted_to: Percent | None = None


class Rule(msgspec.Struct, kw_only=True):
    """What happens to invitations of which the condition holds."""

    id: Id
    name: str
    on: bool
    when: Condition
    then: RuleVerb
    reply_id: Id | None


class RuleDraft(msgspec.Struct, kw_only=True):
    """A rule as it is written; without an id it is a new one."""

    name: str
    on: bool = True
    when: Condition
    then: RuleVerb
    reply_id: Id | None = None
    id: Id | None = None


class RuleList(msgspec.Struct):
    """The member's rules in order: the first that holds counts."""

    rules: list[Rule]


class Forecast(msgspec.Struct, kw_only=True):
    """What rules would do to what waits; `left` is what no rule is for."""

    total: int
    counts: dict[str, int]
    left: int
    by_rule: list[int]


class SavedReply(msgspec.Struct, kw_only=True):
    """Words to answer with."""

    id: Id
    kind: ReplyKind
    title: str
    text: str


class ReplyDraft(msgspec.Struct, kw_only=True):
    """Saved words as they are written; without an id they are new."""

    kind: ReplyKind
    title: str
    text: str
    id: Id | None = None


class ReplyList(msgspec.Struct):
    """The member's saved words, in order."""

    replies: list[SavedReply]


def checked_line(text: str) -> str:
    """What others read before they write to the member."""
    kept = clean_line(text)
    if len(kept) > MAX_NOTE:
        raise Refusal("invitations.line_too_long", field="line", most=MAX_NOTE, length=len(kept))
    return kept


def checked_hours(hours: list[int]) -> list[int]:
    """The hours at which a digest comes."""
    if any(not 0 <= hour <= 23 for hour in hours):
        raise Refusal("invitations.bad_hour", field="digest_hours")
    return sorted(set(hours))


def checked_rules(drafts: list[RuleDraft]) -> list[RuleDraft]:
    """Rules as they are kept."""
    if len(drafts) > MAX_RULES:
        raise Refusal("invitations.too_many_rules", field="rules", most=MAX_RULES)
    for draft in drafts:
        draft.name = _title(draft.name, "rules") if draft.name.strip() else ""
        if draft.then == "ask" and draft.reply_id is None:
            raise Refusal("invitations.no_question", field="rules")
    return drafts


def checked_replies(drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Saved words as they are kept."""
    if len(drafts) > MAX_REPLIES:
        raise Refusal("invitations.too_many_replies", field="replies", most=MAX_REPLIES)
    for draft in drafts:
        draft.title = _title(draft.title, "replies")
        draft.text = checked_text(draft.text)
    return drafts


def checked_text(text: str) -> str:
    """An answer as it is kept."""
    kept = clean(text)
    if not kept:
        raise Refusal("invitations.nothing_said", field="text")
    if len(kept) > MAX_TEXT:
        raise Refusal("invitations.text_too_long", field="text", most=MAX_TEXT, length=len(kept))
    return kept


def _title(text: str, field: str) -> str:
    kept = clean_line(text)
    if not kept or len(kept) > MAX_TITLE:
        raise Refusal("invitations.bad_title", field=field, most=MAX_TITLE)
    return kept


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Words with their variables filled in; a variable without a value leaves no gap."""
    found = _VARIABLE.sub(lambda match: str(values.get(match[1], "")), text)
    return re.sub(r"[ \t]{2,}", " ", found).replace(" ,", ",").strip()
