"""How the tests of invitations ask, and look at both ends."""

from typing import Any

from entregent.invitations import Rules, invite
from entregent.invitations.actions import page
from entregent.invitations.actions.running import act
from entregent.invitations.model import Group, PageBox, Verb
from entregent.invitations.runs import Run
from entregent.live import cursor_of
from tests.world import World

RULES = Rules()


def asked(world: World, me: int, other: int, note: str = "", reason: Any = "other") -> int:
    """Has one ask another; gives the invitation."""
    world.clock.forward(seconds=1)
    invitation = world.do(invite, me, other, reason, note, RULES).invitation
    assert invitation is not None
    return int(invitation.id)


def box(world: World, me: int, which: PageBox = "received", group: Group = "all") -> list[int]:
    """The people in a box."""
    found = world.see(page, me, which, RULES, "", 200, group=group)
    assert found.total == len(found.invitations)
    return [int(one.person_id) for one in found.invitations]


def groups(world: World, me: int, which: PageBox = "received") -> dict[str, int]:
    """The counts of the groups that are not empty."""
    found = world.see(page, me, which, RULES)
    return {one.key: one.count for one in found.groups if one.count}


def do(world: World, me: int, ids: list[int], verb: Verb, text: str = "") -> Run:
    """One thing done to some."""
    return world.do(act, me, [str(one) for one in ids], None, verb, RULES, text)


async def finish(world: World) -> None:
    """Has everything run that is due."""
    await world.house.worker.run_due()


def position(world: World, me: int) -> int:
    """Where a member's log stands."""
    return world.see(cursor_of, me)


def told(world: World, one: int) -> list[str]:
    """What the bell of somebody has told."""
    return [event["type"] for event in world.log(one) if event["type"].startswith("notice.")]


def mutuals(world: World) -> set[int]:
    """How many mutual connections Ana has with those who wait for her, as her page says."""
    waiting = world.see(page, world.ana, "received", RULES).invitations
    return {one.about.mutuals for one in waiting if one.about is not None}
