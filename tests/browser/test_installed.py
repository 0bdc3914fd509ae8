"""The client as an installed application: opens without a network, and renews itself."""

import json
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.messaging.desks import HOW_MANY
from tests.browser.pages import catalogue, settle, until
from tests.browser.site import Site
from tests.browser.watching import Watcher

EN = catalogue("en")
NO_NETWORK = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK|Failed to fetch"


def install(page: Page) -> None:
    """Waits until the worker holds the whole client and looks after the page."""
    page.goto("/messages")
    settle(page)
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    settle(page)
    for store in ("meta", "rows"):
        until(page, f"async () => (await ({HOW_MANY})('{store}')) > 0")


def test_the_second_visit_needs_no_network(visit: Callable[..., Page], watcher: Watcher) -> None:
    watcher.allow(NO_NETWORK)
    page = visit("flooded", installs=True)
    install(page)
    rows = page.get_by_role("option")
    seen = rows.first.inner_text()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(rows.first).to_contain_text(seen.splitlines()[0])
    expect(page.locator("body")).to_contain_text("Offline")
    # Pages that were never opened are there as well.
    for path in ("/", "/settings", "/network/people", "/import"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_text(EN["shell.page_failed"])).to_have_count(0)
    policy = page.evaluate(
        "async () => (await fetch(location.href, { method: 'GET' }).catch(() => null))?.status"
    )
    assert policy is None  # a fetch of the page is no visit: the worker keeps to visits and files
    page.context.set_offline(False)
    page.goto("/messages")
    expect(rows.first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Offline")


def test_the_worker_keeps_nothing_that_members_wrote(visit: Callable[..., Page]) -> None:
    page = visit("flooded", installs=True)
    install(page)
    kept = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys())
              found.push(new URL(request.url).pathname);
          return found;
        }"""
    )
    assert kept
    assert [path for path in kept if path.startswith("/api/") or path == "/"] == []


def test_a_new_version_is_offered_and_taken(visit: Callable[..., Page]) -> None:
    page = visit("flooded", installs=True)
    install(page)
    # To the browser another address is another worker, as one with other content would be.
    page.evaluate("() => void navigator.serviceWorker.register('/sw.js?newer')")
    offer = page.get_by_text(EN["shell.update"])
    expect(offer).to_be_visible()
    page.evaluate("window.old = true")
    # The page may register its own worker meanwhile, which then takes the place of this one.
    page.get_by_role("button", name=EN["shell.update_do"]).click()
    page.wait_for_function("() => window.old === undefined")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_the_manifest_says_what_a_phone_needs(visit: Callable[..., Page], demo: Site) -> None:
    page = visit()
    page.goto("/sign-in")
    address = page.locator("link[rel=manifest]").get_attribute("href")
    assert address is not None
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest = json.loads(answer.text())
    assert manifest["name"]
    assert len(manifest["short_name"]) <= 12
    assert manifest["display"] == "standalone"
    assert manifest["start_url"] == manifest["scope"] == manifest["id"] == "/"
    sizes = set()
    for icon in manifest["icons"]:
        found = page.request.get(icon["src"])
        assert found.ok
        assert found.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            width, height = Image.open(BytesIO(found.body())).size
            assert icon["sizes"] == f"{width}x{height}"
            sizes.add((width, icon.get("purpose", "any")))
    assert {(192, "any"), (512, "any"), (512, "maskable")} <= sizes
    touch = page.locator("link[rel=apple-touch-icon]").get_attribute("href")
    assert touch is not None
    assert page.request.get(touch).ok
    for shortcut in manifest["shortcuts"]:
        assert page.request.get(shortcut["url"]).ok
    # What the browser itself has against installing it.
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"] == f"{demo.url}{address}"
