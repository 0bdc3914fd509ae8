"""Rules that sort what comes into mailboxes and under labels: pure, and wire types (M17)."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.text import clean_line

from .desk import Filter

MAX_RULES, MAX_RULE_NAME = 50, 80


class RoutingDraft(msgspec.Struct, kw_only=True):
    """A rule as it is written; without an id it is a new one. Box "0" is the personal mailbox."""

    name: str = ""
    on: bool = True
    when: Filter
    box: Id | None = None
    label: Id | None = None
    id: Id | None = None


class RoutingRule(msgspec.Struct, kw_only=True):
    """Where conversations go of which all is true that it says."""

    id: Id
    name: str
    on: bool
    when: Filter
    box: Id | None
    label: Id | None


class Routing(msgspec.Struct):
    """The member's rules in order: the first that holds counts."""

    rules: list[RoutingRule]


class RoutingForecast(msgspec.Struct, kw_only=True):
    """What rules would do to what is there: how many they would move or label, by rule and in
    all, and how many they leave because the member has put them somewhere by hand."""

    total: int
    by_rule: list[int]
    by_hand: int


def checked_rules(drafts: list[RoutingDraft]) -> list[RoutingDraft]:
    """Rules as they are kept."""
    if len(drafts) > MAX_RULES:
        raise Refusal("messaging.too_many_rules", field="rules", most=MAX_RULES)
    for draft in drafts:
        draft.name = clean_line(draft.name)
        if len(draft.name) > MAX_RULE_NAME:
            raise Refusal("messaging.rule_name_too_long", field="rules", most=MAX_RULE_NAME)
        if draft.box is None and draft.label is None:
            raise Refusal("messaging.rule_does_nothing", field="rules")
    return drafts
