"""What invitations do later."""

import asyncio

from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import expire, forget_words
from .actions.arriving import arrive
from .actions.following import follow_up
from .actions.running import carry_on
from .actions.weighing import reweigh, waiting_among
from .jobnames import Arrive, CarryOn, Expire, FollowUp, Reweigh
from .model import Rules

handlers = Handlers()
SOME = 32
BREATH = 0.001  # seconds: who waits for the writer is not to wait for the next portion too


@handlers.every(Expire, minutes=60)
async def settle_the_old(ports: Ports, _job: Expire) -> None:
    """Settles what is too old, some at a time."""
    rules = Rules.of(ports.settings)
    while await ports.db.write(expire, rules):  # noqa: ASYNC110 (it works, it does not wait)
        await asyncio.sleep(0)
    await ports.db.write(forget_words)


@handlers.handle(CarryOn)
async def go_on(ports: Ports, job: CarryOn) -> None:
    """Takes a run's steps, some at a time, so that members' own writes go between."""
    rules = Rules.of(ports.settings)
    while await ports.db.write(carry_on, job.member_id, job.run_id, rules):  # noqa: ASYNC110
        await asyncio.sleep(BREATH)


@handlers.handle(FollowUp)
async def follow_on(ports: Ports, job: FollowUp) -> None:
    """Tells of the next steps of a run, and has the rest follow as a job of its own."""
    await ports.db.write(follow_up, job)


@handlers.handle(Arrive)
async def show(ports: Ports, job: Arrive) -> None:
    """Shows what was to come later."""
    rules = Rules.of(ports.settings)
    while await ports.db.write(arrive, job.member_id, job.invitation_id, rules):  # noqa: ASYNC110
        await asyncio.sleep(0)


@handlers.handle(Reweigh)
async def count_anew(ports: Ports, job: Reweigh) -> None:
    """Counts mutual connections and looks at profiles anew, some at a time."""
    for one in await ports.db.read(waiting_among, job.others or [job.member_id]):
        after: int | None = 0
        while after is not None:
            after = await ports.db.write(reweigh, one, after, SOME)
            await asyncio.sleep(BREATH)
