"""What every page must hold, looked up in the browser itself."""

import json
import re
from functools import cache
from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.browser.site import ROOT
from tests.browser.watching import asked_by

WEB = ROOT / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE_MS = 30_000  # nobody waits longer where all is well
MOST_ROUNDS = 12  # an answer that nobody reads never ends
WHOLE = re.compile(r"[^{}<>]+")  # a message without parameters is shown as it is written

# Nothing is fetched any more, nothing is busy, and all of it has been painted: on a busy machine
# time passes between two frames, so both are counted.
_SETTLED = """
() => {
  const now = performance.now();
  const fetched = performance.getEntriesByType("resource").length;
  const state = (window.__settling ??= { fetched: -1, since: now, frames: 0 });
  // The gallery shows what is busy for ever.
  const busy =
    location.pathname !== "/__gallery" && document.querySelector("[aria-busy=true], .skeleton");
  // The last to come answers to keys, and says what happened.
  const complete = document.querySelector("h1") && document.querySelector("[popover][role=status]");
  if (busy || !complete || fetched !== state.fetched) {
    state.fetched = fetched;
    state.since = now;
    state.frames = 0;
  }
  state.frames += 1;
  return now - state.since > 250 && state.frames > 8 && document.fonts.status === "loaded";
}
"""

_THREE_FRAMES = """
async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}
"""

# Told by the browser from the first frame on.
WATCH_SHIFTS = """
window.__shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries())
    if (!shift.hadRecentInput)
      window.__shifts.push([
        shift.value,
        ...shift.sources.map(({ node, previousRect: a, currentRect: b }) =>
          `${(node?.outerHTML ?? String(node?.textContent)).slice(0, 90)} ` +
          `${a.x},${a.y},${a.width},${a.height} -> ${b.x},${b.y},${b.width},${b.height}`),
      ]);
}).observe({ type: "layout-shift", buffered: true });
"""

# What is half faded in has half its contrast.
_RUN_AXE = """
async (tags) => {
  const ends = ({ playState, effect }) =>
    playState === "running" && effect.getComputedTiming().endTime < Infinity;
  for (let moving; (moving = document.getAnimations().filter(ends)).length; )
    await Promise.allSettled(moving.map((one) => one.finished));
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      `${id}: ${target.join(" ")}\\n${html.slice(0, 200)}\\n${failureSummary}`));
}
"""

# The page may not scroll sideways, nor any text stand outside of the window without a scroller
# or an ellipsis.
_CUT = """
() => {
  const wide = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > wide) found.push(`the page is wider than ${wide}`);
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own) continue;
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    if (left >= -1 && right <= wide + 1) continue;
    let scroller = element;
    const shows = ({ overflowX, textOverflow }) =>
      /auto|scroll/.test(overflowX) || textOverflow === "ellipsis";
    while (scroller && !shows(getComputedStyle(scroller))) scroller = scroller.parentElement;
    const { tagName, className, textContent } = element;
    if (!scroller) found.push(`${tagName} ${className} “${textContent.trim().slice(0, 40)}”`);
  }
  return found;
}
"""

# What is on the page to be read or heard. Members write in any language: their own words, which
# are marked or stand in fields, are compared with the catalogue as whole texts only.
_WORDS = """
() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() && !parentElement.closest("script, style, [lang=en]")) found.add(data.trim());
  }
  const told = ["aria-label", "title", "placeholder", "data-tip"];
  for (const element of document.querySelectorAll(told.map((name) => `[${name}]`)))
    for (const name of told)
      if (element.getAttribute(name)) found.add(element.getAttribute(name).trim());
  found.add(document.title.split(" · ")[0]);
  return [...found];
}
"""


def settle(page: Page) -> None:
    """Waits until the page shows what it has to show."""
    page.bring_to_front()  # a tab behind another has a frame a second
    for _ in range(MOST_ROUNDS):
        page.evaluate("() => delete window.__settling")
        page.wait_for_function(_SETTLED)
        if not asked_by(page):
            return


def until(page: Page, asked: str, arg: Any = None) -> None:
    """Asks the page again and again. `wait_for_function` takes a promise of no for a yes."""
    page.evaluate(
        f"""async (arg) => {{
          const asked = {asked};
          const end = performance.now() + {PATIENCE_MS};
          while (!(await asked(arg))) {{
            if (performance.now() > end) throw new Error(`never: ${{asked}}`);
            await new Promise(requestAnimationFrame);
          }}
        }}""",
        arg,
    )


def resize(page: Page, width: int) -> None:
    """Makes the window as wide as that, and waits until the page has been laid out anew."""
    page.set_viewport_size({"width": width, "height": 844})
    page.wait_for_function("(width) => innerWidth === width", arg=width)
    painted(page)


def painted(page: Page) -> None:
    """Waits until what is on the page now has been seen."""
    page.evaluate(_THREE_FRAMES)


def axe(page: Page) -> list[str]:
    """What axe finds, of the rules of WCAG 2.0, 2.1 and 2.2, A and AA."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN_AXE, TAGS)
    return found


def cut(page: Page) -> list[str]:
    """What stands outside of the window."""
    found: list[str] = page.evaluate(_CUT)
    return found


def shifts(page: Page) -> list[Any]:
    """Everything that moved by itself; needs `WATCH_SHIFTS` before the page was opened."""
    found: list[Any] = page.evaluate("window.__shifts")
    return found


@cache
def catalogue(language: str) -> dict[str, str]:
    """All that the client can say."""
    found: dict[str, str] = {}
    for path in sorted(WEB.glob(f"src/*/{language}.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


class Foreign(NamedTuple):
    """A text in the wrong language."""

    key: str
    text: str


@cache
def _only_english() -> dict[str, str]:
    """English texts that are no French ones as well, with their keys."""
    french = set(catalogue("fr").values())
    return {
        text: key
        for key, text in catalogue("en").items()
        if text not in french and WHOLE.fullmatch(text)
    }


def english(page: Page) -> list[Foreign]:
    """English texts of the catalogue on a page that is to be French."""
    said: list[str] = page.evaluate(_WORDS)
    only = _only_english()
    return [Foreign(only[text], text) for text in said if text in only]
