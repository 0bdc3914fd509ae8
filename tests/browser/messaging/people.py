"""Members of a site, spoken for over HTTP, and their browsers."""

import json
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple, Self
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, Locator, Page, expect

PASSWORD = "a horse, a battery, a staple"


class Member:
    """Somebody with a session of their own."""

    def __init__(self, url: str, name: str, email: str, cookie: str, boot: dict[str, Any]) -> None:
        self.url = url
        self.name = name
        self.email = email
        self.cookie = cookie
        self.id: str = boot["me"]["id"]

    @classmethod
    def join(cls, url: str, name: str, language: str = "en") -> Self:
        """Signs up."""
        email = f"{uuid.uuid4().hex[:12]}@example.org"
        body = {"email": email, "password": PASSWORD, "name": name, "language": language}
        cookie, boot = _ask(url, "POST", "/api/accounts", body | _key())
        return cls(url, name, email, cookie, boot)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """A request as this member."""
        sent = None if method == "GET" else body | _key()
        return _ask(self.url, method, path, sent, self.cookie)[1]

    def befriend(self, *others: "Member") -> None:
        """Asks to connect; the others accept."""
        for other in others:
            asked = self.ask(
                "POST", "/api/invitations", member_id=other.id, reason="worked_together"
            )
            key = asked["invitation"]["id"]
            other.ask("POST", f"/api/invitations/{key}/accept")

    def begin(self, *others: "Member", text: str = "Hello", title: str | None = None) -> str:
        """Begins a conversation; gives its id."""
        ids = [other.id for other in others]
        begun = self.ask("POST", "/api/conversations", member_ids=ids, title=title, text=text)
        return str(begun["row"]["id"])

    def say(self, conversation: str, text: str) -> None:
        """Sends a message."""
        self.ask("POST", f"/api/conversations/{conversation}/messages", text=text)

    def texts(self, conversation: str) -> list[str]:
        """All that was said, as the server has it."""
        found = self.ask("GET", f"/api/conversations/{conversation}/messages?limit=200")
        return [message["text"] for message in found["messages"]]


class Desk(NamedTuple):
    """A member's messaging page in a browser of its own."""

    context: BrowserContext
    page: Page

    def go(self, path: str = "/messages") -> None:
        """Opens an address of the site and waits for the list."""
        self.page.goto(path)
        self.page.get_by_role("heading", name="Messages", level=1).wait_for(state="attached")

    def row(self, name: str) -> Locator:
        """A conversation in the list."""
        return self.page.get_by_role("option").filter(has_text=name)

    def tab(self, name: str) -> Locator:
        """A view, with its count."""
        return self.page.get_by_role("navigation", name="Views").get_by_role("link", name=name)

    def open(self, name: str) -> None:
        """Opens a conversation with the mouse."""
        # Where the name stands: what a pointer brings up lies at the other end.
        self.row(name).first.click(position={"x": 90, "y": 22})
        expect(self.composer).to_be_visible()

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_label("Message to")

    @property
    def messages(self) -> Locator:
        """The messages on screen."""
        return self.page.locator("[data-line] .text")

    def write(self, text: str) -> None:
        """Types and sends."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def offline(self, off: bool = True) -> None:
        """Takes the network away, or gives it back."""
        self.context.set_offline(off)


Friends = Callable[..., list[Member]]
Sit = Callable[..., Desk]


# To look at a conversation for some time is to read it; on a slow machine every look is long. So
# none is, but the one that a test ends with `LOOKED`.
SHORT_LOOKS = """
const later = window.setTimeout;
window.setTimeout = (work, ms, ...rest) => {
  if (ms !== 1200) return later(work, ms, ...rest);
  window.looked = work;
  return 0;
};
"""
LOOKED = "window.looked()"


def seated(context: BrowserContext, member: Member) -> Desk:
    """The member signed in, in this browser."""
    name, value = member.cookie.split("=", 1)
    context.add_init_script(SHORT_LOOKS)
    context.add_cookies([{"name": name, "value": value, "url": member.url}])
    return Desk(context, context.new_page())


def _key() -> dict[str, str]:
    return {"client_id": str(uuid.uuid4())}


def _ask(
    url: str, method: str, path: str, body: dict[str, Any] | None, cookie: str = ""
) -> tuple[str, Any]:
    headers = {"Content-Type": "application/json", "X-Entregent": "1", "Origin": url}
    if cookie:
        headers["Cookie"] = cookie
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url + path, data, headers, method=method), timeout=10) as answer:
        given = answer.headers.get("Set-Cookie") or ""
        return given.split(";", 1)[0], json.loads(answer.read() or b"null")
