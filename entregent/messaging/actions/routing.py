"""Rules that sort what comes: kept, tried out, run over what is there, applied to first messages.

A filter says of whom and of what a rule is; the first rule that holds counts. What the member has
put into a mailbox by hand is never moved.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id, as_int
from entregent.ports.db import Transaction

from ..acts import Act, Route, labels_in
from ..desk import Filter
from ..events import RoutingChanged
from ..matching import Asked
from ..queries import desk
from ..queries import routing as queries
from ..routing import (
    Routing,
    RoutingDraft,
    RoutingForecast,
    RoutingRule,
    checked_rules,
)
from ..search_index import terms
from .bulks import Done, begin_routes
from .marking import act_on, tell_changes

_filter = msgspec.json.Decoder(Filter).decode


class Arrived(NamedTuple):
    """The first words that a member hears in a conversation."""

    member_id: int
    conversation_id: int
    text: str


def routing_of(tx: Transaction, me: int) -> Routing:
    """The member's rules, in order."""
    return Routing([_rule(row) for row in tx.all(queries.RULES, me=me)])


def set_routing(tx: Transaction, me: int, drafts: list[RoutingDraft]) -> Routing:
    """Replaces the rules; those that name an id keep it."""
    rules = drafted(tx, me, drafts)
    tx.run(queries.DROP_RULES, me=me)
    tx.run_many(
        queries.ADD_RULE,
        [
            {
                "member_id": me,
                "id": int(rule.id),
                "position": position,
                "name": rule.name,
                "enabled": int(rule.on),
                "condition": msgspec.json.encode(rule.when).decode(),
                "box_id": None if rule.box is None else as_int(rule.box),
                "label_id": None if rule.label is None else as_int(rule.label),
            }
            for position, rule in enumerate(rules)
        ],
    )
    kept = routing_of(tx, me)
    tx.emit(RoutingChanged(rules=kept.rules), to=[me])
    return kept


def drafted(tx: Transaction, me: int, drafts: list[RoutingDraft]) -> list[RoutingRule]:
    """Rules as written, checked, each with an id."""
    before = {rule.id: rule for rule in routing_of(tx, me).rules}
    places = _places(tx, me)
    used: set[str] = set()
    found = []
    for draft in checked_rules(drafts):
        was = before.get(draft.id or "")
        for name in ("box", "label"):
            wanted = getattr(draft, name)
            # What was taken away since may stay in the rule: it may come back.
            kept = was is not None and getattr(was, name) == wanted
            if wanted is not None and not kept and as_int(wanted) not in places[name]:
                raise Refusal(f"messaging.no_such_{name}", status=404, field="rules")
        key = draft.id if was is not None and draft.id not in used else None
        rule = RoutingRule(
            id=key or str(tx.new_id()),
            name=draft.name,
            on=draft.on,
            when=draft.when,
            box=draft.box,
            label=draft.label,
        )
        used.add(rule.id)
        found.append(rule)
    return found


def forecast(tx: Transaction, me: int, rules: Sequence[RoutingRule]) -> RoutingForecast:
    """What rules would do to what is there."""
    plan, by_hand = _plan(tx, me, rules)
    counts = [len(plan.get(number, ())) for number in range(len(rules))]
    return RoutingForecast(total=sum(counts), by_rule=counts, by_hand=by_hand)


def run_routing(tx: Transaction, me: int) -> Done:
    """Does to all that is there what the rules say; undone as any bulk is."""
    rules = routing_of(tx, me).rules
    plan, _ = _plan(tx, me, rules)
    return begin_routes(
        tx,
        me,
        [(Route(box=rules[at].box, label=rules[at].label), ids) for at, ids in plan.items()],
    )


def route_first(tx: Transaction, arrived: Iterable[Arrived]) -> None:
    """Sorts conversations that have just begun for those who hear the first words. One statement
    where none of them has a rule."""
    news = list(arrived)
    rules: dict[int, list[tuple[Filter, Route]]] = {}
    places: dict[int, dict[str, set[int]]] = {}
    for row in tx.all(queries.RULES_OF, members=sorted({one.member_id for one in news})):
        if row.member_id not in places:
            places[row.member_id] = _places(tx, row.member_id)
        there = places[row.member_id]
        route = Route(
            box=_there(row.box_id, there["box"]), label=_there(row.label_id, there["label"])
        )
        rules.setdefault(row.member_id, []).append((_filter(row.condition), route))
    for one in news:
        for when, route in rules.get(one.member_id, ()):
            if not _holds(tx, one, when):
                continue
            act = Act(mark="route", routes=[route])
            changed = act_on(tx, one.member_id, [one.conversation_id], act).changed
            tell_changes(tx, one.member_id, changed)
            break


def has_box(tx: Transaction, me: int, box: Id) -> bool:
    """Whether the member has this mailbox; "0" is the personal one."""
    return _there(box, _places(tx, me)["box"]) is not None


def place_first(tx: Transaction, me: int, conversation_id: int, box: Id) -> None:
    """Sends a conversation that has just begun to one of the member's mailboxes, if it is still
    there."""
    if has_box(tx, me, box):
        act = Act(mark="route", routes=[Route(box=box)])
        tell_changes(tx, me, act_on(tx, me, [conversation_id], act).changed)


def _holds(tx: Transaction, one: Arrived, when: Filter) -> bool:
    """Whether a rule is for it. Words are looked for in what has come: no index has it yet."""
    if when.text and when.text.strip():
        if not _says(one.text, when.text):
            return False
        when = msgspec.structs.replace(when, text=None)
    return bool(Asked(tx, one.member_id, when, [one.conversation_id]).ids())


def _says(text: str, wanted: str) -> bool:
    """Whether a text has all words of a filter, the last one as a beginning: as a search has it."""
    asked = terms(wanted)
    said = set(terms(text))
    return (
        all(term in said for term in asked[:-1])
        and bool(asked)
        and any(term.startswith(asked[-1]) for term in said)
    )


def _plan(
    tx: Transaction, me: int, rules: Sequence[RoutingRule]
) -> tuple[dict[int, list[int]], int]:
    """For each rule by its place what it changes, and how many stay where a hand has put them."""
    places = _places(tx, me)
    taken: set[int] = set()
    found: dict[int, list[int]] = {}
    by_hand = 0
    for number, rule in enumerate(rules):
        if not rule.on:
            continue
        box = _there(rule.box, places["box"])
        label = _there(rule.label, places["label"])
        for row in Asked(tx, me, rule.when).places():
            key = row.conversation_id
            if key in taken:
                continue
            taken.add(key)
            moved = box is not None and row.box_id != int(box)
            labelled = label is not None and label not in labels_in(row.labels)
            if (moved and not row.placed) or labelled:
                found.setdefault(number, []).append(key)
            elif moved:
                by_hand += 1
    return found, by_hand


def _places(tx: Transaction, me: int) -> dict[str, set[int]]:
    return {
        "box": {0, *(row.id for row in tx.all(desk.EVERY["boxes"], owner_id=me))},
        "label": {row.id for row in tx.all(desk.EVERY["labels"], owner_id=me)},
    }


def _there(key: str | int | None, places: set[int]) -> str | None:
    """A mailbox or label that has not been taken away."""
    return str(key) if key is not None and int(key) in places else None


def _rule(row: Any) -> RoutingRule:
    return RoutingRule(
        id=str(row.id),
        name=row.name,
        on=bool(row.enabled),
        when=_filter(row.condition),
        box=None if row.box_id is None else str(row.box_id),
        label=None if row.label_id is None else str(row.label_id),
    )
