"""What webhooks do later: look at logs, send what is due, say that one was switched off."""

from collections.abc import Iterable

from entregent.kit.errors import Refusal
from entregent.live import cursor_of
from entregent.ports.db import Database, Row, Transaction
from entregent.ports.fetch import FetchFailed, FetchRefused, Request
from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import again_later, due, gather, log_grew, not_taken, taken, watching
from .jobnames import Deliver, Gather, SendOff
from .letters import send_off
from .model import FAILURES_AT_ONCE, SECONDS, SENT_AT_ONCE, Failure, signature

handlers = Handlers()


async def grown(db: Database, members: Iterable[int]) -> None:
    """The logs of these members have grown, and they have webhooks."""
    await db.write(log_grew, sorted(members))


async def sweep(db: Database) -> set[int]:
    """The members who have webhooks; looks at the logs that grew without anybody saying so."""
    members = await db.read(watching)
    behind = await db.read(_behind, members)
    if behind:
        await db.write(log_grew, behind)
    return {member_id for member_id, _ in members}


def _behind(tx: Transaction, members: list[tuple[int, int]]) -> list[int]:
    return [member_id for member_id, cursor in members if cursor < cursor_of(tx, member_id)]


@handlers.handle(Gather)
async def look_at_the_log(ports: Ports, job: Gather) -> None:
    """Finds what webhooks are to be told."""
    while await ports.db.write(gather, job.member_id):
        pass


@handlers.handle(Deliver)
async def deliver(ports: Ports, job: Deliver) -> None:
    """Sends what is due, one after the other, and lets others have their turn."""
    hook, rows = await ports.db.read(due, job.member_id, job.webhook_id, SENT_AT_ONCE)
    failures = 0
    for row in rows:
        assert hook is not None
        status, failure = await _send(ports, hook, row)
        if failure is None:
            assert status is not None
            await ports.db.write(taken, row, status)
            continue
        if not await ports.db.write(not_taken, row, failure, status):
            return
        failures += 1
        if failures == FAILURES_AT_ONCE:
            break  # it is down: the rest can wait a little
    if hook is not None:
        pause = 10_000 if failures else 0
        earliest = ports.clock.now() + pause
        await ports.db.write(again_later, job.member_id, job.webhook_id, earliest)


async def _send(ports: Ports, hook: Row, row: Row) -> tuple[int | None, Failure | None]:
    body = row.body.encode()
    timestamp = ports.clock.now() // 1000
    request = Request(
        url=hook.url,
        method="POST",
        headers={
            "content-type": "application/json",
            "webhook-id": str(row.id),
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(hook.secret, str(row.id), timestamp, body),
        },
        body=body,
        limit=64 * 1024,
        cut=True,
        seconds=SECONDS,
        redirects=0,
    )
    if ports.fetch is None:
        return None, "unreachable"
    try:
        answer = await ports.fetch.send(request)
    except FetchRefused:
        return None, "private"
    except FetchFailed:
        return None, "unreachable"
    if 200 <= answer.status < 300:
        return answer.status, None
    return answer.status, "redirected" if 300 <= answer.status < 400 else "status"


@handlers.handle(SendOff)
async def say_that_it_is_off(ports: Ports, job: SendOff) -> None:
    """Writes to the member whose webhook was switched off."""
    try:
        sent = await send_off(ports, job.member_id, job.url)
    except Refusal:
        return  # the account is closed meanwhile
    if not sent:
        raise ConnectionError("the letter could not be sent now")
