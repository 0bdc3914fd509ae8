"""What a push is: a sealed word to one browser, through a service that cannot read it."""

from typing import Protocol

import msgspec

MAX_PAYLOAD = 3_800  # bytes; services must take a record of 4,096, header and tag included


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A browser's subscription: where its service is, and with what to seal for it."""

    endpoint: str
    p256dh: str  # the browser's public key, base64url
    auth: str  # the secret it shares with us, base64url


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What to tell a device. A later message of the same topic replaces one not yet delivered."""

    payload: bytes
    topic: str = ""  # at most 32 characters of base64url
    seconds: int = 86_400  # how long the service keeps it for a device that is away
    urgent: bool = False


class PushRefused(ValueError):
    """This can never be delivered: not a subscription, or the service wants none of it."""


class PushGone(PushRefused):
    """The subscription is over: forget the device."""


class PushUnavailable(OSError):
    """It could not be delivered now; trying later may help."""


class Push(Protocol):
    """Sends sealed messages to devices."""

    public_key: str  # what browsers subscribe with, base64url; empty where nothing is sent

    async def send(self, device: Device, message: Message) -> None:
        """Hands a message to the device's service.

        Raises PushGone, PushRefused or PushUnavailable; only after the last is it worth trying
        again.
        """
        ...

    async def close(self) -> None:
        """Sends nothing more."""
        ...
