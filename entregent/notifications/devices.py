"""The browsers by which a member wants to be told."""

import hashlib
from collections.abc import Iterable

from entregent.kit.errors import Refusal
from entregent.ports.db import Row, Transaction
from entregent.ports.push import Device, PushRefused, check

from . import queries

MAX_ENDPOINT = 2_000


def add_device(tx: Transaction, me: int, session_id: int, device: Device) -> int:
    """Tells a member by this browser from now on, and by it nobody else any more."""
    if len(device.endpoint) > MAX_ENDPOINT:
        raise Refusal("notifications.bad_device")
    try:
        check(device)
    except PushRefused:
        raise Refusal("notifications.bad_device") from None
    key = _key(device.endpoint)
    known = tx.first(queries.FIND_ENDPOINT, of_key=key)
    if known is not None:
        tx.run(queries.DROP_DEVICE, owner_id=known.member_id, device=known.device_id)
    made = tx.new_id()
    tx.run(
        queries.ADD_DEVICE,
        member_id=me,
        device_id=made,
        session_id=session_id,
        endpoint=device.endpoint,
        endpoint_key=key,
        p256dh=device.p256dh,
        auth=device.auth,
        added_at=tx.now,
    )
    tx.run(queries.KEEP_ENDPOINT, endpoint_key=key, member_id=me, device_id=made)
    return made


def drop_endpoint(tx: Transaction, me: int, endpoint: str) -> bool:
    """Tells the member by this browser no more."""
    known = tx.first(queries.FIND_ENDPOINT, of_key=_key(endpoint))
    if known is None or known.member_id != me:
        return False
    _drop(tx, me, known.device_id, _key(endpoint))
    return True


def drop_devices(tx: Transaction, me: int, wanted: Iterable[int] | None = None) -> None:
    """Forgets some of a member's devices, or all."""
    some = None if wanted is None else set(wanted)
    for row in tx.all(queries.DEVICES, owner_id=me):
        if some is None or row.device_id in some:
            _drop(tx, me, row.device_id, row.endpoint_key)


def devices_of(tx: Transaction, me: int) -> list[Row]:
    """The member's devices, the latest first."""
    return tx.all(queries.DEVICES, owner_id=me)


def device_of(row: Row) -> Device:
    """A device as the push seam takes it."""
    return Device(endpoint=row.endpoint, p256dh=row.p256dh, auth=row.auth)


def _drop(tx: Transaction, me: int, device_id: int, key: str) -> None:
    tx.run(queries.DROP_DEVICE, owner_id=me, device=device_id)
    tx.run(queries.DROP_ENDPOINT, of_key=key, device=device_id)


def _key(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
