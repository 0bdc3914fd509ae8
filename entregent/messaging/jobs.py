"""What messaging does later."""

import asyncio
from urllib.parse import urlsplit

from entregent.kit.ids import as_int
from entregent.ports.db import Database
from entregent.ports.fetch import FetchFailed, FetchRefused, Request
from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import (
    attach_preview,
    come_back,
    forget_bulks,
    forget_previews,
    go_on_with_bulk,
    known_preview,
    push_message,
    send_due,
)
from .actions.away import answer_away
from .jobnames import (
    AnswerAway,
    ComeBack,
    DoBulk,
    FetchPreview,
    FillHistory,
    PushMessage,
    SendScheduled,
    Sweep,
)
from .model import LinkPreview
from .previews import MOST_BYTES, preview_of
from .search_index import behind, catch_up, fill_history

handlers = Handlers()
SECONDS = 8.0


async def fill_index(db: Database) -> None:
    """Brings the search index up to the newest message."""
    newest = await db.read(behind)
    # No further than that: while many write at once, what is newer never ends.
    while newest and await db.write(catch_up, newest):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)  # let the members' own writes go between the steps


def fill_index_now(db: Database) -> None:
    """The same without an event loop, for the command line."""
    while db.write_now(catch_up):
        pass


@handlers.handle(SendScheduled)
async def send_when_due(ports: Ports, job: SendScheduled) -> None:
    """Sends a message whose time has come, unless it was sent or taken back meanwhile."""
    settings = ports.settings
    me, key = as_int(job.member_id), as_int(job.scheduled_id)
    most, previews = settings.max_message, settings.fetch != "none:"
    await ports.db.write(send_due, me, key, most, previews)


@handlers.handle(FetchPreview, tries=3, seconds=30)
async def fetch_preview(ports: Ports, job: FetchPreview) -> None:
    """Asks the page behind a link what it says of itself, once for each address."""
    known = await ports.db.read(known_preview, job.url)
    found = known.preview if known else await _ask(ports, job.url)
    key = as_int(job.conversation_id)
    await ports.db.write(attach_preview, key, job.seq, job.url, found, fresh=known is None)


async def _ask(ports: Ports, url: str) -> LinkPreview | None:
    if ports.fetch is None:
        return None
    request = Request(
        url=url,
        headers={"accept": "text/html", "user-agent": "Entregent (link preview)"},
        limit=MOST_BYTES,
        cut=True,
        seconds=SECONDS,
        redirects=3,
    )
    try:
        answer = await ports.fetch.send(request)
    except (FetchRefused, FetchFailed):
        return None  # it shows nothing; it is asked again tomorrow
    if answer.status != 200:
        return None
    kind = answer.headers.get("content-type", "")
    return preview_of(url, urlsplit(answer.url).hostname or "", kind, answer.body)


@handlers.handle(FillHistory)
async def fill_newcomers_history(ports: Ports, job: FillHistory) -> None:
    """Lets newcomers find what they may read, some messages at a time."""
    key = as_int(job.conversation_id)
    after: int | None = job.after
    while after is not None:
        after = await ports.db.write(fill_history, key, after)


@handlers.handle(ComeBack)
async def bring_back(ports: Ports, job: ComeBack) -> None:
    """Brings a member's conversations back whose time has come."""
    while await ports.db.write(come_back, as_int(job.member_id)):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)


@handlers.handle(DoBulk, seconds=3_600)
async def go_on_with(ports: Ports, job: DoBulk) -> None:
    """Does something to many conversations, a piece in each commit, others' writes between."""
    me, key = as_int(job.member_id), as_int(job.bulk_id)
    while await ports.db.write(go_on_with_bulk, me, key):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)


@handlers.handle(AnswerAway)
async def answer_for_absent(ports: Ports, job: AnswerAway) -> None:
    """Answers for a member who is away."""
    settings = ports.settings
    strangers = settings.strangers_per_day, settings.strangers_per_day_new
    me, key = as_int(job.member_id), as_int(job.conversation_id)
    await ports.db.write(answer_away, me, key, *strangers)


@handlers.handle(PushMessage)
async def push_unread(ports: Ports, job: PushMessage) -> None:
    """Tells devices of a message that nobody has read meanwhile."""
    me, key = as_int(job.member_id), as_int(job.conversation_id)
    await ports.db.write(push_message, me, key, job.seq)


@handlers.every(Sweep, minutes=360)
async def sweep(ports: Ports, _job: Sweep) -> None:
    """Drops what is no longer fresh."""
    await ports.db.write(forget_previews)
    while await ports.db.write(forget_bulks):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)
