"""What a member does with webhooks, and what is done for them: check, write, emit."""

import secrets
from collections.abc import Sequence

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.live import cursor_of, missed_since
from entregent.ports.db import Row, Transaction
from entregent.ports.fetch import FetchRefused, parse
from entregent.ports.jobs import enqueue

from . import queries
from .events import WebhookChanged, WebhooksMoved, WebhookSwitchedOff
from .jobnames import Deliver, Gather, SendOff
from .model import (
    DONE_KEPT_MS,
    FAILED_KEPT_MS,
    MAX_DELIVERIES,
    MAX_URL,
    OFF_AFTER_MS,
    PING,
    RESET,
    Delivery,
    Failure,
    State,
    Webhook,
    new_secret,
    pause_after,
    payload,
)

# -- reading -------------------------------------------------------------------------------------


def webhooks_of(tx: Transaction, me: int) -> list[Webhook]:
    """The member's webhooks, the newest first."""
    waiting = {row.webhook_id: row.number for row in tx.all(queries.WAITING, owner_id=me)}
    return [_shown(row, waiting) for row in tx.all(queries.OF_MEMBER, owner_id=me)]


def one_webhook(tx: Transaction, me: int, hook_id: int) -> Webhook:
    """One of the member's webhooks."""
    waiting = {row.webhook_id: row.number for row in tx.all(queries.WAITING, owner_id=me)}
    return _shown(_found(tx.first(queries.FIND, owner_id=me, hook_id=hook_id)), waiting)


def secret_of(tx: Transaction, me: int, hook_id: int) -> str:
    """What a webhook's requests are signed with."""
    secret: str = _found(tx.first(queries.FIND, owner_id=me, hook_id=hook_id)).secret
    return secret


def deliveries_of(tx: Transaction, me: int, hook_id: int, before: int) -> list[Delivery]:
    """A page of what a webhook was told, the newest first."""
    _found(tx.first(queries.FIND, owner_id=me, hook_id=hook_id))
    rows = tx.all(queries.PAGE, owner_id=me, hook_id=hook_id, before=before, limit=MAX_DELIVERIES)
    return [_delivery(row) for row in rows]


def watching(tx: Transaction) -> list[tuple[int, int]]:
    """Members with webhooks that are on, and how far the slowest of each has looked."""
    return [(row.member_id, row.cursor) for row in tx.all(queries.WATCHING)]


# -- the member's verbs --------------------------------------------------------------------------


def add_webhook(
    tx: Transaction, me: int, url: str, kinds: Sequence[str], *, plain: bool, most: int
) -> int:
    """Has a program be told from now on."""
    if len(tx.all(queries.OF_MEMBER, owner_id=me)) >= most:
        raise Refusal("webhooks.too_many", most=most)
    hook_id = tx.new_id()
    tx.run(
        queries.ADD,
        member_id=me,
        id=hook_id,
        url=_checked_url(url, plain),
        kinds=" ".join(kinds),
        secret=new_secret(secrets.token_bytes(32)),
        state="on",
        off_because=None,
        cursor=cursor_of(tx, me),
        failing_since=None,
        created_at=tx.now,
    )
    tx.emit(PartChanged(part="webhooks"), to=[me])
    tx.emit(WebhooksMoved(member_id=me))
    return hook_id


def change_webhook(
    tx: Transaction,
    me: int,
    hook_id: int,
    *,
    url: str | None,
    kinds: Sequence[str] | None,
    state: State | None,
    plain: bool,
) -> Webhook:
    """Changes what is given and leaves the rest. Switched on, it is told what happens from now."""
    row = _found(tx.first(queries.LOCK, owner_id=me, hook_id=hook_id))
    wanted = state or row.state
    again = wanted == "on" and row.state == "off"
    off_because = row.off_because
    if wanted == "on":
        off_because = None
    elif row.state == "on":
        off_because = "member"
    tx.run(
        queries.CHANGE,
        owner_id=me,
        hook_id=hook_id,
        url=row.url if url is None else _checked_url(url, plain),
        kinds=row.kinds if kinds is None else " ".join(kinds),
        state=wanted,
        off_because=off_because,
        cursor=cursor_of(tx, me) if again else row.cursor,
        failing_since=None if again else row.failing_since,
    )
    if wanted == "off":
        tx.run(queries.GIVE_UP_WAITING, owner_id=me, hook_id=hook_id)
    changed = one_webhook(tx, me, hook_id)
    tx.emit(WebhookChanged(webhook=changed), to=[me])
    tx.emit(WebhooksMoved(member_id=me))
    return changed


def new_signing_secret(tx: Transaction, me: int, hook_id: int) -> int:
    """Another secret, because the last one may be known."""
    _found(tx.first(queries.LOCK, owner_id=me, hook_id=hook_id))
    secret = new_secret(secrets.token_bytes(32))
    tx.run(queries.SET_SECRET, owner_id=me, hook_id=hook_id, secret=secret)
    return hook_id


def drop_webhook(tx: Transaction, me: int, hook_id: int) -> None:
    """Tells it nothing more, and forgets what it was told."""
    tx.run(queries.DROP_DELIVERIES, owner_id=me, hook_id=hook_id)
    if tx.touch(queries.DROP, owner_id=me, hook_id=hook_id):
        tx.emit(PartChanged(part="webhooks"), to=[me])


def drop_all(tx: Transaction, me: int) -> None:
    """The member has left."""
    tx.run(queries.DROP_ALL_DELIVERIES, owner_id=me)
    tx.run(queries.DROP_ALL, owner_id=me)


def ping(tx: Transaction, me: int, hook_id: int) -> Delivery:
    """Tells a webhook that it is there, so that its owner sees whether it listens."""
    row = _found(tx.first(queries.FIND, owner_id=me, hook_id=hook_id))
    if row.state == "off":
        raise Refusal("webhooks.is_off", status=409)
    event = f'{{"type":"{PING}","webhook_id":"{hook_id}"}}'
    return _tell(tx, me, hook_id, PING, row.cursor, event)


def retry(tx: Transaction, me: int, hook_id: int, delivery_id: int) -> Delivery:
    """Sends a delivery again now, whatever became of it."""
    hook = _found(tx.first(queries.FIND, owner_id=me, hook_id=hook_id))
    if hook.state == "off":
        raise Refusal("webhooks.is_off", status=409)
    row = _found(
        tx.first(queries.FIND_DELIVERY, owner_id=me, hook_id=hook_id, delivery_id=delivery_id)
    )
    _note(tx, row, state="waiting", tries=0, next_at=tx.now)
    _deliver(tx, me, hook_id, tx.now)
    return _delivery(
        _found(
            tx.first(queries.FIND_DELIVERY, owner_id=me, hook_id=hook_id, delivery_id=delivery_id)
        )
    )


# -- what follows from the log -------------------------------------------------------------------


def log_grew(tx: Transaction, members: Sequence[int]) -> None:
    """Has the logs of members with webhooks looked at."""
    for member_id in members:
        enqueue(tx, Gather(member_id=member_id), owner=member_id, key="")


def gather(tx: Transaction, member_id: int) -> bool:
    """Makes deliveries of what a page of the log holds for each webhook; True when there is more.

    The cursors move in the same transaction, so that nothing is told twice or left out.
    """
    more = False
    for hook in tx.all(queries.LISTENING, owner_id=member_id):
        missed = missed_since(tx, member_id, hook.cursor)
        if missed.too_old:
            _tell(tx, member_id, hook.id, RESET, missed.head, f'{{"type":"{RESET}"}}')
            tx.run(queries.SET_CURSOR, owner_id=member_id, hook_id=hook.id, cursor=missed.head)
            continue
        if not missed.events:
            continue
        wanted = frozenset(hook.kinds.split())
        for seq, event in missed.events:
            kind = event.partition('{"type":"')[2].partition('"')[0]
            if kind in wanted:
                _tell(tx, member_id, hook.id, kind, seq, event)
        seen = missed.events[-1][0]
        more = more or seen < missed.head
        tx.run(queries.SET_CURSOR, owner_id=member_id, hook_id=hook.id, cursor=seen)
        tx.run(
            queries.DROP_OLD,
            owner_id=member_id,
            hook_id=hook.id,
            done_before=tx.now - DONE_KEPT_MS,
            failed_before=tx.now - FAILED_KEPT_MS,
        )
    return more


def due(tx: Transaction, member_id: int, hook_id: int, limit: int) -> tuple[Row | None, list[Row]]:
    """A webhook that is on, and what it is to be told now."""
    hook = tx.first(queries.FIND, owner_id=member_id, hook_id=hook_id)
    if hook is None or hook.state == "off":
        return None, []
    rows = tx.all(queries.DUE, owner_id=member_id, hook_id=hook_id, now=tx.now, limit=limit)
    return hook, rows


def taken(tx: Transaction, row: Row, status: int) -> None:
    """The webhook has taken a delivery."""
    _note(tx, row, state="done", tries=row.tries + 1, sent_at=tx.now, status=status)
    tx.run(queries.SET_FAILING, owner_id=row.member_id, hook_id=row.webhook_id, failing_since=None)
    _answered(tx, row)


def not_taken(tx: Transaction, row: Row, failure: Failure, status: int | None) -> bool:
    """It has not; True while the webhook stays on."""
    hook = tx.first(queries.LOCK, owner_id=row.member_id, hook_id=row.webhook_id)
    if hook is None:
        return False
    tries = row.tries + 1
    pause = None if row.kind == PING else pause_after(tries)
    _note(
        tx,
        row,
        state="failed" if pause is None else "waiting",
        tries=tries,
        sent_at=tx.now,
        next_at=None if pause is None else tx.now + pause,
        status=status,
        failure=failure,
    )
    since = tx.now if hook.failing_since is None else hook.failing_since
    tx.run(queries.SET_FAILING, owner_id=row.member_id, hook_id=hook.id, failing_since=since)
    if status == 410 or tx.now - since >= OFF_AFTER_MS:
        _switch_off(tx, hook, "gone" if status == 410 else "failed")
        return False
    _answered(tx, row)
    return True


def again_later(tx: Transaction, member_id: int, hook_id: int, earliest: int) -> None:
    """Has the rest told when it is due."""
    moment: int | None = tx.value(queries.NEXT, owner_id=member_id, hook_id=hook_id)
    if moment is not None:
        _deliver(tx, member_id, hook_id, max(moment, earliest))


# -- within --------------------------------------------------------------------------------------


def _checked_url(url: str, plain: bool) -> str:
    try:
        target = parse(url.strip())
    except FetchRefused:
        raise Refusal("webhooks.bad_url", field="url") from None
    if len(target.url) > MAX_URL:
        raise Refusal("webhooks.bad_url", field="url")
    if target.scheme != "https" and not plain:
        raise Refusal("webhooks.not_https", field="url")
    return target.url


def _tell(
    tx: Transaction, member_id: int, hook_id: int, kind: str, seq: int, event: str
) -> Delivery:
    delivery_id = tx.new_id()
    tx.run(
        queries.ADD_DELIVERY,
        member_id=member_id,
        webhook_id=hook_id,
        id=delivery_id,
        kind=kind,
        body=payload(kind, tx.now, member_id, seq, event),
        at=tx.now,
        state="waiting",
        tries=0,
        sent_at=None,
        next_at=tx.now,
        status=None,
        failure=None,
    )
    _deliver(tx, member_id, hook_id, tx.now)
    row = tx.first(
        queries.FIND_DELIVERY, owner_id=member_id, hook_id=hook_id, delivery_id=delivery_id
    )
    return _delivery(_found(row))


def _deliver(tx: Transaction, member_id: int, hook_id: int, at: int) -> None:
    job = Deliver(member_id=member_id, webhook_id=hook_id)
    enqueue(tx, job, owner=member_id, at=at, key=str(hook_id))


def _note(
    tx: Transaction,
    row: Row,
    *,
    state: str,
    tries: int,
    sent_at: int | None = None,
    next_at: int | None = None,
    status: int | None = None,
    failure: Failure | None = None,
) -> None:
    tx.run(
        queries.TRIED,
        owner_id=row.member_id,
        hook_id=row.webhook_id,
        delivery_id=row.id,
        state=state,
        tries=tries,
        sent_at=sent_at,
        next_at=next_at,
        status=status,
        failure=failure,
    )


def _answered(tx: Transaction, row: Row) -> None:
    """The member waits to see what becomes of a ping."""
    if row.kind == PING:
        hook = one_webhook(tx, row.member_id, row.webhook_id)
        tx.emit(WebhookChanged(webhook=hook), to=[row.member_id])


def _switch_off(tx: Transaction, hook: Row, why: str) -> None:
    tx.run(
        queries.CHANGE,
        owner_id=hook.member_id,
        hook_id=hook.id,
        url=hook.url,
        kinds=hook.kinds,
        state="off",
        off_because=why,
        cursor=hook.cursor,
        failing_since=hook.failing_since,
    )
    tx.run(queries.GIVE_UP_WAITING, owner_id=hook.member_id, hook_id=hook.id)
    changed = one_webhook(tx, hook.member_id, hook.id)
    tx.emit(WebhookChanged(webhook=changed), to=[hook.member_id])
    tx.emit(WebhookSwitchedOff(member_id=hook.member_id, webhook_id=hook.id, url=hook.url))
    enqueue(tx, SendOff(member_id=hook.member_id, url=hook.url), owner=hook.member_id)


def _found(row: Row | None) -> Row:
    if row is None:
        raise Refusal("kit.not_found", status=404)
    return row


def _shown(row: Row, waiting: dict[int, int]) -> Webhook:
    return Webhook(
        id=str(row.id),
        url=row.url,
        kinds=row.kinds.split(),
        state=row.state,
        off_because=row.off_because,
        failing_since=row.failing_since,
        created_at=row.created_at,
        waiting=waiting.get(row.id, 0),
    )


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=str(row.id),
        kind=row.kind,
        at=row.at,
        state=row.state,
        tries=row.tries,
        sent_at=row.sent_at,
        next_at=row.next_at,
        status=row.status,
        failure=row.failure,
    )
