"""What notifications do later."""

import asyncio

from entregent.ports.jobs import GiveUp, Handlers
from entregent.ports.mail import Letter, Mailbox, MailRefused
from entregent.ports.ports import Ports

from .actions import forget
from .digests import wanted, write_digest
from .jobnames import (
    Forget,
    PushNews,
    SendDigest,
    SendPush,
    TakeBackLater,
    TellLater,
    WriteDigest,
)
from .model import KEPT_DAYS
from .pushing import push_news, send
from .spreading import take_back_each, tell_each

handlers = Handlers()
SOME = 50


@handlers.handle(TellLater)
async def tell_them(ports: Ports, job: TellLater) -> None:
    """Tells each; told twice, the second time changes nothing but the moment."""
    for start in range(0, len(job.news), SOME):
        await ports.db.write(tell_each, job.news[start : start + SOME])
        await asyncio.sleep(0)


@handlers.handle(TakeBackLater)
async def take_them_back(ports: Ports, job: TakeBackLater) -> None:
    """Tells each that it is so no more; a second time there is nothing left to take."""
    for start in range(0, len(job.news), SOME):
        await ports.db.write(take_back_each, job.news[start : start + SOME])
        await asyncio.sleep(0)


@handlers.handle(PushNews)
async def push_the_news(ports: Ports, job: PushNews) -> None:
    """Has devices told of what was not seen in an open page."""
    await ports.db.write(push_news, job)


@handlers.handle(SendPush, tries=5)
async def send_the_push(ports: Ports, job: SendPush) -> None:
    """Tells devices; a service that is away is asked again."""
    await send(ports, job)


@handlers.handle(WriteDigest, tries=20)
async def write_the_digest(ports: Ports, job: WriteDigest) -> None:
    """Writes what waits, and plans the next one."""
    settings = ports.settings
    await ports.db.write(write_digest, job.member_id, settings.name, settings.address)


@handlers.handle(SendDigest, tries=20)
async def send_the_digest(ports: Ports, job: SendDigest) -> None:
    """Sends it. Should the process end before that is known, it is the same letter again."""
    if ports.mail is None or not await ports.db.read(wanted, job.member_id):
        return
    letter = Letter(
        to=Mailbox(job.to, job.name),
        subject=job.subject,
        text=job.text,
        html=job.html,
        number=job.number,
        headers={
            "List-Unsubscribe": f"<{job.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    try:
        await ports.mail.send(letter)
    except MailRefused as error:
        raise GiveUp(str(error)) from error


@handlers.every(Forget, minutes=24 * 60)
async def forget_the_old(ports: Ports, _job: Forget) -> None:
    """Drops what is half a year old, some at a time."""
    before = ports.clock.now() - KEPT_DAYS * 86_400_000
    while await ports.db.write(forget, before):  # noqa: ASYNC110 (it works, it does not wait)
        await asyncio.sleep(0)
