"""Looks over a page's shoulder: whatever a browser complains about fails the test."""

import re
from typing import NamedTuple

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError

# A violation is told to the page only; said aloud, it reaches the watcher with the rest.
SAY_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


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

    def _note(self, kind: str, text: str, page: Page | None) -> None:
        self._complaints.append(Complaint(kind, text, page.url if page else ""))
