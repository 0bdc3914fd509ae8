"""Fills an empty instance with a community, and tells how far it is."""

import gc

from entregent.kit.settings import Settings
from entregent.ports.clock import StoppedClock

from ..house import House
from .almanac import DAY
from .build import Builder, Report
from .community import Plan
from .fact import is_empty

BEFORE = 560  # days back, before anything happens


class NotEmpty(Exception):
    """The instance has members of its own."""


def fill(settings: Settings, plan: Plan, report: Report, node: int | None = None) -> None:
    """Builds the plan in the instance's database; refuses one that has a member."""
    past = StoppedClock(plan.now - BEFORE * DAY)
    house = House(settings, clock=past, node=node)
    # What is made stays until the end: the collector would look at all of it, again and again.
    gc.disable()
    try:
        if not house.db.read_now(is_empty):
            raise NotEmpty
        Builder(house.ports, past, plan).build(report)
    finally:
        gc.enable()
        house.db.close()
