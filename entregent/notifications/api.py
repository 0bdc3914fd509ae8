"""The bell, the ways of being told and the devices, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id
from entregent.kit.paging import MAX_PAGE
from entregent.kit.routes import Call, Done, Routes
from entregent.live import once
from entregent.ports.db import Transaction
from entregent.ports.push import Device

from .actions import NoticePage, Rung, change_settings, mark, page, see, settings_of
from .devices import add_device, drop_endpoint
from .digests import DigestChoice, choice, start_again, stop
from .model import NoticeSettings, SettingsChange

routes = Routes("notifications")

MOST_MARKED = 200


class NoticesQuery(msgspec.Struct, kw_only=True):
    """Where the last page ended."""

    after: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 50


class Seen(msgspec.Struct, kw_only=True):
    """The member has looked at what was there at a moment: the newest notice on the page."""

    client_id: ClientId
    upto: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class NoticeMark(msgspec.Struct, kw_only=True):
    """Notices (all where `ids` is null) that were read, or are to be read again."""

    client_id: ClientId
    ids: Annotated[list[Id], msgspec.Meta(max_length=MOST_MARKED)] | None = None
    read: bool = True


class WaysUpdate(SettingsChange, kw_only=True):
    """A change of the ways of being told."""

    client_id: ClientId


class DigestKey(msgspec.Struct, kw_only=True):
    """What a digest carries, by which one click in it is believed."""

    token: Annotated[str, msgspec.Meta(max_length=200)]


class PushKey(msgspec.Struct):
    """What a browser subscribes with; empty where this instance tells no devices."""

    key: str


class Subscribed(msgspec.Struct, kw_only=True):
    """A browser's subscription."""

    client_id: ClientId
    endpoint: str
    p256dh: str
    auth: str


class Unsubscribed(msgspec.Struct, kw_only=True):
    """A browser that is to be told nothing any more."""

    client_id: ClientId
    endpoint: str


@routes.get("/api/notices")
async def list_notices(call: Call, query: NoticesQuery) -> NoticePage:
    """A page of what the bell told, newest first."""
    return await call.ports.db.read(page, call.me, query.after, query.limit)


@routes.post("/api/notices/seen")
async def see_notices(call: Call, body: Seen) -> Rung:
    """Stops the bell."""
    return await call.ports.db.write(once, call.me, body.client_id, Rung, see, call.me, body.upto)


@routes.post("/api/notices/read")
async def mark_notices(call: Call, body: NoticeMark) -> Rung:
    """Marks some notices, or all."""
    return await call.ports.db.write(once, call.me, body.client_id, Rung, _mark, call.me, body)


@routes.get("/api/notices/settings")
async def show_ways(call: Call) -> NoticeSettings:
    """How the member wants to be told."""
    return await call.ports.db.read(settings_of, call.me)


@routes.patch("/api/notices/settings")
async def change_ways(call: Call, body: WaysUpdate) -> NoticeSettings:
    """Changes how the member is told."""
    return await call.ports.db.write(
        once, call.me, body.client_id, NoticeSettings, change_settings, call.me, body
    )


@routes.post("/api/digest/unsubscribe", access="anyone", raw=True, foreign=True)
async def unsubscribe_by_mail(call: Call, query: DigestKey) -> Done:
    """One click in a mail program (RFC 8058): no more digests."""
    await call.ports.db.write(stop, query.token)
    return Done()


@routes.post("/api/digest", access="anyone")
async def show_digest(call: Call, body: DigestKey) -> DigestChoice:
    """How often a digest comes to who holds the key in one."""
    return await call.ports.db.read(choice, body.token)


@routes.post("/api/digest/stop", access="anyone")
async def stop_digest(call: Call, body: DigestKey) -> DigestChoice:
    """No more digests, by the link in a letter."""
    return await call.ports.db.write(stop, body.token)


@routes.post("/api/digest/again", access="anyone")
async def digest_again(call: Call, body: DigestKey) -> DigestChoice:
    """Undoes that."""
    return await call.ports.db.write(start_again, body.token)


@routes.get("/api/push/key")
async def show_push_key(call: Call) -> PushKey:
    """The key that browsers subscribe with."""
    return PushKey("" if call.ports.push is None else call.ports.push.public_key)


@routes.post("/api/push")
async def subscribe(call: Call, body: Subscribed) -> Done:
    """Tells the member by this browser, as long as its session lasts."""
    session = call.caller.session_id if call.caller else 0
    device = Device(endpoint=body.endpoint, p256dh=body.p256dh, auth=body.auth)
    await call.ports.db.write(
        once, call.me, body.client_id, Done, _subscribe, call.me, session, device
    )
    return Done()


@routes.delete("/api/push")
async def unsubscribe(call: Call, body: Unsubscribed) -> Done:
    """Tells the member by this browser no more."""
    await call.ports.db.write(drop_endpoint, call.me, body.endpoint)
    return Done()


def _mark(tx: Transaction, me: int, body: NoticeMark) -> Rung:
    return mark(tx, me, body.ids, read=body.read)


def _subscribe(tx: Transaction, me: int, session: int, device: Device) -> Done:
    add_device(tx, me, session, device)
    return Done()
