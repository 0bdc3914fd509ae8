"""Text that means harm, in every field that takes any, on every page that shows it."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.messaging.conftest import sit
from tests.browser.messaging.people import Member, Sit
from tests.browser.pages import cut, resize, settle
from tests.browser.site import Site
from tests.browser.stories.telling import still, tell, viewer, words
from tests.browser.test_pages import INSIDE

__all__ = ["sit"]

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
TURNED = "\u202egpj.exe\u2066 pay\u200bpal\ufeff"
WORD = "w" * 6_000
# What is searched for, or not said yet, is kept letter for letter; nobody else ever reads it.
OWN = f"{SCRIPT} {WORD}"
PHRASES = "{name} {count, plural, other {#}} {{constructor}} ${7*7}"
HARM = f'{SCRIPT}{TURNED}"\'>{PHRASES} https://example.org/"onmouseover=alert(1) {WORD}'
HIDING = "\u200b\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def harm(most: int) -> str:
    """As much of it as a field takes."""
    return HARM[:most].strip()


class World:
    """A member and host, whom somebody has written to, invited, shown and reported all this; and
    who has used it as labels, rules and notes of their own."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ana, self.eve, self.mallory = (
            Member.join(site.url, name)
            for name in ("Ana Ruiz", f"{TURNED} <img src=x onerror=a(1)>", '"><script>a()</script>')
        )
        site.run("admin", "grant", self.ana.email)
        for one in (self.eve, self.mallory):
            self._profile(one)
        still(self.ana, self.eve)
        self.eve.befriend(self.ana)
        self.direct = self.eve.begin(self.ana, text=harm(7_000))
        self.eve.say(self.direct, HARM[: len(SCRIPT)])
        self.group = self.eve.begin(self.ana, text=harm(300), title=harm(300))
        self._invited()
        self._shown()
        self._own()
        self._reported()

    def _profile(self, one: Member) -> None:
        dated = {"started": "2020", "ended": "2024"}
        one.ask(
            "PATCH",
            "/api/profile",
            headline=harm(220),
            about=harm(2_600),
            place=harm(100),
            positions=[
                {"title": harm(100), "organisation": WORD[:100], "place": harm(100), **dated}
                | {"description": harm(2_000)}
            ],
            education=[{"school": harm(100), "degree": WORD[:100], "notes": harm(2_000)}],
            skills=[harm(80), WORD[:80]],
            languages=[{"name": harm(50)}],
            links=[{"url": f"https://example.org/{WORD[:400]}", "label": harm(50)}],
            contact={"email": "", "phone": harm(50), "address": harm(100)},
            audiences=dict.fromkeys(("contact", "links"), "members"),
        )

    def _invited(self) -> None:
        """One waits for an answer, one has been answered, one waits in the queue."""
        asked = {"member_id": self.ana.id, "reason": "other", "note": harm(300)}
        key = self.mallory.ask("POST", "/api/invitations", **asked)["invitation"]["id"]
        again = Member.join(self.site.url, f"{SCRIPT[:28]} {TURNED}")
        self._profile(again)
        replied = again.ask("POST", "/api/invitations", **asked)["invitation"]["id"]
        self.ana.ask(
            "POST", "/api/invitations/actions", ids=[replied], verb="reply", text=harm(2_000)
        )
        self.ana.ask("POST", "/api/invitations/queue", ids=[key], verb="accept", text=harm(2_000))
        other = Member.join(self.site.url, WORD[:50])
        self._profile(other)
        self.ana.ask("POST", "/api/invitations", member_id=other.id, reason="other", note=harm(300))

    def _shown(self) -> None:
        """A story with everything on it, a mention and a reaction for the bell."""
        poll = {"id": "p", "kind": "poll", "x": 500, "y": 300, "text": harm(200)}
        ask = {"id": "q", "kind": "question", "x": 500, "y": 700, "text": harm(200)}
        options = [harm(80), WORD[:80]]
        for one in (self.eve, self.ana):
            story = tell(one, words(harm(700), stickers=[{**poll, "options": options}, ask]))
        frame = f"/api/stories/{self.ana.id}/{story['id']}/frames/{story['frames'][0]['id']}"
        self.eve.ask("POST", f"{frame}/stickers/q", text=harm(500))
        self.eve.ask("POST", f"{frame}/replies", text=harm(1_000))
        self.eve.ask("POST", f"{frame}/like", on=True)
        seen = [{"author_id": self.ana.id, "story_id": story["id"], "frames": 1}]
        self.eve.ask("POST", "/api/stories/seen", seen=seen)
        self.ana.say(self.group, harm(300))
        self.eve.ask("PUT", f"/api/conversations/{self.group}/messages/2/reactions/%F0%9F%8E%89")
        mention = f"@[{harm(40)}](member:{self.ana.id}) {harm(300)}"
        self.eve.ask(
            "POST",
            f"/api/conversations/{self.group}/messages",
            text=mention,
            mentions=[self.ana.id],
        )

    def _own(self) -> None:
        """What a member calls things, and the texts that are kept."""
        ana = self.ana
        label = ana.ask("POST", "/api/labels", name=harm(60), color=3)["id"]
        box = ana.ask("POST", "/api/boxes", name=WORD[:60])["id"]
        ana.ask("POST", "/api/filters", name=harm(60), filter={"text": OWN[:200]})
        mark = {"ids": [self.direct], "mark": "label", "label": label}
        ana.ask("POST", "/api/conversations/marks", **mark)
        when = {"text": OWN[:200], "organisation": OWN[:200], "tags": [OWN[:40]]}
        rule = {"name": harm(60), "when": when, "box": box, "label": label}
        ana.ask("PUT", "/api/routing", rules=[rule])
        replies = [{"kind": "reply", "title": harm(80), "text": harm(2_000)}]
        ana.ask("PUT", "/api/invitations/replies", replies=replies)
        asked = {"organisation": OWN[:200], "tags": [OWN[:40]]}
        ana.ask(
            "PUT",
            "/api/invitations/rules",
            rules=[{"name": harm(80), "when": asked, "then": "keep"}],
        )
        ana.ask("PUT", f"/api/people/{self.eve.id}/mine", tags=[harm(40)], note=harm(2_000))
        day = int(time.time() * 1_000)
        ana.ask("PUT", "/api/absence", until=day + 86_400_000, text=harm(2_000))
        ana.ask("PATCH", "/api/invitations/settings", line=harm(300))
        ana.ask("PUT", f"/api/conversations/{self.direct}/draft", text=OWN[:2_000])
        held = {"text": harm(2_000), "send_at": day + 86_400_000}
        ana.ask("POST", f"/api/conversations/{self.group}/messages", **held)
        ana.ask("POST", "/api/tokens", name=harm(60), scopes=["messages.read"])
        ana.ask("PUT", "/api/stories/prompt", text_en=harm(200), text_fr=harm(200))

    def _reported(self) -> None:
        """A case at the host's desk, decided, and objected to."""
        said = {"reason": "spam", "note": harm(1_000)}
        self.eve.ask("POST", f"/api/people/{self.mallory.id}/report", **said)
        self.ana.ask("POST", f"/api/conversations/{self.direct}/report", seq=1, **said)
        ruling = {"verdict": "warn", "reason": "spam", "statement": harm(2_000)}
        self.ana.ask("POST", f"/api/host/reports/{self.mallory.id}/decisions", **ruling)
        (case,) = self.mallory.ask("GET", "/api/decisions")["decisions"]
        self.mallory.ask("POST", f"/api/decisions/{case['id']}/appeal", text=harm(2_000))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything that can be done to a member with words, at a site of its own."""
    with Site(tmp_path_factory.mktemp("hostile") / "site") as site:
        yield World(site)
        assert "Traceback" not in site.log()


# What would not be there if all of it were only text, and text that is not as it reads.
_WRONG = """
(hiding) => {
  const found = [];
  const made = "body script, [onerror], [onmouseover], img[src='x']";
  for (const one of document.querySelectorAll(made))
    found.push(one.outerHTML.slice(0, 120));
  const leads = ["http:", "https:", "blob:", "mailto:", "tel:"];
  for (const one of document.querySelectorAll("a[href]"))
    if (!leads.includes(one.protocol)) found.push(one.href);
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const hides = (text) => [...hiding].some((sign) => text.includes(sign));
  while (walker.nextNode())
    if (hides(walker.currentNode.data)) found.push(walker.currentNode.data.slice(0, 60));
  for (const one of document.querySelectorAll("[aria-label], [title], [data-tip], [alt]"))
    for (const name of ["aria-label", "title", "data-tip", "alt"])
      if (hides(one.getAttribute(name) ?? "")) found.push(`${name} ${one.getAttribute(name)}`);
  return found;
}
"""


def wrong(page: Page, where: str) -> list[str]:
    """All that is not as it should be, on a wide and on the narrowest window."""
    settle(page)
    found = [f"{where}: {one}" for one in page.evaluate(_WRONG, HIDING)]
    for width in (1360, 320):
        resize(page, width)
        found += [f"{where} {width}: {one}" for one in cut(page)]
    resize(page, 1360)
    return found


def test_every_page_shows_it_as_text(world: World, sit: Sit) -> None:
    page = sit(world.ana, site=world.site).page
    handles = {
        one.name: one.ask("GET", "/api/boot")["me"]["handle"] for one in (world.ana, world.eve)
    }
    places = {
        "conversation": world.direct,
        "mine": handles[world.ana.name],
        "other": handles[world.eve.name],
    }
    more = [
        f"/messages/{world.group}",
        "/messages/search?q=" + SCRIPT.replace("<", "%3C"),
        "/messages/search?q=wwwwww",
        f"/stories/{world.eve.id}",
        f"/stories/{world.ana.id}",
        f"/host/reports/{world.mallory.id}",
        "/host/reports/log",
    ]
    found: list[str] = []
    for path in [*(one.format(**places) for one in INSIDE if "__" not in one), *more]:
        page.goto(path)
        found += wrong(page, path)
    assert not found, "\n".join(found)


def test_what_opens_over_a_page_shows_it_as_text(world: World, sit: Sit) -> None:
    """The card of a name, the dock, the palette, what is picked from, what was planned, viewers."""
    page = sit(world.ana, site=world.site).page
    found: list[str] = []
    page.goto("/network/people")
    settle(page)
    page.locator("main [data-person]").first.hover()
    card = page.locator(".card:popover-open")
    expect(card).to_contain_text("img src=x")
    found += wrong(page, "card")
    page.keyboard.press("d")
    dock = page.get_by_role("complementary", name="Messages")
    expect(dock.get_by_role("listbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dock.locator("[data-line] .text").first).to_be_visible()
    found += wrong(page, "dock")
    page.goto(f"/messages/{world.direct}")
    settle(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("img src")
    options = page.get_by_role("dialog").get_by_role("option")
    expect(options.filter(has_text="onerror")).not_to_have_count(0)
    found += wrong(page, "palette")
    page.keyboard.press("Escape")
    for keys, shown in (("l", "onerror"), ("v", WORD[:60]), ("g w", "onerror")):
        page.get_by_role("heading", level=2).click()  # not in a field
        for key in keys.split():
            page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_contain_text(shown)
        found += wrong(page, keys)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto(f"/stories/{world.ana.id}")
    settle(page)
    viewer(page).get_by_role("button", name="Seen by").press("Enter")
    panel = page.get_by_role("dialog", name="Who has seen it")
    expect(panel).to_contain_text("onerror")
    found += wrong(page, "viewers")
    assert not found, "\n".join(found)
