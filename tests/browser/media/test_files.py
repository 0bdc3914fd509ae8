"""Pictures and files in messages: attached, pasted, dropped; sent when they are up; seen large."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.media.pairs import LONG_MS, Meet, attach, line, names, send, shown, tray
from tests.browser.pages import axe, until
from tests.browser.watching import Watcher

Draw = Callable[..., Path]
AWAY = r"Failed to load resource|ERR_"

# Files as a paste or a drop brings them: a small picture, drawn here.
BRING = """
async (kind) => {
  const canvas = new OffscreenCanvas(40, 30);
  canvas.getContext("2d").fillRect(0, 0, 40, 30);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const data = new DataTransfer();
  data.items.add(new File([blob], `${kind}.png`, { type: "image/png" }));
  const field = document.querySelector("form.composer textarea");
  const how = { bubbles: true, cancelable: true };
  if (kind === "pasted")
    return void field.dispatchEvent(new ClipboardEvent("paste", { ...how, clipboardData: data }));
  const box = field.getBoundingClientRect();
  const at = { clientX: box.x + 5, clientY: box.y - 100, dataTransfer: data, ...how };
  field.dispatchEvent(new DragEvent("dragenter", at));
  window.letGo = () => field.dispatchEvent(new DragEvent("drop", at));
}
"""

# How many files this browser keeps until they are sent.
KEPT = """
async () => {
  const all = await indexedDB.databases();
  const found = all.find((one) => one.name.startsWith("entregent.files."));
  if (!found) return -1;
  const db = await new Promise((done) => {
    const asked = indexedDB.open(found.name);
    asked.onsuccess = () => done(asked.result);
  });
  const asked = db.transaction("files").objectStore("files").count();
  await new Promise((done) => (asked.onsuccess = done));
  db.close();
  return asked.result;
}
"""


def test_pictures_and_a_file_reach_the_other(meet: Meet, draw: Draw, tmp_path: Path) -> None:
    pair = meet()
    plan = tmp_path / "plan.txt"
    plan.write_text("Tuesday, all of it")
    attach(pair.one, draw("first.png"), draw("second.jpg", 200, 300, "navy"), plan)
    pair.one.composer.fill("Here they are")
    send(pair.one)
    expect(tray(pair.one)).to_have_count(0)
    for desk in (pair.one, pair.other):
        expect(line(desk)).to_contain_text("Here they are", timeout=LONG_MS)
        shown(line(desk).locator("img"), 2)
    link = line(pair.other).get_by_role("link", name=re.compile("plan.txt"))
    expect(link).to_be_visible(timeout=LONG_MS)
    with pair.other.page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == "plan.txt"
    expect(pair.other.row("Ana Ruiz")).to_contain_text("3 files")
    assert axe(pair.other.page) == []


def test_the_gallery_goes_by_keys(meet: Meet, draw: Draw) -> None:
    pair = meet(width=390, scheme="dark")
    attach(pair.one, draw("one.png"), draw("two.png", colour="navy"))
    # Said of a picture for who cannot see it.
    tray(pair.one).get_by_role("button", name="Describe one.png").click()
    words = pair.one.page.get_by_label("What does it show?")
    words.fill("A teal wall")
    words.press("Enter")
    expect(words).to_have_count(0)
    send(pair.one)
    page = pair.other.page
    shown(line(pair.other).locator("img"), 2)
    first = page.get_by_role("button", name="Open A teal wall")
    first.press("Enter")
    gallery = page.get_by_role("dialog", name="Pictures and videos")
    expect(gallery.get_by_role("img", name="A teal wall")).to_be_visible()
    expect(gallery).to_contain_text("1 of 2")
    assert axe(page) == []
    page.keyboard.press("ArrowRight")
    expect(gallery).to_contain_text("2 of 2")
    page.keyboard.press("+")
    expect(gallery.get_by_role("button", name="Zoom out")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(gallery).to_have_count(0)
    expect(first).to_be_focused()


def test_pasted_and_dropped(meet: Meet) -> None:
    pair = meet()
    page = pair.one.page
    page.evaluate(BRING, "pasted")
    expect(tray(pair.one)).to_contain_text("pasted.png")
    page.evaluate(BRING, "dropped")
    expect(page.get_by_text("Drop files here to attach them")).to_be_visible()
    page.evaluate("letGo()")
    expect(page.get_by_text("Drop files here to attach them")).to_have_count(0)
    expect(tray(pair.one)).to_contain_text("dropped.png")
    # One is taken out: the other goes alone.
    tray(pair.one).get_by_role("button", name="Remove pasted.png").click()
    expect(tray(pair.one).get_by_role("listitem")).to_have_count(1)
    send(pair.one)
    shown(line(pair.other).locator("img"), 1)
    said = pair.ben.ask("GET", f"/api/conversations/{pair.key}/messages")["messages"]
    assert names(said) == ["dropped.png"]


def test_sent_before_it_is_up_and_without_a_network(
    meet: Meet, draw: Draw, watcher: Watcher
) -> None:
    watcher.allow(AWAY)
    pair = meet()
    one = pair.one
    attach(one, draw("first.png"))
    one.offline()
    attach(one, draw("later.png", colour="navy"))
    one.composer.fill("When I am back")
    send(one)
    expect(line(one)).to_contain_text("When I am back")
    expect(line(one).get_by_role("button", name="Stop sending")).to_be_visible()
    # Words are not held up by a file.
    one.write("This goes first")
    one.offline(False)
    expect(pair.other.page.locator("[data-line]").filter(has_text="When I am back")).to_be_visible(
        timeout=LONG_MS
    )
    texts = pair.ben.texts(pair.key)
    assert sorted(texts[1:]) == ["This goes first", "When I am back"]
    shown(pair.other.page.locator("[data-line] img"), 2)


def test_a_reload_keeps_what_is_attached(meet: Meet, draw: Draw, watcher: Watcher) -> None:
    # What the page before has sent may arrive when this one asks how much there is.
    watcher.allow("status of 409")
    pair = meet()
    attach(pair.one, draw("kept.png"))
    pair.one.page.reload()
    expect(tray(pair.one)).to_contain_text("kept.png", timeout=LONG_MS)
    send(pair.one)
    shown(line(pair.other).locator("img"), 1)
    pair.one.page.reload()
    shown(line(pair.one).locator("img"), 1)
    expect(tray(pair.one)).to_have_count(0)


def test_taken_back_gives_the_files_back(meet: Meet, draw: Draw) -> None:
    pair = meet()
    pair.ana.ask("PATCH", "/api/settings", undo_seconds=30)
    pair.one.page.reload()
    expect(pair.one.composer).to_be_visible()
    with pair.one.page.expect_response(
        lambda answer: answer.request.method == "PATCH" and "/api/uploads/" in answer.url
    ):
        attach(pair.one, draw("regretted.png"))
    expect(tray(pair.one).get_by_role("progressbar")).to_have_count(0)
    pair.one.composer.fill("Too soon")
    send(pair.one)
    line(pair.one).get_by_role("button", name=re.compile("Undo|Stop sending")).click()
    expect(pair.one.composer).to_have_value("Too soon")
    expect(tray(pair.one)).to_contain_text("regretted.png")
    assert pair.ben.texts(pair.key) == ["Hello Ana"]


def test_what_has_left_is_kept_here_no_longer(meet: Meet, draw: Draw) -> None:
    pair = meet()
    pair.ana.ask("PATCH", "/api/settings", undo_seconds=5)
    pair.one.page.reload()
    attach(pair.one, draw("sent.png"))
    until(pair.one.page, f"async () => (await ({KEPT})()) === 1")
    expect(tray(pair.one).get_by_role("progressbar")).to_have_count(0, timeout=LONG_MS)
    send(pair.one)
    shown(line(pair.other).locator("img"), 1)
    until(pair.one.page, f"async () => (await ({KEPT})()) === 0")


def test_what_is_no_picture_is_said_to_be_none(meet: Meet, tmp_path: Path) -> None:
    pair = meet()
    false = tmp_path / "holiday.jpg"
    false.write_bytes(b"<script>alert(1)</script>" * 40)
    attach(pair.one, false)
    # Looked at before it is sent, it never leaves the composer.
    expect(tray(pair.one).locator(".refused")).to_contain_text("holiday.jpg", timeout=LONG_MS)
    expect(pair.one.page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    tray(pair.one).get_by_role("button", name="Remove holiday.jpg").click()
    expect(tray(pair.one)).to_have_count(0)
    pair.one.write("Without it, then")
    expect(line(pair.other)).to_contain_text("Without it, then", timeout=LONG_MS)
    assert names(pair.ben.ask("GET", f"/api/conversations/{pair.key}/messages")["messages"]) == []
