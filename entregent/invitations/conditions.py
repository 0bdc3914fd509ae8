"""Whether a rule's condition holds of an invitation: pure, the same for a preview and for a run."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from entregent.kit.ids import moment
from entregent.kit.text import words

from .desk import Condition, Rule
from .model import DAY, NO_RATE, NOTHING, ORGANISATION, PERSONAL, SCHOOL, TEMPLATE

_WROTE = {"nothing": {NOTHING}, "personal": {PERSONAL}, "template": {TEMPLATE}}


class Known(NamedTuple):
    """What rules may ask of a sender beyond the invitation itself."""

    organisations: dict[int, Collection[str]]
    tags: dict[int, Collection[str]]


class Choice(NamedTuple):
    """What happens to one invitation, and by which rule."""

    row: Any
    rule: Rule | None


def asks_organisations(rules: Sequence[Rule]) -> bool:
    """Whether the senders' organisations have to be known."""
    return any(rule.on and rule.when.organisation for rule in rules)


def asks_tags(rules: Sequence[Rule]) -> bool:
    """Whether the member's own tags have to be known."""
    return any(rule.on and rule.when.tags for rule in rules)


def choose(rows: Sequence[Any], rules: Sequence[Rule], known: Known, now: int) -> list[Choice]:
    """For each invitation the first rule whose condition holds."""
    tests = [(rule, _tests(rule.when, known, now)) for rule in rules if rule.on]
    return [Choice(row, _first(row, tests)) for row in rows]


def _first(row: Any, tests: Sequence[tuple[Rule, Sequence[Callable[[Any], bool]]]]) -> Rule | None:
    """The first rule of which all holds."""
    for rule, asked in tests:
        for holds in asked:
            if not holds(row):
                break
        else:
            return rule
    return None


def _tests(when: Condition, known: Known, now: int) -> list[Callable[[Any], bool]]:
    """The condition as functions of a row, which must all hold; what was not given is not asked."""
    tests: list[Callable[[Any], bool]] = []
    if when.note == "any":
        tests.append(lambda row: row.wrote != NOTHING)
    elif when.note is not None:
        wanted = _WROTE[when.note]
        tests.append(lambda row: row.wrote in wanted)
    if when.reasons:
        reasons = set(when.reasons)
        tests.append(lambda row: row.reason in reasons)
    if when.mutuals_from is not None:
        least = when.mutuals_from
        tests.append(lambda row: row.mutuals >= least)
    if when.mutuals_to is not None:
        most = when.mutuals_to
        tests.append(lambda row: row.mutuals <= most)
    if when.same is not None:
        flag = ORGANISATION if when.same == "organisation" else SCHOOL
        tests.append(lambda row: bool(row.same & flag))
    return tests + _about_sender(when, known, now)


def _about_sender(when: Condition, known: Known, now: int) -> list[Callable[[Any], bool]]:
    tests: list[Callable[[Any], bool]] = []
    if when.organisation:
        wanted = set(words(when.organisation))
        tests.append(
            lambda row: any(
                wanted <= set(name.split()) for name in known.organisations.get(row.other_id, ())
            )
        )
    if when.tags:
        tags = set(when.tags)
        tests.append(lambda row: bool(tags & set(known.tags.get(row.other_id, ()))))
    if when.age_from_days is not None:
        latest = now - when.age_from_days * DAY
        tests.append(lambda row: row.box != "archive" and moment(row.other_id) <= latest)
    if when.age_to_days is not None:
        earliest = now - when.age_to_days * DAY
        tests.append(lambda row: row.box != "archive" and moment(row.other_id) >= earliest)
    if when.accepted_from is not None:
        low = when.accepted_from
        tests.append(lambda row: row.rate != NO_RATE and row.rate >= low)
    if when.accepted_to is not None:
        high = when.accepted_to
        tests.append(lambda row: row.rate != NO_RATE and row.rate <= high)
    return tests
