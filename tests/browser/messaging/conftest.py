"""Members who know each other, and their desks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.messaging.people import Desk, Friends, Member, Sit, seated
from tests.browser.site import Site


@pytest.fixture
def friends(bare: Site) -> Friends:
    """Signs members up; the first is connected with all others."""

    def meet(*names: str, language: str = "en") -> list[Member]:
        first, *others = (Member.join(bare.url, name, language) for name in names)
        first.befriend(*others)
        return [first, *others]

    return meet


@pytest.fixture
def sit(new_context: Callable[..., BrowserContext], bare: Site) -> Sit:
    """Opens a browser of its own for a member."""

    def open_desk(member: Member, site: Site = bare, **how: Any) -> Desk:
        return seated(new_context(site, **how), member)

    return open_desk
