"""Looks over a page's shoulder: whatever a browser complains about fails the test."""

import re
from contextlib import suppress
from typing import NamedTuple
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    WebError,
)

ENDLESS = ("eventsource", "ping")

# A violation is told to the page only; said aloud, it reaches the watcher with the rest.
SAY_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


# What each page waits for an answer to. The stream never ends, so it does not count.
_UNDER_WAY: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def asked_by(page: Page) -> set[Request]:
    """The requests of a page that have not been answered yet."""
    return _UNDER_WAY.get(page, set())


def _page_of(request: Request) -> Page | None:
    """None for a worker's, and for what is asked before there is a page."""
    with suppress(Error):
        return None if request.service_worker else request.frame.page
    return None


class Complaint(NamedTuple):
    """What was said, and on which page."""

    kind: str
    text: str
    page: str


class Watcher:
    """Collects the complaints of all pages of a test."""

    def __init__(self) -> None:
        self._complaints: list[Complaint] = []
        self._allowed: list[re.Pattern[str]] = []

    def watch(self, context: BrowserContext, origin: str) -> None:
        """From now on, whatever happens in this context, whose pages come from `origin`."""
        context.add_init_script(SAY_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("dialog", self._dismiss)
        context.on("request", lambda request: self._ask(request, origin))
        context.on("requestfinished", self._answered)
        context.on("requestfailed", self._answered)

    def allow(self, pattern: str) -> None:
        """A complaint that this test provokes on purpose, as `status of 422`."""
        self._allowed.append(re.compile(pattern))

    @property
    def complaints(self) -> list[Complaint]:
        """All that nobody allowed."""
        return [
            one
            for one in self._complaints
            if not any(pattern.search(one.text) for pattern in self._allowed)
        ]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:
            place = message.location.get("url", "")
            self._note("console", f"{message.text} ({place})", message.page)

    def _catch(self, error: WebError) -> None:
        self._note("error", str(error.error.stack or error.error), error.page)

    def _dismiss(self, dialog: Dialog) -> None:
        self._note("dialog", dialog.message, dialog.page)
        dialog.dismiss()

    def _ask(self, request: Request, origin: str) -> None:
        if not request.url.startswith((f"{origin}/", "data:", "blob:")):
            self._complaints.append(Complaint("request elsewhere", request.url, origin))
        if request.resource_type not in ENDLESS and (page := _page_of(request)):
            if request.is_navigation_request():
                _UNDER_WAY.pop(page, None)  # nobody waits for what the page before had asked
            _UNDER_WAY.setdefault(page, set()).add(request)

    def _answered(self, request: Request) -> None:
        if page := _page_of(request):
            _UNDER_WAY.get(page, set()).discard(request)

    def _note(self, kind: str, text: str, page: Page | None) -> None:
        self._complaints.append(Complaint(kind, text, page.url if page else ""))
