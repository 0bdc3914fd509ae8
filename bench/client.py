"""(e) Client: from key press to painted frame in an inbox of 100,000 conversations.

A key is timed from the moment the browser received it (`event.timeStamp`) to the task after the
frame that shows it: `requestAnimationFrame`, then a message that cannot run before the paint.
"""

import argparse
import os
import shutil
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from entregent.accounts import find_member, open_session
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure
from tests.servers.browser import running

from .inbox import fill
from .server import Server, folder
from .table import percentile, show

FLOODED = "flooded@bench.example"
KEYS = 120
BUDGET = {1: 50, 4: 100}  # ms at p95, by how many times the processor is slowed
HOLD_SECONDS = 5
QUIET = 20  # ms at p95 for a key that does nothing; above it, the numbers tell of the machine
TIMER = """
(kind) => {
  window.__painted = [];
  addEventListener(kind, (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        window.__pressed = pressed;
        window.__painted.push(performance.now() - pressed);
      };
      after.port2.postMessage(null);
    });
  }, { capture: true });
}
"""
FRAMES = """
(ms) => new Promise((resolve) => {
  const gaps = [];
  let last = performance.now();
  const begun = last;
  const tick = (now) => {
    gaps.push(now - last);
    last = now;
    if (now - begun < ms) requestAnimationFrame(tick);
    else resolve(gaps.slice(1));
  };
  requestAnimationFrame(tick);
})
"""


class Member:
    """The flooded member's page."""

    def __init__(self, browser: Browser, address: str, cookie: str) -> None:
        self.context = browser.new_context(viewport={"width": 1360, "height": 860})
        self.context.add_cookies([{"name": "entregent", "value": cookie, "url": address}])
        self.page: Page = self.context.new_page()
        self.cdp: CDPSession = self.context.new_cdp_session(self.page)
        begun = time.perf_counter()
        self.page.goto(f"{address}/messages")
        self.page.get_by_role("option").first.wait_for()
        self.ready = (time.perf_counter() - begun) * 1000
        self.page.wait_for_timeout(3_000)  # the order of the whole inbox comes when idle
        self.page.evaluate(TIMER, "keydown")

    def slow(self, times: int) -> None:
        """Slows the processor."""
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def press(self, keys: list[str], pause: int) -> list[float]:
        """Milliseconds from each press to the frame that shows it."""
        self.page.evaluate("window.__painted.length = 0")
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(pause)
        painted: list[float] = self.page.evaluate("window.__painted")
        return painted

    def hold(self, key: str, seconds: float) -> list[float]:
        """Frame times while a key repeats 30 times a second."""
        self.page.evaluate(f"window.__frames = ({FRAMES})({seconds * 1000})")
        end = time.perf_counter() + seconds
        self.page.keyboard.down(key)
        while time.perf_counter() < end:
            time.sleep(1 / 30)
            self.page.keyboard.down(key)
        self.page.keyboard.up(key)
        gaps: list[float] = self.page.evaluate("window.__frames")
        return gaps

    def heap(self) -> float:
        """Megabytes of the page's own memory after a collection."""
        self.cdp.send("HeapProfiler.collectGarbage")
        found: dict[str, Any] = self.cdp.send("Runtime.getHeapUsage")
        return float(found["usedSize"]) / 1e6


CASES: list[tuple[str, Callable[[int], list[str]]]] = [
    ("q, which does nothing", lambda n: ["q"] * (n // 2)),
    ("j, next conversation and its thread", lambda n: ["j"] * n),
    ("k, the one before", lambda n: ["k"] * (n // 2)),
    ("e, archive and next", lambda n: ["e"] * (n // 2)),
    ("z, undo", lambda n: ["z"] * (n // 4)),
    ("x, select", lambda n: ["x"] * (n // 2)),
    ("Shift U, unread", lambda n: ["Shift+U"] * (n // 4)),
    ("End and Home of the list", lambda n: ["End", "Home"] * (n // 8)),
    ("2 and 1, to another tab and back", lambda n: ["2", "1"] * (n // 8)),
    ("f and Escape, the filter", lambda n: ["f", "Escape"] * (n // 8)),
    (
        "/, letters and Escape, the search",
        lambda n: ["/", *"dinner", "Escape", "Escape"] * (n // 30),
    ),
]


def main(_chosen: argparse.Namespace) -> None:
    """Runs and prints. ENTREGENT_BENCH_INBOX keeps the filled database for the next run."""
    kept = os.environ.get("ENTREGENT_BENCH_INBOX")
    data = kept or folder()
    read = settings(data=data)
    ensure(read.database)
    house = House(read)
    me = house.db.read_now(find_member, FLOODED) or fill(house)
    cookie = house.db.write_now(open_session, me, "127.0.0.1", "bench")
    house.db.close()
    with Server(data) as server, running() as browser:
        # Localhost is a secure context, which Web Locks need; 127.0.0.1 is one, too.
        _measure(browser, f"http://{server.host}", cookie)
    if not kept:
        shutil.rmtree(data)


def _measure(browser: Browser, address: str, cookie: str) -> None:
    member = Member(browser, address, cookie)
    first = member.heap()
    rows: list[list[str]] = []
    missed: list[str] = []
    quiet = 0.0
    for times, budget in BUDGET.items():
        member.slow(times)
        nothing = 0.0
        for label, keys in CASES:
            member.page.get_by_role("listbox").focus()
            member.press(keys(8), 60 * times)  # what is fetched once is there
            found = member.press(keys(KEYS), 60 * times)
            middle, high = percentile(found, 0.5), percentile(found, 0.95)
            nothing = nothing or middle
            quiet = quiet or high
            if high > budget:
                missed.append(f"{label} at ×{times}")
            rows.append(
                [
                    label,
                    f"×{times}",
                    str(len(found)),
                    f"{middle:.0f}",
                    f"{high:.0f}",
                    f"{max(found):.0f}",
                    f"{middle / nothing:.1f}",
                    f"{high / budget:.2f}",
                ]
            )
    show(
        "Client, key press to painted frame, 100,000 conversations",
        ["key", "CPU", "n", "median ms", "p95 ms", "max ms", "× nothing", "p95 ÷ budget"],
        rows,
    )
    member.slow(1)
    gaps = member.hold("j", HOLD_SECONDS)
    late = sum(gap > 25 for gap in gaps)
    for _ in range(60):
        member.page.keyboard.press("PageDown")
        member.page.wait_for_timeout(80)
    show(
        "Client, the rest",
        ["", "value"],
        [
            ["first row on screen, ms", f"{member.ready:.0f}"],
            [f"holding j for {HOLD_SECONDS} s: frames over 25 ms", f"{late} of {len(gaps)}"],
            ["heap when loaded, MB", f"{first:.1f}"],
            ["heap after paging through, MB", f"{member.heap():.1f}"],
        ],
    )
    if missed:
        print("\nover budget: " + ", ".join(missed))
    if quiet > QUIET:
        print(f"\nthe machine was busy: a key that does nothing took {quiet:.0f} ms at p95")
