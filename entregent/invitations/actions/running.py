"""Runs: one thing done to many invitations, or what the rules say; stopped, resumed, undone."""

import json
from collections import Counter
from collections.abc import Sequence

from entregent.accounts import account, check_may_send, may_send, members
from entregent.kit.errors import Refusal
from entregent.kit.ids import Id, as_int
from entregent.kit.paging import MAX_PAGE, encode_cursor, number_after
from entregent.network import ConnectionsRefreshed, room_of
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import backgrounds

from ..desk import checked_text, filled
from ..events import InvitationsRefreshed, RunProgressed, RunSettled
from ..jobnames import CarryOn
from ..model import PageBox, Rules, Selection, Verb, place
from ..queries import rows as queries
from ..queries import runs as run_queries
from ..reading import among, since
from ..runs import (
    AT_ONCE,
    CHUNK,
    KEPT_RUNS,
    PLENTY,
    Run,
    RunKind,
    RunList,
    RunSteps,
    Step,
    portion_of,
)
from .answering import NEEDS_TEXT, Doing, Manner, Outcome, carry_out
from .arranging import reply_text
from .following import follow_up_later
from .planning import Plan, Planned, drop_plan, drop_portion, next_portion, plan
from .undoing import take_back

LONGEST_REASON = 500


# -- what runs say -------------------------------------------------------------------------------


def run_of(row: Row) -> Run:
    """A run as its member sees it."""
    return Run(
        id=str(row.run_id),
        kind=row.kind,
        verb=row.verb,
        box=row.box,
        state=row.state,
        done=row.done,
        total=row.total,
        skipped=row.skipped,
        counts=json.loads(row.counts),
        created_at=row.created_at,
        undoable=row.state in {"running", "done", "stopped"} and row.done > row.skipped,
    )


def find_run(tx: Transaction, me: int, run_id: int) -> Row:
    """A run of the member's."""
    row = tx.first(run_queries.FIND_RUN, me=me, of_run=run_id)
    if row is None:
        raise Refusal("invitations.no_run", status=404)
    return row


def runs_of(tx: Transaction, me: int) -> RunList:
    """The last runs, newest first."""
    return RunList([run_of(row) for row in tx.all(run_queries.RUNS, me=me, limit=KEPT_RUNS)])


def steps_of(tx: Transaction, me: int, run_id: int, after: str = "") -> RunSteps:
    """A run with what it did to each, a page at a time."""
    run = run_of(find_run(tx, me, run_id))
    last = number_after(after, 0)
    rows = tx.all(run_queries.PAGE_OF_STEPS, me=me, of_run=run_id, after=last, limit=MAX_PAGE + 1)
    shown = rows[:MAX_PAGE]
    return RunSteps(
        run=run,
        items=[
            Step(
                invitation_id=str(row.invitation_id),
                person_id=str(row.person_id),
                rule_id=None if row.rule_id is None else str(row.rule_id),
                rule_name=row.rule_name,
                verb=row.verb,
                state=row.state,
                why=row.why,
                at=row.at,
            )
            for row in shown
        ],
        next=encode_cursor(shown[-1].invitation_id) if len(rows) > MAX_PAGE else None,
    )


# -- beginning -----------------------------------------------------------------------------------


def selected(
    tx: Transaction, me: int, ids: Sequence[Id] | None, all_: Selection | None, rules: Rules
) -> tuple[PageBox, list[Row]]:
    """The invitations that are meant: their ids, from whom, in which box."""
    if all_ is None:
        wanted = [as_int(one) for one in ids or ()]
        return "received", among(tx, me, wanted)
    where, state = place(all_.box)
    left_out = {as_int(one) for one in all_.except_}
    found = tx.all(
        queries.IDS[all_.group],
        me=me,
        box=where,
        of_state=state,
        since=since(tx.now, where, rules),
        mutuals=all_.mutuals,
    )
    return all_.box, [row for row in found if row.id not in left_out]


def act(
    tx: Transaction,
    me: int,
    ids: Sequence[Id] | None,
    all_: Selection | None,
    verb: Verb,
    rules: Rules,
    text: str = "",
    reply_id: Id | None = None,
) -> Run:
    """Does one thing to all that are meant: at once when they are few, else by a job."""
    if reply_id is not None:
        text = reply_text(tx, me, as_int(reply_id))
    if verb in NEEDS_TEXT or (text and verb == "accept"):
        check_may_send(tx, me)
        text = checked_text(text)
    elif verb == "report":
        text = text[:LONGEST_REASON]
    box, found = selected(tx, me, ids, all_, rules)
    rows = [row for row in found if row.box != "sent"]
    if not rows:
        raise Refusal("invitations.not_found", status=404)
    if all_ is None:
        box = "archive" if rows[0].box == "archive" else box
    plans = [Plan(row, verb) for row in rows]
    return begin(tx, me, "bulk", box, plans, {verb: text} if text else {}, rules)


def begin(
    tx: Transaction,
    me: int,
    kind: RunKind,
    box: PageBox,
    plans: Sequence[Plan],
    texts: dict[str, str],
    rules: Rules,
) -> Run:
    """Writes down what is to be done, and does it, or has it done."""
    run_id = tx.new_id()
    counts = Counter(one.verb for one in plans)
    verbs = set(counts)
    tx.run(
        run_queries.ADD_RUN,
        member_id=me,
        run_id=run_id,
        kind=kind,
        verb=next(iter(verbs)) if len(verbs) == 1 else None,
        box=box,
        state="running",
        done=0,
        total=len(plans),
        skipped=0,
        counts=json.dumps(dict(sorted(counts.items()))),
        texts=json.dumps(texts, ensure_ascii=False),
        room=None,
        created_at=tx.now,
    )
    plan(tx, me, run_id, plans, spoken="accept" in texts)
    if len(plans) <= AT_ONCE:
        while carry_on(tx, me, run_id, rules, told=True):
            pass
    else:
        enqueue(tx, CarryOn(member_id=me, run_id=run_id), owner=me, key=str(run_id))
        tell(tx, me, run_id)
    return run_of(find_run(tx, me, run_id))


# -- going on ------------------------------------------------------------------------------------


def carry_on(tx: Transaction, me: int, run_id: int, rules: Rules, *, told: bool = False) -> bool:
    """Takes the next steps of a run, there or back; False when nothing is left."""
    run = find_run(tx, me, run_id)
    if run.state not in {"running", "undoing"}:
        return False
    back = run.state == "undoing"
    going = _go_back if back else _go_on
    if not going(tx, me, run, rules, told):
        ended = "undone" if back else "done"
        tx.run(run_queries.SET_RUN_STATE, me=me, of_run=run_id, now_state=ended)
        tell(tx, me, run_id)
        if not told:
            _rest(tx, me, run_id, back=back)
        return False
    if not told:
        tell(tx, me, run_id)
    return True


def _go_on(tx: Transaction, me: int, run: Row, rules: Rules, told: bool) -> bool:
    portion = next_portion(tx, me, run.run_id)
    if portion is None:
        return False
    rows = {row.id: row for row in among(tx, me, [one.invitation_id for one in portion.some])}
    outcome: Outcome = dict.fromkeys((one.invitation_id for one in portion.some), "over")
    doings = _doings(tx, me, run, portion.some, rows)
    room = _room(tx, me, run, rules)
    manner = Manner(rules, told, room if room is not None and room >= PLENTY else None)
    outcome |= carry_out(tx, me, doings, manner)
    tx.run_many(
        run_queries.ADD_STEP,
        [
            {
                "member_id": me,
                "run_id": run.run_id,
                "invitation_id": one.invitation_id,
                "person_id": one.person_id,
                "rule_id": one.rule_id,
                "rule_name": None if one.rule_id is None else portion.rules[one.rule_id],
                "verb": one.verb,
                "was": rows[one.invitation_id].state if one.invitation_id in rows else 0,
                "state": "done" if outcome[one.invitation_id] is None else "skipped",
                "why": outcome[one.invitation_id],
                "at": tx.now,
            }
            for one in portion.some
        ],
    )
    drop_portion(tx, me, run.run_id, portion.number)
    skipped = sum(why is not None for why in outcome.values())
    left = None if room is None else room - len(outcome)
    _count(tx, me, run, run.done + len(outcome), run.skipped + skipped, left)
    return True


def _room(tx: Transaction, me: int, run: Row, rules: Rules) -> int | None:
    """How many connections more the member may have. It is not counted for each portion: with
    plenty of room no invitations that others accept meanwhile can fill it."""
    if run.total <= CHUNK:
        return None
    left: int | None = run.room
    return left if left is not None and left >= PLENTY else room_of(tx, me, rules.connections)


def _doings(
    tx: Transaction, me: int, run: Row, some: Sequence[Planned], rows: dict[int, Row]
) -> list[Doing]:
    texts: dict[str, str] = json.loads(run.texts)
    # Rules, and what takes its time, go on for whom the host has restricted: without words.
    if texts.keys() - {"report"} and not may_send(tx, me):
        texts = {}
    if not texts:
        return [Doing(rows[i], one.verb) for one in some if (i := one.invitation_id) in rows]
    values = values_for(tx, me, [one.person_id for one in some])
    found = []
    for one in some:
        row = rows.get(one.invitation_id)
        if row is None:
            continue
        words = texts.get(str(one.rule_id), "") if one.rule_id else texts.get(one.verb, "")
        text = filled(words, values.get(row.other_id, {})) if words else ""
        found.append(Doing(row, one.verb, text, f"run-{run.run_id}-{row.id}"))
    return found


def _go_back(tx: Transaction, me: int, run: Row, rules: Rules, told: bool) -> bool:
    limit = portion_of(json.loads(run.counts))
    steps = tx.all(run_queries.NEXT_STEPS, me=me, of_run=run.run_id, of_state="done", limit=limit)
    if not steps:
        return False
    outcome = take_back(tx, me, steps, rules, told=told)
    done = sum(why is None for why in outcome.values())
    tx.run_many(
        run_queries.SET_STEP,
        [
            {
                "me": me,
                "of_run": run.run_id,
                "invitation": key,
                "now_state": "undone" if why is None else "skipped",
                "reason": why,
                "moment": tx.now,
            }
            for key, why in outcome.items()
        ],
    )
    _count(tx, me, run, run.done - done, run.skipped + len(outcome) - done, None)
    return True


def _count(tx: Transaction, me: int, run: Row, done: int, skipped: int, room: int | None) -> None:
    tx.run(run_queries.SET_RUN, me=me, of_run=run.run_id, so_far=done, left_out=skipped, left=room)


def values_for(tx: Transaction, me: int, people: Sequence[int]) -> dict[int, dict[str, str]]:
    """What the variables of an answer stand for, for each person."""
    mine = account(tx, me).name
    names = members(tx, people)
    known = backgrounds(tx, people)
    found = {}
    for one in people:
        name = names[one].name if one in names else ""
        background = known.get(one)
        organisations = list(background.organisations.values()) if background else []
        found[one] = {
            "name": name,
            "first_name": name.split(" ")[0],
            "organisation": organisations[0] if organisations else "",
            "headline": background.headline if background else "",
            "me": mine,
        }
    return found


def tell(tx: Transaction, me: int, run_id: int) -> None:
    """Tells the member how far a run is."""
    tx.emit(RunProgressed(run=run_of(find_run(tx, me, run_id))), to=[me])


def _rest(tx: Transaction, me: int, run_id: int, *, back: bool) -> None:
    """The member was not told of each: pages and counts are better loaded again. Others are told
    from here on."""
    follow_up_later(tx, me, run_id, back=back)
    tx.emit(ConnectionsRefreshed(), to=[me])
    tx.emit(RunSettled(member_id=me))
    tx.emit(InvitationsRefreshed(), to=[me])


# -- stopping and undoing ------------------------------------------------------------------------


def stop(tx: Transaction, me: int, run_id: int) -> Run:
    """Leaves what is not done yet; what is done stays done."""
    row = find_run(tx, me, run_id)
    if row.state == "running":
        tx.run(run_queries.SET_RUN_STATE, me=me, of_run=run_id, now_state="stopped")
        drop_plan(tx, me, run_id)
        _rest(tx, me, run_id, back=False)
        tell(tx, me, run_id)
    return run_of(find_run(tx, me, run_id))


def undo(tx: Transaction, me: int, run_id: int, rules: Rules) -> Run:
    """Takes a run back, as far as others have not changed it since."""
    row = find_run(tx, me, run_id)
    if row.state in {"running", "done", "stopped"}:
        tx.run(run_queries.SET_RUN_STATE, me=me, of_run=run_id, now_state="undoing")
        drop_plan(tx, me, run_id)
        if row.done <= AT_ONCE:
            while carry_on(tx, me, run_id, rules, told=True):
                pass
        else:
            enqueue(tx, CarryOn(member_id=me, run_id=run_id), owner=me, key=str(run_id))
            tell(tx, me, run_id)
    return run_of(find_run(tx, me, run_id))
