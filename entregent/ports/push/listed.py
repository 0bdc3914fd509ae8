"""Push that goes nowhere: a list, for tests; and none at all."""

from .model import MAX_PAYLOAD, Device, Message, PushRefused
from .sealing import encode, new_key, public_of, read_key
from .web import check


class ListedPush:
    """Keeps every message in `sent`, after the same checks as a real one."""

    def __init__(self) -> None:
        self.public_key = encode(public_of(read_key(new_key())))
        self.sent: list[tuple[Device, Message]] = []
        self.refuse: dict[str, Exception] = {}  # by endpoint: what its service is to answer

    async def send(self, device: Device, message: Message) -> None:
        check(device)
        if len(message.payload) > MAX_PAYLOAD:
            raise PushRefused("the message is too long")
        if device.endpoint in self.refuse:
            raise self.refuse[device.endpoint]
        self.sent.append((device, message))

    async def close(self) -> None:
        """Nothing is open."""


class NoPush:
    """An instance that tells devices nothing."""

    public_key = ""

    async def send(self, device: Device, message: Message) -> None:
        """Tells nobody."""

    async def close(self) -> None:
        """Nothing is open."""
