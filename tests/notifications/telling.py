"""Short ways of telling members things, for the tests of the bell and of the devices."""

import base64
import os
from typing import Any

from entregent.notifications import Detail, Kind, Tell, Thing, tell
from entregent.ports.push import Device, ListedPush
from entregent.ports.push.sealing import encode, new_key, public_of, read_key
from tests.world import World

MESSAGE = Thing(kind="message", id="77", seq=3)


def a_device(place: str = "https://push.example/one") -> Device:
    """A browser's subscription."""
    secret = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
    return Device(endpoint=place, p256dh=encode(public_of(read_key(new_key()))), auth=secret)


def news(
    world: World,
    to: int,
    who: int | None = None,
    kind: Kind = "reaction",
    topic: str = "77:3",
    **detail: str,
) -> None:
    """Somebody did something that concerns a member."""
    world.clock.forward(ms=10)
    world.do(tell, Tell(to, kind, topic, MESSAGE, who, Detail(**detail)))


def pushed(world: World) -> ListedPush:
    """What was sent to devices."""
    assert isinstance(world.ports.push, ListedPush)
    return world.ports.push


async def run_due(world: World, seconds: int = 60) -> None:
    """Lets time go by, and everything that was due in it happen."""
    world.clock.forward(seconds=seconds)
    await world.house.worker.run_due()


def body(**more: Any) -> dict[str, Any]:
    """A command's body."""
    return {"client_id": encode(os.urandom(9)), **more}
