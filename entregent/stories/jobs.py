"""What stories do later."""

import asyncio

from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from . import actions
from .jobnames import End, Meet, Remind, RemindOf, Spread, TellAuthor, Withdraw

handlers = Handlers()
SOME = 500  # people at a time
MOST_PUSHED = 10_000  # people into whose rows a story is put
OFFERED = "story.offered"  # told between processes: what those who are here hear of
BREATH = 0.001  # seconds: who waits for the writer is not to wait for the next portion too


@handlers.handle(Spread)
async def put_into_rows(ports: Ports, job: Spread) -> None:
    """Puts a story into rows, some at a time, so that members' own writes go between; of an
    author with very many followers they find it themselves."""
    key = job.author_id, job.story_id
    people = await ports.db.read(actions.people_of, key)
    if len(people) > MOST_PUSHED:
        await ports.db.write(actions.offer, key)
        ports.bus.publish(OFFERED, b"%d:%d" % key)
        return
    for start in range(0, len(people), SOME):
        await ports.db.write(actions.spread, key, people[start : start + SOME], job.again)
        await asyncio.sleep(BREATH)


@handlers.handle(Withdraw)
async def take_out_of_rows(ports: Ports, job: Withdraw) -> None:
    """Takes a story out of rows, some at a time."""
    key = job.author_id, job.story_id
    people = job.people
    if people is None:
        people = await ports.db.read(actions.people_in, job.author_id, job.audience)
    for start in range(0, len(people), SOME):
        await ports.db.write(actions.withdraw, key, people[start : start + SOME])
        await asyncio.sleep(BREATH)


@handlers.handle(Meet)
async def meet(ports: Ports, job: Meet) -> None:
    """Has some people's rows hold what an author tells them, and nothing else."""
    for start in range(0, len(job.people), SOME):
        await ports.db.write(actions.meet, job.author_id, job.people[start : start + SOME])
        await asyncio.sleep(BREATH)


@handlers.handle(End)
async def end_story(ports: Ports, job: End) -> None:
    """Has a story whose time is over go into the archive."""
    await ports.db.write(actions.end, job.author_id, job.story_id)


@handlers.handle(Remind)
async def remind(ports: Ports, job: Remind) -> None:
    """Reminds those who asked of a countdown, some at a time."""
    while await ports.db.write(actions.remind, job):  # noqa: ASYNC110 (it works, it does not wait)
        await asyncio.sleep(BREATH)


@handlers.handle(RemindOf)
async def remind_of(ports: Ports, job: RemindOf) -> None:
    """The same of one whose frame was not kept."""
    for start in range(0, len(job.people), SOME):
        await ports.db.write(actions.remind_of, job, job.people[start : start + SOME])
        await asyncio.sleep(BREATH)


@handlers.handle(TellAuthor)
async def tell_the_author(ports: Ports, job: TellAuthor) -> None:
    """Tells how a story is doing, once for many who looked."""
    await ports.db.write(actions.tell_author, job.author_id, job.story_id)
