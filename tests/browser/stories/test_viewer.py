"""The row of stories and the viewer: by keys, by finger, in two tabs, for who may see them."""

import re
import time

from playwright.sync_api import Route, expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import WATCH_SHIFTS, axe, cut, english, settle, shifts, until
from tests.browser.stories.telling import ring, row, shows, still, tell, viewer, words
from tests.browser.watching import Watcher

MOST_SHIFT = 0.01
# What a tap does before the next frame of the browser: which card is on top then, all that has
# changed in the viewer, and whether any of it was drawn anew.
TAP = """
async ([x, y]) => {
  const changed = [];
  const watch = new MutationObserver((all) => changed.push(...all));
  const told = { subtree: true, childList: true, attributes: true, characterData: true };
  watch.observe(document.querySelector("dialog.viewer"), told);
  // What still follows from the tap before is not this one's.
  for (let still = 0; still < 5; still++) {
    await new Promise(requestAnimationFrame);
    if (changed.length) still = 0;
    changed.length = 0;
  }
  const on = document.elementFromPoint(x, y);
  const how = { bubbles: true, isPrimary: true, pointerId: 7, pointerType: "touch" };
  for (const kind of ["pointerdown", "pointerup"])
    on.dispatchEvent(new PointerEvent(kind, { ...how, clientX: x, clientY: y }));
  await new Promise(requestAnimationFrame);
  changed.push(...watch.takeRecords());
  watch.disconnect();
  const other = changed.filter(({ type, target }) =>
    type !== "attributes" || !target.matches(".layer, .layer > .picture"));
  return {
    now: document.querySelector(".layer.now").innerText,
    layers: new Set(changed.map(({ target }) => target.closest?.(".layer"))).size,
    other: other.map(({ type, target }) => `${type} ${target.outerHTML ?? target.data}`),
  };
}
"""


def test_what_is_done_here_is_done_in_the_other_tab(friends: Friends, sit: Sit) -> None:
    ana, helene = friends("Ana Ruiz", "Hélène Vasseur")
    tell(helene, words("The first card"))
    desk = sit(ana)
    page, other = desk.page, desk.context.new_page()
    for one in (page, other):
        one.goto(f"/stories/{helene.id}")
        shows(one, "The first card")
    for here, there, liked in ((page, other, "true"), (other, page, "false")):
        here.keyboard.press("l")
        like = viewer(there).get_by_role("button", name="Like")
        expect(like).to_have_attribute("aria-pressed", liked)


def test_what_is_seen_here_is_seen_in_the_other_tab(friends: Friends, sit: Sit) -> None:
    ana, helene, ben = friends("Ana Ruiz", "Hélène Vasseur", "Ben Dubois")
    still(ana)
    tell(helene, words("The first card"), words("The second card"))
    tell(ben, words("A word from Ben"))
    desk = sit(ana)
    page, other = desk.page, desk.context.new_page()
    for one in (page, other):
        one.goto("/")
        expect(ring(one, "Hélène Vasseur, 2 new frames")).to_be_visible()
        expect(ring(one, "Ben Dubois, 1 new frame")).to_be_visible()

    # One stop for the tabulator, arrows within.
    own = row(page).get_by_role("button", name="Your story")
    own.focus()
    own.press("End")
    first = row(page).locator("button:focus")
    expect(first).to_have_accessible_name(re.compile("new frame"))
    ring(page, "Hélène Vasseur").press("Enter")
    shows(page, "The first card")
    status = viewer(page).get_by_role("status").first
    expect(status).to_have_text("Hélène Vasseur. Frame 1 of 2, text: The first card")
    page.keyboard.press("ArrowRight")
    shows(page, "The second card")
    expect(ring(other, "Hélène Vasseur, all seen")).to_be_visible()
    expect(ring(other, "Ben Dubois, 1 new frame")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    shows(page, "The first card")
    page.keyboard.press("Escape")
    expect(viewer(page)).to_have_count(0)
    expect(ring(page, "Hélène Vasseur, all seen")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/$"))

    # What comes now moves nobody under the hands.
    tell(helene, words("The third card"))
    expect(ring(page, "Hélène Vasseur, 1 new frame")).to_be_focused()
    page.reload()
    expect(ring(page, "Hélène Vasseur, 1 new frame")).to_be_visible()


def test_a_reply_lands_in_the_conversation(friends: Friends, sit: Sit) -> None:
    ana, helene = friends("Ana Ruiz", "Hélène Vasseur")
    still(ana)
    tell(helene, words("Who comes on Friday?"))
    page = sit(ana).page
    held: list[Route] | None = []

    def hold(route: Route) -> None:
        """The code of the next page comes late."""
        if held is None:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile("/assets/MessagingPage"), hold)
    page.goto(f"/stories/{helene.id}")
    shows(page, "Who comes on Friday?")
    page.keyboard.press("l")
    like = viewer(page).get_by_role("button", name="Like")
    expect(like).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("r")
    field = viewer(page).get_by_label("Reply to Hélène…")
    expect(field).to_be_focused()
    page.keyboard.type("I do, gladly.")
    page.keyboard.press("Enter")
    expect(viewer(page).get_by_text("Your reply went to Hélène Vasseur.")).to_be_visible()
    expect(field).to_have_value("")
    viewer(page).get_by_role("button", name="Open the conversation").click()
    expect(viewer(page)).to_have_count(0)
    late, held = held or [], None
    for route in late:
        route.continue_()
    expect(page.locator("[data-line]").last).to_contain_text("I do, gladly.")
    (talk,) = helene.ask("GET", "/api/inbox?view=inbox")["rows"]
    assert helene.texts(talk["id"])[-1].endswith("I do, gladly.")

    # Its author sees who looked, and what for.
    told = helene.ask("GET", f"/api/stories/{helene.id}")["stories"][0]
    assert told["frames"][0]["counts"]["likes"] == 1


def test_a_tap_changes_nothing_but_which_frame_is_on_top(friends: Friends, sit: Sit) -> None:
    """What it brings is drawn already, and on the screen with the browser's next frame; the rest
    of the viewer follows."""
    ana, helene = friends("Ana Ruiz", "Hélène Vasseur")
    still(ana)
    tell(helene, *(words(f"Card {number}") for number in (1, 2, 3)))
    page = sit(ana, width=390).page
    page.goto(f"/stories/{helene.id}")
    status = viewer(page).get_by_role("status").first
    for x, number in ((340, 2), (340, 3), (20, 2)):
        expect(viewer(page).locator(".layer.near", has_text=f"Card {number}")).to_have_count(1)
        assert page.evaluate(TAP, [x, 300]) == {"now": f"Card {number}", "layers": 2, "other": []}
        expect(status).to_have_text(f"Hélène Vasseur. Frame {number} of 3, text: Card {number}")
    # Keys that come before anything was painted are about what is on the screen.
    page.evaluate(
        """() => {
          const on = document.querySelector("section.card");
          for (const key of ["ArrowLeft", "l"])
            on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        }"""
    )
    shows(page, "Card 1")
    like = viewer(page).get_by_role("button", name="Like")
    expect(like).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    expect(like).to_have_attribute("aria-pressed", "false")


def test_an_address_shows_one_person_and_back_closes(friends: Friends, sit: Sit) -> None:
    ana, helene, ben = friends("Ana Ruiz", "Hélène Vasseur", "Ben Dubois")
    still(ana)
    tell(helene, words("By Hélène"))
    tell(ben, words("By Ben"))
    page = sit(ana).page
    page.goto("/")
    ring(page, "Hélène Vasseur").click()
    shows(page, "By Hélène")
    expect(page).to_have_url(re.compile(f"/stories/{helene.id}$"))
    page.reload()
    shows(page, "By Hélène")
    page.keyboard.press("Escape")
    expect(viewer(page)).to_have_count(0)
    expect(page.get_by_role("heading", name="Stories", level=1)).to_be_visible()
    ring(page, "Ben Dubois").click()
    shows(page, "By Ben")
    page.go_back()
    expect(viewer(page)).to_have_count(0)
    expect(page).to_have_url(re.compile("/stories$"))


def test_who_is_kept_out_sees_nothing(friends: Friends, sit: Sit, watcher: Watcher) -> None:
    watcher.allow("status of 404")
    helene, ana, ben = friends("Hélène Vasseur", "Ana Ruiz", "Ben Dubois")
    still(ana, ben)
    told = tell(helene, words("Not for Ben"), hidden_from=[ben.id])
    page, other = sit(ana).page, sit(ben).page
    page.goto("/")
    ring(page, "Hélène Vasseur").click()
    shows(page, "Not for Ben")
    other.goto("/")
    expect(row(other)).to_contain_text("Nobody has told a story today.")
    expect(ring(other, "Hélène Vasseur")).to_have_count(0)
    other.goto(f"/stories/{helene.id}")
    expect(viewer(other)).to_contain_text("There is nothing to see here any more.")

    # Deleted, it goes from under the eyes of who is looking.
    helene.ask("DELETE", f"/api/stories/{helene.id}/{told['id']}")
    expect(viewer(page)).to_have_count(0)
    expect(ring(page, "Hélène Vasseur")).to_have_count(0)


def test_a_countdown_is_not_forgotten(friends: Friends, sit: Sit) -> None:
    helene, ana = friends("Hélène Vasseur", "Ana Ruiz")
    still(ana)
    now = int(time.time() * 1_000)
    fair = {"id": "c", "kind": "countdown", "x": 500, "y": 600, "text": "The fair"}
    asked = tell(helene, words("Almost", stickers=[{**fair, "at": now + 8_000}]))
    ana.ask("POST", f"/api/stories/{helene.id}/{asked['id']}/frames/1/stickers/c", remind=True)
    tell(helene, words("Still to come", stickers=[{**fair, "at": now + 3_600_000}]))
    page = sit(ana, width=360).page
    page.goto("/notifications")
    line = page.locator("[data-notice]")
    expect(line).to_contain_text("Hélène Vasseur’s countdown is over", timeout=20_000)
    expect(line).to_contain_text("The fair")
    assert axe(page) == []
    line.press("Enter")
    shows(page, "Almost")
    remind = viewer(page).locator(".layer.now").get_by_role("button", name="Remind me then")
    # Of what is over nobody is reminded.
    expect(remind).to_have_count(0)
    page.keyboard.press("ArrowRight")
    shows(page, "Still to come")
    for wanted in ("true", "false", "true"):
        with page.expect_response("**/stickers/c"):
            remind.press("Enter")
        expect(remind).to_have_attribute("aria-pressed", wanted)
    assert axe(page) == []
    (_, story) = ana.ask("GET", f"/api/stories/{helene.id}")["stories"]
    assert story["frames"][0]["stickers"][0]["reminded"]
    page.reload()
    shows(page, "Almost")
    page.keyboard.press("ArrowRight")
    shows(page, "Still to come")
    expect(remind).to_have_attribute("aria-pressed", "true")


def test_on_a_phone_in_french(friends: Friends, sit: Sit) -> None:
    ana, helene, ben = friends("Ana Ruiz", "Hélène Vasseur", "Ben Dubois", language="fr")
    still(ana)
    poll = {"id": "p", "kind": "poll", "x": 500, "y": 640, "text": "Où ?", "options": ["Ici", "Là"]}
    link = {"id": "l", "kind": "link", "x": 500, "y": 250, "url": "https://example.org/a?b"}
    tell(helene, words("Bonjour", caption="Une légende"), words("On vote", stickers=[poll, link]))
    tell(ben, words("Salut"))
    page = sit(ana, width=390, scheme="dark", language="fr").page
    page.add_init_script(WATCH_SHIFTS)
    page.add_init_script(f"localStorage.setItem('entregent.welcome.{ana.id}', 'away')")
    page.goto("/")
    expect(ring(page, "Hélène Vasseur, 2 nouvelles vues")).to_be_visible()
    settle(page)
    moved = shifts(page)
    assert sum(shift[0] for shift in moved) < MOST_SHIFT, moved
    assert axe(page) == []
    assert cut(page) == []
    assert english(page) == []

    ring(page, "Hélène Vasseur").tap()
    shows(page, "Bonjour")
    until(page, "() => document.getAnimations().every(({ playState }) => playState !== 'running')")
    assert axe(page) == []
    page.touchscreen.tap(340, 300)
    shows(page, "On vote")
    there = viewer(page).get_by_role("link", name="example.org")
    expect(there).to_have_attribute("rel", re.compile(r"nofollow.*ugc.*noopener"))
    viewer(page).get_by_role("button", name="Ici", exact=True).tap()
    expect(viewer(page).get_by_role("group", name="Où ?")).to_contain_text("100")
    assert axe(page) == []
    assert cut(page) == []
    assert english(page) == []
    page.touchscreen.tap(20, 300)
    shows(page, "Bonjour")

    # Collapsed here, it is so after a reload, too.
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Replier les stories").click()
    expect(ring(page, "Hélène Vasseur")).to_have_count(0)
    until(
        page,
        """() => fetch("/api/stories").then(answer => answer.json())
             .then(({ settings }) => settings.row === "collapsed")""",
    )
    page.reload()
    expect(page.get_by_role("button", name="Afficher les stories")).to_be_visible()
    expect(ring(page, "Hélène Vasseur")).to_have_count(0)
