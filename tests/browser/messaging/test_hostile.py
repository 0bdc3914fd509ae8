"""Text that means harm, in every field: shown as text, moving nothing, breaking no policy."""

import json

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.messaging.test_writing import bubble, do, pick
from tests.browser.pages import axe

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
TURNED = "photo\u202egpj.exe \u2066\u2067"
HIDDEN = "pay\u200b\u200bpal \ufeff\u2060"
LONG = "w" * 6_000
PILE = "Z" + "\u0301" * 300 + "algo"
TEXTS = [
    SCRIPT,
    f"*{SCRIPT}* _{SCRIPT}_ `{SCRIPT}`",
    f"```\n{SCRIPT}\n```\n> {SCRIPT}\n- {SCRIPT}",
    'javascript:alert(1) https://example.org/"onmouseover=alert(1) https://a.b/<script>',
    "@[<img src=x onerror=alert(1)>](member:1) @[x](javascript:alert(1))",
    TURNED,
    HIDDEN,
    LONG,
    f"https://example.org/{LONG}",
    f"```\n{LONG}\n```",
    PILE,
    "{name} {count, plural, other {#}} {{constructor}} ${7*7}",
    "\u0645\u0631\u062d\u0628\u0627 *\u0628\u0627\u0644\u0639\u0631\u0628\u064a\u0629* mixed",
]


def test_hostile_text_is_only_text(friends: Friends, sit: Sit) -> None:
    name = '<img src=x onerror=alert(1)> "><b>'
    ana, ben, eve = friends("Ana Ruiz", "Ben Dubois", name)
    key = ana.begin(ben, eve, text="Hello", title=f"Room {SCRIPT}")
    for text in TEXTS:
        eve.say(key, text)
    one = sit(ana, width=390)
    one.go(f"/messages/{key}")
    expect(bubble(one, "mixed")).to_be_visible()
    page = one.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.evaluate(
        "[...document.querySelectorAll('.bubble')].filter(b => b.getBoundingClientRect().right"
        " > innerWidth || b.getBoundingClientRect().left < 0).length"
    )
    assert wide == 0
    assert page.locator(".thread img, .thread script, .thread b").count() == 0
    hrefs = page.locator(".thread .text a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(hrefs) <= {"https:", "http:"}
    shown = page.locator(".thread .text").evaluate_all("all => all.map(a => a.textContent)")
    assert all(sign not in text for text in shown for sign in "\u202e\u2066\u2067\u200b\ufeff")
    assert any(SCRIPT in text for text in shown)
    assert "photogpj.exe" in " ".join(shown)
    assert axe(page) == []


def test_hostile_text_in_what_is_done_with_messages(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday")
    one, other = sit(ana), sit(ben)
    one.go(f"/messages/{key}")
    other.go(f"/messages/{key}")
    for text in (SCRIPT, TURNED, LONG):
        one.composer.fill(text)
        one.page.keyboard.press("Enter")
        expect(one.composer).to_have_value("")
    pick(one, "alert(2)").get_by_role("button", name="Reply with a quotation").click()
    one.write(f"quoting {SCRIPT}")
    expect(bubble(other, "quoting").locator(".quote")).to_contain_text("onerror=alert(1)")
    do(one, "quoting", "Edit")
    one.composer.fill(f"edited {TURNED}{SCRIPT}")
    one.page.keyboard.press("Enter")
    bubble(other, "edited photo").get_by_role("button", name="edited").click()
    expect(other.page.get_by_role("dialog")).to_contain_text("quoting <img")
    other.page.keyboard.press("Escape")
    do(one, "edited photo", "Forward")
    one.page.get_by_role("combobox", name="Forward").fill(SCRIPT)
    expect(one.page.get_by_text("Nobody is called")).to_be_visible()
    one.page.keyboard.press("Escape")
    pick(one, "edited photo").get_by_role("button", name="React with an emoji").click()
    one.page.get_by_role("combobox", name="Search emoji").fill(SCRIPT)
    expect(one.page.get_by_text("No emoji for")).to_be_visible()
    for desk in (one, other):
        assert desk.page.locator(".thread img, .thread script").count() == 0


def test_reading_above_stays_where_it_is(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Message 0")
    for number in range(1, 40):
        ben.say(key, f"Message {number}. " + "More to read. " * 12)
    one = sit(ana)
    one.go(f"/messages/{key}")
    expect(bubble(one, "Message 39")).to_be_visible()
    one.page.get_by_role("region", name="Messages with Ben Dubois").focus()
    bubble(one, "Message 20.").scroll_into_view_if_needed()
    one.page.mouse.move(0, 0)
    line = bubble(one, "Message 20.")
    before = line.bounding_box()
    assert before
    for seq in (36, 38, 40):
        ana.ask("PUT", f"/api/conversations/{key}/messages/{seq}/reactions/%F0%9F%8E%89")
    ben.ask("PATCH", f"/api/conversations/{key}/messages/38", text="Changed\n" * 12)
    ben.say(key, "Message 41, the last")
    expect(bubble(one, "Message 39").get_by_role("button", name="🎉")).to_be_attached()
    expect(one.page.get_by_role("button", name="1 new")).to_be_visible()
    after = line.bounding_box()
    assert after
    assert abs(after["y"] - before["y"]) < 1, json.dumps([before, after])
