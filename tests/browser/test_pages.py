"""Every page in both themes and languages and at every width: what all of them must hold."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.pages import WATCH_SHIFTS, WEB, axe, cut, english, resize, settle, shifts
from tests.browser.watching import Watcher

DOORS = ["/demo", "/sign-in", "/sign-up", "/verify", "/forgot", "/reset", "/unsubscribe"]
INSIDE = [
    "/",
    "/messages",
    "/messages/unread",
    "/messages/archived",
    "/messages/requests",
    "/messages/promotions",
    "/messages/spam",
    "/messages/all",
    "/messages/{conversation}",
    "/messages/new",
    "/messages/search?q=merci",
    "/network",
    "/network/invitations",
    "/network/invitations/mutuals",
    "/network/invitations/replied",
    "/network/invitations/sent",
    "/network/invitations/queue",
    "/network/invitations/rules",
    "/network/invitations/replies",
    "/network/invitations/log",
    "/network/invitations/settings",
    "/network/suggestions",
    "/network/people",
    "/network/contacts",
    "/network/following",
    "/network/blocked",
    "/in/{mine}",
    "/in/{other}",
    "/notifications",
    "/notifications/settings",
    "/stories",
    "/stories/archive",
    "/import",
    "/settings",
    "/settings/messages",
    "/settings/messages/away",
    "/settings/messages/rules",
    "/settings/messages/senders",
    "/settings/developers",
    "/decisions",
    "/host/reports",
    "/host/reports/prompt",
    "/__gallery",
    "/no-such-page",
]
WIDTHS = [320, 390, 900, 1360, 2560]
MOST_SHIFT = 0.01
# Their parts scroll; the page around them does not as well.
SCROLLED_INSIDE = ("/messages", "/network")
TOO_TALL = "document.scrollingElement.scrollHeight - innerHeight"
# Of films, which the small demo lacks; their own tests ask the same of them.
ELSEWHERE = {"/in/:handle/videos/:id", "/videos/:author/:id"}
COLOURS_STAND = "() => !document.getAnimations().some((one) => one instanceof CSSTransition)"


def addressed(page: Page, path: str) -> str:
    """The path with a real conversation and real people of the demo in it."""
    if "{" not in path:
        return path
    boot = page.request.get("/api/boot").json()
    card = next(c for c in boot["inbox"]["cards"] if c["handle"] and c["id"] != boot["me"]["id"])
    return path.format(
        conversation=boot["inbox"]["rows"][1]["id"],
        mine=boot["me"]["handle"],
        other=card["handle"],
    )


@pytest.mark.parametrize(
    ("member", "path"),
    [(None, path) for path in DOORS] + [("flooded", path) for path in INSIDE],
)
def test_a_page_holds_in_both_themes(
    visit: Callable[..., Page], watcher: Watcher, member: str | None, path: str
) -> None:
    watcher.allow("status of 4.. .*(verify|digest)")  # a door that needs the link of a letter
    page = visit(member, language="fr")
    page.add_init_script(WATCH_SHIFTS)
    page.goto(addressed(page, path))
    settle(page)

    moved = shifts(page)
    assert sum(shift[0] for shift in moved) < MOST_SHIFT, moved
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.title() not in ("", "Entregent")
    assert english(page) == []

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(COLOURS_STAND)
        assert axe(page) == [], scheme
    for width in WIDTHS:
        resize(page, width)
        assert cut(page) == [], width
        if path.startswith(SCROLLED_INSIDE):
            assert page.evaluate(TOO_TALL) <= 0, width


def test_every_page_is_among_these() -> None:
    routes = (WEB / "src/shell/routes.ts").read_text(encoding="utf-8")
    paths = set(re.findall(r'path: "([^"]+)"', routes))
    looked_at = [path.partition("?")[0] for path in [*DOORS, *INSIDE]]

    unseen = [
        path
        for path in paths - ELSEWHERE
        if not any(
            re.fullmatch(re.sub(r"/:\w+(\??)", r"(/[^/]+)\1", path), one) for one in looked_at
        )
    ]
    assert len(paths) > 20
    assert unseen == []
