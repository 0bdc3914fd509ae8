"""What an instance knows about itself: that it is a demo, and who may be signed in as."""

import msgspec

from entregent.accounts import members, page_of_members
from entregent.kit.settings import Settings
from entregent.ports.db import Transaction
from entregent.ports.ports import Ports

from .. import queries

DEMO = "demo"


class Demo(msgspec.Struct):
    """The community's name, and the member ids of its cast."""

    name: str
    cast: list[int]


def keep(tx: Transaction, demo: Demo) -> None:
    """Notes that this instance is a demo, for good."""
    tx.run(queries.KEEP_FACT, name=DEMO, value=msgspec.json.encode(demo).decode())


def find(tx: Transaction) -> Demo | None:
    """The demo that this instance is, or None."""
    value = tx.value(queries.FIND_FACT, fact=DEMO)
    return None if value is None else msgspec.json.decode(value, type=Demo)


def is_empty(tx: Transaction) -> bool:
    """Whether an instance has no member at all."""
    return not page_of_members(tx, 0, 1)


def cast(tx: Transaction) -> list[int]:
    """The members that anyone may sign in as: none where this is not a demo."""
    demo = find(tx)
    if demo is None:
        return []
    open_accounts = {one for one, member in members(tx, demo.cast).items() if not member.closed}
    return [one for one in demo.cast if one in open_accounts]


def known(tx: Transaction, settings: Settings) -> Settings:
    """The settings, with what the instance knows about itself."""
    demo = find(tx)
    if demo is None:
        return settings
    name = demo.name if settings.name == Settings().name else settings.name
    return msgspec.structs.replace(settings, demo=True, name=name)


async def is_made(ports: Ports) -> bool:
    """Whether this instance holds a demo; another process may have made it a moment ago."""
    made = await ports.db.read(find) is not None
    if made and not ports.settings.demo:
        ports.settings = await ports.db.read(known, ports.settings)
    return made
