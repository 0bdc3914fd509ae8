"""Words to a member's devices: whether, what, and in whose language."""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from entregent.accounts import members, sessions_of
from entregent.kit.sentences import sentence
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.ports.ports import Ports
from entregent.ports.push import Message, PushRefused, PushUnavailable
from entregent.profiles import card

from . import queries
from .actions import find, settings_of
from .devices import device_of, devices_of, drop_devices
from .jobnames import PushNews, SendPush
from .model import Detail, Kind, Pushed, Thing, is_quiet

MOST_TEXT = 240
KEPT_SECONDS = 86_400


class Ready(NamedTuple):
    """Devices to send to; those whose session has ended have been told nothing."""

    devices: list[Row]
    gone: list[int]


def watched(tx: Transaction, wanted: Iterable[int]) -> set[int]:
    """Those of these members whom any device could be told by."""
    return {row.member_id for row in tx.all(queries.WITH_DEVICES, members=list(wanted))}


def push(tx: Transaction, me: int, kind: Kind, pushed: Pushed) -> bool:
    """Has a word sent to a member's devices, if the member wants it that way, now.

    Without leave to show texts only the kind of news is said, and nobody's name.
    """
    mine = settings_of(tx, me)
    if not mine.of(kind).push or is_quiet(mine, tx.now):
        return False
    if not mine.show_text:
        pushed = msgspec.structs.replace(
            pushed, title=sentence(pushed.language, f"notifications.push_hidden_{kind}"), body=""
        )
    pushed = msgspec.structs.replace(pushed, title=_cut(pushed.title), body=_cut(pushed.body))
    enqueue(tx, SendPush(member_id=me, pushed=pushed), owner=me)
    return True


def push_news(tx: Transaction, news: PushNews) -> bool:
    """What the bell told, unless it was seen meanwhile."""
    me = news.member_id
    if news.bell:
        notice = find(tx, me, news.of, news.topic)
        if notice is None or notice.seen:
            return False
    language = language_of(tx, me)
    name = card(tx, me, news.person_id).name if news.person_id else ""
    title, body = said_of(language, news.of, news.detail, name)
    return push(
        tx,
        me,
        news.of,
        Pushed(
            title=title,
            body=body,
            tag=f"{news.of}:{news.topic}",
            url=place_of(news.thing, news.of),
            at=tx.now,
            language=language,
        ),
    )


def said_of(language: str, kind: Kind, detail: Detail, name: str) -> tuple[str, str]:
    """What is said of news: a sentence, and what was said where that is not in the sentence."""
    more = detail.what and kind in {"mention", "returned", "group", "import", "house"}
    what = f"_{detail.what}" if more else ""
    words = {"name": name, "text": detail.text, "emoji": detail.emoji}
    said = sentence(language, f"notifications.push_{kind}{what}", words)
    whole = kind in {"group", "security", "import", "returned", "house"}
    whole = whole and detail.what != "countdown"
    return said, "" if whole else detail.text


def place_of(thing: Thing | None, kind: Kind) -> str:
    """Where a click on a notice leads."""
    if kind == "security":
        return "/settings#sessions"
    if kind == "invitation":
        return "/network/invitations"
    if thing is not None and thing.kind == "decision":
        return "/decisions"
    if thing is None:
        return "/notifications"
    if thing.kind in {"conversation", "message"}:
        return f"/messages/{thing.id}"
    if thing.kind == "story":
        return f"/stories/{thing.of}"
    if thing.kind == "video":
        return f"/videos/{thing.of}/{thing.id}"
    return "/import" if thing.kind == "import" else "/notifications"


async def send(ports: Ports, job: SendPush) -> None:
    """Sends to each device; forgets those that are no more, tries again those that are away."""
    if ports.push is None:
        return
    since = ports.clock.now() - ports.settings.session_days * 86_400_000
    ready = await ports.db.read(_ready, job.member_id, since, job.devices)
    payload = msgspec.json.encode(job.pushed)
    topic = _topic(job.pushed.tag)
    gone, away = list(ready.gone), []

    async def one(row: Row) -> None:
        assert ports.push is not None
        try:
            await ports.push.send(
                device_of(row), Message(payload=payload, topic=topic, seconds=KEPT_SECONDS)
            )
        except PushRefused:  # over, or never to be taken: either way it is of no use
            gone.append(row.device_id)
        except PushUnavailable:
            away.append(row.device_id)

    await asyncio.gather(*map(one, ready.devices))
    if gone:
        await ports.db.write(drop_devices, job.member_id, gone)
    if not away:
        return
    if job.devices is not None and sorted(job.devices) == sorted(away):
        raise PushUnavailable("no device could be told")
    again = SendPush(member_id=job.member_id, pushed=job.pushed, devices=away)
    await ports.db.write(_later, again, ports.clock.now() + 30_000)


def _later(tx: Transaction, job: SendPush, at: int) -> None:
    enqueue(tx, job, owner=job.member_id, at=at)


def _ready(tx: Transaction, me: int, since: int, only: list[int] | None) -> Ready:
    rows = [row for row in devices_of(tx, me) if only is None or row.device_id in only]
    if not rows:
        return Ready([], [])
    living = {row.id for row in sessions_of(tx, me, since)}
    return Ready(
        [row for row in rows if row.session_id in living],
        [row.device_id for row in rows if row.session_id not in living],
    )


def language_of(tx: Transaction, me: int) -> str:
    """The language to tell a member in."""
    found = members(tx, [me]).get(me)
    return "en" if found is None else found.language


def _topic(tag: str) -> str:
    """Push services take 32 characters of base64url."""
    return "".join(char for char in tag if char.isascii() and char.isalnum())[-32:]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_TEXT else line[: MOST_TEXT - 1].rstrip() + "…"
