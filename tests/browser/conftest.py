"""Browsers at two real servers, a demo and an empty one; whatever a browser complains about fails.

    page = visit("flooded", width=390, scheme="dark", language="fr")
    page.goto("/messages")

`visit` signs in over the demo's own door and opens a page in a context of its own: two calls are
two browsers. `visit(None)` is a visitor. Complaints that a test provokes are named to `watcher`.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.pages import PATIENCE_MS
from tests.browser.site import ROOT, Site
from tests.browser.watching import Watcher
from tests.servers import browser as chromium

Language = Literal["en", "fr"]
Scheme = Literal["light", "dark"]
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
PHONE = 700  # below this a finger, not a mouse


class Member(NamedTuple):
    """Who signed up, and how to sign in again."""

    name: str
    email: str
    password: str


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These come last: Playwright's loop stays in the thread, and no other can run beside it."""
    items.sort(key=lambda item: "/tests/browser/" in item.path.as_posix())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium; a context is what a browser is to a member."""
    if not (ROOT / "web" / "dist" / "index.html").exists():
        pytest.fail("The client is not built: script/setup builds it.")
    expect.set_options(timeout=PATIENCE_MS)
    with chromium.running() as started:
        yield started


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small demo, which all tests share."""
    with Site(tmp_path_factory.mktemp("browser") / "demo", demo=True) as site:
        yield site
        assert "Traceback" not in site.log()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An instance that has only the members whom tests sign up."""
    with Site(tmp_path_factory.mktemp("browser") / "bare", name="Entregent") as site:
        yield site
        assert "Traceback" not in site.log()


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    """Fails the test for what any of its pages complained about."""
    watcher = Watcher()
    yield watcher
    assert watcher.complaints == []


@pytest.fixture
def new_context(browser: Browser, watcher: Watcher) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers for this test, watched and closed with it."""
    made: list[BrowserContext] = []

    def make(
        site: Site,
        width: int = 1360,
        scheme: Scheme = "light",
        language: Language = "en",
        *,
        height: int | None = None,
        installs: bool = False,
        **more: Any,
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height or (844 if width < PHONE else 900)},
            color_scheme=scheme,
            locale=LOCALES[language],
            timezone_id="Europe/Paris",
            has_touch=width < PHONE,
            # A worker of its own per browser costs more than most tests; those about it ask for it.
            service_workers="allow" if installs else "block",
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        watcher.watch(context, site.url)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def sign_up(
    new_context: Callable[..., BrowserContext], bare: Site
) -> Callable[..., tuple[BrowserContext, Member]]:
    """Makes a member at the empty instance, and a browser where this member is signed in."""

    def join(
        name: str = "Nora Quill", language: Language = "en", **more: Any
    ) -> tuple[BrowserContext, Member]:
        context = new_context(bare, language=language, **more)
        member = Member(name, f"{uuid4().hex}@example.org", "velvet anchor tuesday plum")
        answer = context.request.post(
            "/api/accounts",
            data={"client_id": str(uuid4()), **member._asdict(), "language": language},
            headers={"X-Entregent": "1", "Origin": bare.url},
        )
        assert answer.ok, answer.text()
        return context, member

    return join


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], demo: Site) -> Callable[..., Page]:
    """Opens a browser's page at the demo, signed in as one of the cast, or as nobody."""

    def open_page(
        member: str | None = None,
        width: int = 1360,
        scheme: Scheme = "light",
        language: Language = "en",
        **more: Any,
    ) -> Page:
        context = new_context(demo, width, scheme, language, **more)
        if member is not None:
            enter(context, demo, member, language)
        return context.new_page()

    return open_page


def enter(context: BrowserContext, site: Site, member: str, language: Language) -> None:
    """Signs one of the cast in, with settings as they are at first but for the language."""
    headers = {"X-Entregent": "1", "Origin": site.url}
    answer = context.request.post(
        "/api/demo/sign-in", data={"member_id": site.cast[member]}, headers=headers
    )
    assert answer.ok, answer.text()
    wanted = {"language": language, "theme": "auto", "density": "comfortable", "shortcuts": True}
    me = answer.json()["me"]
    if any(me[name] != value for name, value in wanted.items()):
        body = {"client_id": str(uuid4()), **wanted}
        answer = context.request.patch("/api/settings", data=body, headers=headers)
        assert answer.ok, answer.text()
