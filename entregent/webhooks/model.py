"""What a webhook is told, how that is signed, and when it is tried again."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.scopes import Scope, scope_of

State = Literal["on", "off"]
Progress = Literal["waiting", "done", "failed"]
Failure = Literal["private", "unreachable", "redirected", "status"]

# What a webhook may ask for: types of events as they stand in the log.
KINDS: tuple[str, ...] = (
    "message.sent",
    "message.changed",
    "conversation.changed",
    "conversation.removed",
    "receipt.changed",
    "desk.changed",
    "connection.made",
    "connection.ended",
    "invitation.received",
    "invitation.settled",
    "me.changed",
)
PING = "webhook.ping"
RESET = "webhook.reset"

SECRET_PREFIX = "whsec_"  # noqa: S105 (no secret)
MAX_URL = 2_000
MAX_DELIVERIES = 100  # on a page
SECONDS = 10.0  # for an answer
SENT_AT_ONCE = 50
FAILURES_AT_ONCE = 2
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
PAUSES_MS = (
    10_000, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR,
)  # fmt: skip
OFF_AFTER_MS = 3 * DAY
DONE_KEPT_MS = 3 * DAY
FAILED_KEPT_MS = 14 * DAY


class Webhook(msgspec.Struct, kw_only=True):
    """A program elsewhere that is told of what happens to the member.

    `failing_since` is when it last took a delivery, if it has refused all since; `off_because` says
    whether the member switched it off or its long silence did.
    """

    id: Id
    url: str
    kinds: list[str]
    state: State
    off_because: Literal["member", "failed", "gone"] | None
    failing_since: int | None
    created_at: int
    waiting: int


class Delivery(msgspec.Struct, kw_only=True):
    """One thing that a webhook was told, or is yet to be told."""

    id: Id
    kind: str
    at: int
    state: Progress
    tries: int
    sent_at: int | None
    next_at: int | None
    status: int | None
    failure: Failure | None


def checked_kinds(kinds: Iterable[str], scopes: frozenset[Scope] | None) -> list[str]:
    """What is asked for, in our order; a token asks for nothing that it may not read."""
    wanted = set(kinds)
    if not wanted:
        raise Refusal("webhooks.no_kinds", field="kinds")
    for kind in sorted(wanted):
        if kind not in KINDS:
            raise Refusal("webhooks.unknown_kind", field="kinds", kind=kind[:60])
        scope = scope_of(kind)
        if scopes is not None and scope not in scopes:
            raise Refusal("kit.token_scope", status=403, scope=scope)
    return [kind for kind in KINDS if kind in wanted]


def new_secret(random: bytes) -> str:
    """The secret that both sides share, as it is shown to the member."""
    return SECRET_PREFIX + base64.b64encode(random).decode()


def payload(kind: str, at: int, member_id: int, seq: int, event: str) -> str:
    """What is sent. The event stands in it as it stands in the log."""
    moment = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")
    head = {
        "type": kind,
        "timestamp": moment.replace("+00:00", "Z"),
        "member_id": str(member_id),
        "seq": seq,
        "data": msgspec.Raw(event.encode()),
    }
    return msgspec.json.encode(head).decode()


def signature(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """What proves to the receiver that a request is ours, of now, and complete."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def is_signed(secret: str, headers: dict[str, str], body: bytes, now: int) -> bool:
    """What a receiver does: no older than five minutes, and signed by us. Header names in lower
    case."""
    try:
        timestamp = int(headers["webhook-timestamp"])
        wanted = signature(secret, headers["webhook-id"], timestamp, body)
    except (KeyError, ValueError, binascii.Error):
        return False
    given = headers.get("webhook-signature", "").split(" ")
    fresh = abs(now - timestamp) <= 300
    return fresh and any(hmac.compare_digest(wanted.encode(), one.encode()) for one in given)


def pause_after(tries: int) -> int | None:
    """How long to wait after so many tries; None: it is given up."""
    return PAUSES_MS[tries - 1] if tries <= len(PAUSES_MS) else None
