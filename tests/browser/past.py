"""What had happened at a site before a test, written into its database as of then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import time
from typing import Any

from entregent.ports.clock import StoppedClock
from entregent.server.config import settings
from entregent.server.house import House
from tests.browser.site import Site

Do = Callable[..., Any]
DAY = 86_400_000


@contextmanager
def past(site: Site, days: int) -> Iterator[Do]:
    """Actions, done so many days ago. No page hears of them: it is opened afterwards."""
    clock = StoppedClock(int(time() * 1_000) - days * DAY)
    house = House(settings(site.environment), clock=clock)
    try:
        yield house.db.write_now
    finally:
        house.db.close()
