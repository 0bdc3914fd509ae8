"""What the member's rules say about invitations: foreseen and done by the same words."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from entregent.accounts import check_may_send
from entregent.network import room_of, words_on
from entregent.ports.db import Row, Transaction
from entregent.profiles import backgrounds

from ..conditions import Choice, Known, asks_organisations, asks_tags, choose
from ..desk import Forecast, Rule
from ..model import PageBox, Rules, place
from ..queries import rows as queries
from ..reading import since
from ..runs import Run
from .arranging import reply_text, rules_of
from .planning import Plan
from .running import begin


def foresee(
    tx: Transaction, me: int, some: Sequence[Rule], box: PageBox, rules: Rules
) -> list[Choice]:
    """What each of all that wait would come to: the one thing that preview and run both ask."""
    where, state = place(box)
    rows = tx.all(
        queries.EVERY_IN_BOX,
        me=me,
        box=where,
        of_state=state,
        since=since(tx.now, where, rules),
    )
    return decide(tx, me, rows, some, rules)


def decide(
    tx: Transaction, me: int, rows: Sequence[Row], some: Sequence[Rule], rules: Rules
) -> list[Choice]:
    """Which rule is for which of some invitations."""
    people = [row.other_id for row in rows]
    places: dict[int, Any] = {}
    tags: dict[int, Any] = {}
    if asks_organisations(some):
        found = backgrounds(tx, people)
        places = {one: list(background.organisations) for one, background in found.items()}
    if asks_tags(some):
        tags = {one: said.tags for one, said in words_on(tx, me, people).items()}
    choices = choose(rows, some, Known(places, tags), tx.now)
    live = [one for one in choices if one.row.box != "archive"]
    accepts = sum(one.rule is not None and one.rule.then == "accept" for one in live)
    if accepts and accepts > (room := room_of(tx, me, rules.connections)):
        choices = _within(choices, room)
    return choices


def _within(choices: list[Choice], room: int) -> list[Choice]:
    """The same with no more accepted than the member has room for; the rest is left alone."""
    found = []
    for one in choices:
        accepts = one.rule is not None and one.rule.then == "accept"
        if accepts and room <= 0:
            found.append(Choice(one.row, None))
        else:
            room -= accepts
            found.append(one)
    return found


def forecast(
    tx: Transaction, me: int, some: Sequence[Rule], box: PageBox, rules: Rules
) -> Forecast:
    """What rules would do to what waits."""
    choices = foresee(tx, me, some, box, rules)
    met = Counter(one.rule.id for one in choices if one.rule is not None)
    counts = Counter(str(one.rule.then) for one in choices if one.rule is not None)
    return Forecast(
        total=len(choices),
        counts=dict(sorted(counts.items())),
        left=sum(one.rule is None for one in choices),
        by_rule=[met[rule.id] for rule in some],
    )


def run_rules(tx: Transaction, me: int, box: PageBox, rules: Rules) -> Run:
    """Does to all that wait what the rules say."""
    some = rules_of(tx, me).rules
    plans = [
        Plan(one.row, one.rule.then, one.rule)
        for one in foresee(tx, me, some, box, rules)
        if one.rule is not None
    ]
    texts = texts_of(tx, me, some)
    if any(one.verb == "ask" for one in plans):
        check_may_send(tx, me)
    return begin(tx, me, "rules", box, plans, texts, rules)


def texts_of(tx: Transaction, me: int, some: Sequence[Rule]) -> dict[str, str]:
    """What rules ask, by rule."""
    return {
        rule.id: reply_text(tx, me, int(rule.reply_id))
        for rule in some
        if rule.then == "ask" and rule.reply_id is not None
    }
