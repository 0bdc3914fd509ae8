"""What follows from a long run once it rests, some at a time: the others are told, and whom they
and the member both know is counted anew. While it goes on nobody waits for that."""

from entregent.notifications import Tell, take_back_each, tell_each
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..jobnames import FollowUp, Reweigh
from ..queries import runs as queries
from .weighing import waiting_among

SOME = 50


def accepted_news(me: int, sender: int) -> Tell:
    """What a sender is told of: that I have accepted."""
    return Tell(to=sender, kind="accepted", topic="", person_id=me)


def follow_up_later(tx: Transaction, me: int, run_id: int, *, back: bool) -> None:
    """A run has come to rest, there or back."""
    _later(tx, FollowUp(member_id=me, run_id=run_id, back=back))


def follow_up(tx: Transaction, job: FollowUp) -> None:
    """Takes the next steps, and has the rest follow: where it is stands in the job itself, so that
    nobody is told twice."""
    me = job.member_id
    steps = tx.all(queries.PAGE_OF_STEPS, me=me, of_run=job.run_id, after=job.after, limit=SOME)
    wanted = "undone" if job.back else "done"
    people = [one.person_id for one in steps if one.verb == "accept" and one.state == wanted]
    news = [accepted_news(me, one) for one in people]
    (take_back_each if job.back else tell_each)(tx, news)
    waiting = [] if job.back else waiting_among(tx, people)
    if waiting:
        _weigh(tx, Reweigh(member_id=me, others=tuple(waiting)), str(waiting[0]))
    if len(steps) < SOME:
        _weigh(tx, Reweigh(member_id=me), "all")
        return
    after = steps[-1].invitation_id
    _later(tx, FollowUp(member_id=me, run_id=job.run_id, back=job.back, after=after))


def _later(tx: Transaction, job: FollowUp) -> None:
    key = f"{job.run_id}-back" if job.back else str(job.run_id)
    enqueue(tx, job, owner=job.member_id, key=key)


def _weigh(tx: Transaction, job: Reweigh, key: str) -> None:
    enqueue(tx, job, owner=job.member_id, key=key)
