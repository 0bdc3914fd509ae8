"""(h) Stories: from a tap in the viewer to the next frame on the screen, the processor slowed.

A tap is timed like a key of the inbox; of a photo the browser says itself when it had painted it,
decoded (`elementtiming`), and the later of the two counts.
"""

import argparse
import io
import shutil
import tempfile
import uuid
from functools import partial
from pathlib import Path

import msgspec
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from entregent.accounts import create_member, open_session
from entregent.kit.settings import Settings
from entregent.media import Begin, bring_now
from entregent.network import connect_many
from entregent.ports.db import Transaction
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure
from entregent.stories import NewStory, publish
from tests.browser.pages import until
from tests.ports.codec.samples import film
from tests.servers.browser import running

from .client import TIMER
from .server import Server, folder
from .table import percentile, show, spread

STORIES = 6  # each a photo, a card and, the first ones, a film
FILMS = 2
PHOTO = (1440, 2560)
WHOLE = {"x": 0, "y": 0, "width": 1_000, "height": 1_000}  # as the composer cuts it
BUDGET = 50  # ms at p95
SLOWED = (1, 4)
PAUSE = 700  # ms between taps: what comes next is prefetched while one looks
SCREENS = {"phone, 360 × 760": (360, 760), "desktop, 1360 × 860": (1360, 860)}
WATCH = """
window.__drawn = [];
new MutationObserver(() => {
  for (const one of document.querySelectorAll(".viewer img:not([elementtiming])"))
    one.setAttribute("elementtiming", "frame");
}).observe(document, { childList: true, subtree: true });
new PerformanceObserver((list) => {
  window.__drawn.push(...list.getEntries());
}).observe({ type: "element", buffered: true });
"""
# What the last tap has brought, and after how many ms.
BROUGHT = """
() => {
  const now = document.querySelector(".layer.now");
  const kind = now.querySelector("video") ? "film" : now.querySelector("img") ? "photo" : "card";
  // What is made ready meanwhile is painted, too, beneath it.
  const drawn = window.__drawn
    .filter(({ element }) => now.contains(element))
    .map(({ renderTime }) => renderTime - window.__pressed);
  return [kind, Math.max(window.__painted.at(-1), ...drawn)];
}
"""
TOLD = """
async ([author, frames]) => {
  const { stories } = await (await fetch(`/api/stories/${author}`)).json();
  return stories.flatMap((story) => story.frames).length === frames;
}
"""
READY = """
() => [...document.querySelectorAll(".layer img")].every((one) => one.complete && one.naturalWidth)
  && [...document.querySelectorAll(".layer video")].every((one) => one.readyState >= 2)
  && document.querySelector(".layer.now") !== null
"""


def main(chosen: argparse.Namespace) -> None:
    """Fills and measures."""
    data = folder()
    read = settings(data=data)
    ensure(read.database)
    house = House(read)
    try:
        author, me = _fill(house, read)
        cookie = house.db.write_now(open_session, me, "127.0.0.1", "bench")
        house.db.close()
        with Server(data) as server, running() as browser:
            address = f"http://{server.host}"
            rows = [
                row
                for screen, (width, height) in SCREENS.items()
                for row in _measure(
                    browser,
                    address,
                    cookie,
                    author,
                    screen,
                    (width, height),
                    chosen.rounds,
                )
            ]
    finally:
        shutil.rmtree(data)
    head = ["screen", "next", "CPU", "n", "ms (min–max)", "p95 ms", "× nothing", "p95 ÷ budget"]
    show("Stories, tap to next frame painted", head, rows)


# -- filling ---------------------------------------------------------------------------------------


def _fill(house: House, read: Settings) -> tuple[int, int]:
    """Somebody who tells much, and a connection who has seen nothing of it."""
    write = house.db.write_now
    author = write(create_member, "teller@bench.example", "", "Bench Teller", "en", True)
    me = write(create_member, "viewer@bench.example", "", "Bench Viewer", "en", True)
    write(connect_many, [(author, me)])
    for number in range(STORIES):
        _tell(house, read, author, "photo", f"{number}.jpg", "image/jpeg", _photo(number))
    with tempfile.TemporaryDirectory() as place:
        path = film(
            Path(place) / "film.webm", "webm", picture="libvpx", seconds=4.0, size=(360, 640)
        )
        for number in range(FILMS):
            _tell(house, read, author, "video", f"{number}.webm", "video/webm", path.read_bytes())
    return author, me


def _tell(
    house: House, read: Settings, author: int, kind: str, name: str, type: str, content: bytes
) -> None:
    asked = Begin(str(uuid.uuid4()), len(content), name, type)
    join = partial(_publish, author, kind, name)
    bring_now(house.db, read, author, asked, content, join)


def _publish(author: int, kind: str, name: str, tx: Transaction, media_id: str) -> None:
    text = f"What I have learned, {name}. " * 6
    frames = [
        {"kind": kind, "media_id": media_id, "crop": WHOLE if kind == "photo" else None},
        {"kind": "text", "text": text, "look": "sea"},
    ]
    given = {"client_id": str(uuid.uuid4()), "frames": frames, "audience": {"who": "connections"}}
    publish(tx, author, msgspec.convert(given, NewStory), "en")


def _photo(number: int) -> bytes:
    """As heavy as one of a phone: noise in all colours, softly."""
    small = Image.effect_noise((PHOTO[0] // 4, PHOTO[1] // 4), 60 + number)
    picture = Image.merge("RGB", (small, small.rotate(180), small)).resize(PHOTO)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


# -- measuring -------------------------------------------------------------------------------------


def _measure(
    browser: Browser,
    address: str,
    cookie: str,
    author: int,
    screen: str,
    size: tuple[int, int],
    rounds: int,
) -> list[list[str]]:
    rows: list[list[str]] = []
    for times in SLOWED:
        found: dict[str, list[float]] = {}
        for _ in range(rounds):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                has_touch=True,
                reduced_motion="reduce",
            )
            context.add_cookies([{"name": "entregent", "value": cookie, "url": address}])
            page = context.new_page()
            page.add_init_script(WATCH)
            for kind, ms in _through(page, address, author, times):
                found.setdefault(kind, []).append(ms)
            context.close()
        for kind, values in sorted(found.items()):
            high = percentile(values, 0.95)
            rows.append(
                [
                    screen,
                    kind,
                    f"×{times}",
                    str(len(values)),
                    spread(values),
                    f"{high:.0f}",
                    f"{percentile(values, 0.5) / percentile(found['nothing'], 0.5):.1f}",
                    f"{high / BUDGET:.2f}",
                ]
            )
    return rows


def _through(page: Page, address: str, author: int, times: int) -> list[tuple[str, float]]:
    """Taps through all that is told."""
    frames = 2 * (STORIES + FILMS)
    page.goto(f"{address}/settings")
    # The server has looked at all of it.
    until(page, TOLD, [str(author), frames])
    page.goto(f"{address}/stories/{author}")
    expect(page.locator(".segments > span")).to_have_count(frames, timeout=60_000)
    page.evaluate(TIMER, "pointerup")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})
    found: list[tuple[str, float]] = []
    card = page.locator("section.card").bounding_box()
    assert card is not None
    at = card["x"] + card["width"] * 0.8, card["y"] + card["height"] * 0.3
    for _ in range(frames - 1):
        # A press that does nothing tells of the machine.
        page.mouse.click(*at, button="right")
        page.wait_for_timeout(PAUSE)
        found.append(("nothing", page.evaluate("window.__painted.at(-1)")))
        page.wait_for_function(READY)
        page.wait_for_timeout(PAUSE)
        page.evaluate("window.__drawn.length = 0")
        page.touchscreen.tap(*at)
        page.wait_for_timeout(PAUSE)
        kind, ms = page.evaluate(BROUGHT)
        found.append((kind, ms))
    return found
