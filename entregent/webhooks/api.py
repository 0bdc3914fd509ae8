"""Webhooks over HTTP."""

import msgspec

from entregent.kit.ids import MAX_ID, ClientId, Id, as_int
from entregent.kit.routes import Call, Done, Routes
from entregent.live import once
from entregent.ports.db import Transaction

from . import actions
from .model import KINDS, MAX_DELIVERIES, Delivery, State, Webhook, checked_kinds

routes = Routes("webhooks")


class Webhooks(msgspec.Struct):
    """The member's webhooks, the newest first, and the kinds of events there are."""

    webhooks: list[Webhook]
    kinds: list[str]


class NewWebhook(msgspec.Struct, kw_only=True):
    """Where to send what kinds of events."""

    client_id: ClientId
    url: str
    kinds: list[str]


class MadeWebhook(msgspec.Struct, kw_only=True):
    """A webhook, and the secret that its requests are signed with."""

    webhook: Webhook
    secret: str


class WebhookChange(msgspec.Struct, kw_only=True):
    """What is to change; what is left out stays."""

    client_id: ClientId
    url: str | None = None
    kinds: list[str] | None = None
    state: State | None = None


class WebhookCommand(msgspec.Struct):
    """A command that takes nothing but its own id."""

    client_id: ClientId


class DeliveryQuery(msgspec.Struct):
    """Which page."""

    after: Id | None = None


class Deliveries(msgspec.Struct):
    """What a webhook was told, the newest first."""

    deliveries: list[Delivery]
    next: Id | None


class _Which(msgspec.Struct):
    id: Id


@routes.get("/api/webhooks", scope="webhooks")
async def list_webhooks(call: Call) -> Webhooks:
    """My webhooks."""
    return Webhooks(await call.ports.db.read(actions.webhooks_of, call.me), list(KINDS))


@routes.post("/api/webhooks", scope="webhooks")
async def make_webhook(call: Call, body: NewWebhook) -> MadeWebhook:
    """Has a URL told of kinds of events from now on."""
    kinds = _kinds(call, body.kinds)
    settings = call.ports.settings
    return await call.ports.db.write(
        _make, call.me, body, kinds, settings.plain_webhooks, settings.max_webhooks
    )


def _make(
    tx: Transaction, me: int, body: NewWebhook, kinds: list[str], plain: bool, most: int
) -> MadeWebhook:
    # The secret is not kept among the answers to commands: it is read from its one place.
    made = once(tx, me, body.client_id, _Which, _add, me, body.url, kinds, plain, most)
    return _with_secret(tx, me, made)


def _add(tx: Transaction, me: int, url: str, kinds: list[str], plain: bool, most: int) -> _Which:
    return _Which(str(actions.add_webhook(tx, me, url, kinds, plain=plain, most=most)))


def _with_secret(tx: Transaction, me: int, which: _Which) -> MadeWebhook:
    hook_id = as_int(which.id)
    return MadeWebhook(
        webhook=actions.one_webhook(tx, me, hook_id), secret=actions.secret_of(tx, me, hook_id)
    )


@routes.patch("/api/webhooks/{id}", scope="webhooks")
async def change_webhook(call: Call, body: WebhookChange) -> Webhook:
    """Changes a webhook, switches it off, or on again."""
    await _check_reach(call)
    kinds = None if body.kinds is None else _kinds(call, body.kinds)
    return await call.ports.db.write(
        once,
        call.me,
        body.client_id,
        Webhook,
        _change,
        call.me,
        call.id("id"),
        body,
        kinds,
        call.ports.settings.plain_webhooks,
    )


def _change(
    tx: Transaction,
    me: int,
    hook_id: int,
    body: WebhookChange,
    kinds: list[str] | None,
    plain: bool,
) -> Webhook:
    return actions.change_webhook(
        tx, me, hook_id, url=body.url, kinds=kinds, state=body.state, plain=plain
    )


@routes.post("/api/webhooks/{id}/secret", scope="webhooks")
async def new_secret(call: Call, body: WebhookCommand) -> MadeWebhook:
    """Another secret; the last one is good for nothing from now on."""
    await _check_reach(call)
    return await call.ports.db.write(_renew, call.me, call.id("id"), body.client_id)


def _renew(tx: Transaction, me: int, hook_id: int, client_id: str) -> MadeWebhook:
    return _with_secret(tx, me, once(tx, me, client_id, _Which, _new_secret, me, hook_id))


def _new_secret(tx: Transaction, me: int, hook_id: int) -> _Which:
    return _Which(str(actions.new_signing_secret(tx, me, hook_id)))


@routes.delete("/api/webhooks/{id}", scope="webhooks")
async def drop_webhook(call: Call) -> Done:
    """Takes a webhook away. Repeating it changes nothing."""
    await call.ports.db.write(actions.drop_webhook, call.me, call.id("id"))
    return Done()


@routes.post("/api/webhooks/{id}/ping", scope="webhooks", limit="ping")
async def ping(call: Call, body: WebhookCommand) -> Delivery:
    """Sends a webhook a sign of life; `webhook.changed` says when it was answered."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Delivery, actions.ping, call.me, call.id("id")
    )


@routes.get("/api/webhooks/{id}/deliveries", scope="webhooks")
async def list_deliveries(call: Call, query: DeliveryQuery) -> Deliveries:
    """What a webhook was told lately, and how it went."""
    before = MAX_ID if query.after is None else as_int(query.after)
    found = await call.ports.db.read(actions.deliveries_of, call.me, call.id("id"), before)
    return Deliveries(found, found[-1].id if len(found) == MAX_DELIVERIES else None)


@routes.post("/api/webhooks/{id}/deliveries/{delivery_id}/retry", scope="webhooks")
async def retry(call: Call, body: WebhookCommand) -> Delivery:
    """Sends a delivery again now."""
    await _check_reach(call)
    return await call.ports.db.write(
        once,
        call.me,
        body.client_id,
        Delivery,
        actions.retry,
        call.me,
        call.id("id"),
        call.id("delivery_id"),
    )


def _kinds(call: Call, kinds: list[str]) -> list[str]:
    return checked_kinds(kinds, call.caller.scopes if call.caller else None)


async def _check_reach(call: Call) -> None:
    """A token that may not read what a webhook is told may not turn it elsewhere either."""
    if call.caller is not None and call.caller.scopes is not None:
        hook = await call.ports.db.read(actions.one_webhook, call.me, call.id("id"))
        checked_kinds(hook.kinds, call.caller.scopes)
