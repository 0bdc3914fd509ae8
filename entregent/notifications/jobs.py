"""What notifications do later."""

import asyncio

from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import forget
from .jobnames import Forget, PushNews, SendPush, TellLater
from .model import KEPT_DAYS
from .pushing import push_news, send
from .spreading import tell_each

handlers = Handlers()
SOME = 50


@handlers.handle(TellLater)
async def tell_them(ports: Ports, job: TellLater) -> None:
    """Tells each; told twice, the second time changes nothing but the moment."""
    for start in range(0, len(job.news), SOME):
        await ports.db.write(tell_each, job.news[start : start + SOME])
        await asyncio.sleep(0)


@handlers.handle(PushNews)
async def push_the_news(ports: Ports, job: PushNews) -> None:
    """Has devices told of what was not seen in an open page."""
    await ports.db.write(push_news, job)


@handlers.handle(SendPush, tries=5)
async def send_the_push(ports: Ports, job: SendPush) -> None:
    """Tells devices; a service that is away is asked again."""
    await send(ports, job)


@handlers.every(Forget, minutes=24 * 60)
async def forget_the_old(ports: Ports, _job: Forget) -> None:
    """Drops what is half a year old, some at a time."""
    before = ports.clock.now() - KEPT_DAYS * 86_400_000
    while await ports.db.write(forget, before):  # noqa: ASYNC110 (it works, it does not wait)
        await asyncio.sleep(0)
