"""A member's photo and cover: chosen and cut on one's own page, seen by others, and taken away."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.media.pairs import LONG_MS, Meet, shown
from tests.browser.messaging.people import Member
from tests.browser.pages import axe

Draw = Callable[..., Path]

# What stands at a point of a picture, counted in tenths of it.
_COLOUR = """
(image, [x, y]) => {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const [red, , blue] = pen.getImageData(canvas.width * x / 10, canvas.height * y / 10, 1, 1).data;
  return red > 180 && blue < 80 ? "red" : blue > 180 && red < 80 ? "blue" : `${red} ${blue}`;
}
"""


def halves(path: Path) -> Path:
    """Red on the left, blue on the right; twice as wide as it is high."""
    picture = Image.new("RGB", (640, 320), (230, 20, 20))
    picture.paste((20, 20, 230), (320, 0, 640, 320))
    picture.save(path)
    return path


def colour(image: Locator, x: float, y: float = 5) -> str:
    """The colour at a point."""
    found: str = image.evaluate(_COLOUR, [x, y])
    return found


def at_home(page: Page, member: Member) -> None:
    """On one's own page."""
    handle = member.ask("GET", "/api/boot")["me"]["handle"]
    page.goto(f"/in/{handle}")
    expect(page.get_by_role("heading", name=member.name, level=1)).to_be_attached()


def face(row: Locator) -> Locator:
    """The photo of a row."""
    return row.first.locator(".avatar img")


def test_a_photo_is_cut_by_keys_seen_in_the_list_and_taken_away(meet: Meet, tmp_path: Path) -> None:
    pair = meet()
    page = pair.one.page
    at_home(page, pair.ana)
    add = page.get_by_role("button", name="Add a photo")
    add.press("Enter")
    dialog = page.get_by_role("dialog", name="Photo")
    expect(dialog.get_by_role("button", name="Choose a picture")).to_be_visible()
    assert axe(page) == []
    dialog.locator("input[type=file]").set_input_files(halves(tmp_path / "me.png"))
    frame, across = dialog.get_by_role("application"), dialog.get_by_label("Left to right")
    expect(frame).to_be_visible(timeout=LONG_MS)
    assert axe(page) == []
    expect(across).to_have_value("0.5")
    frame.press("ArrowRight")
    expect(across).not_to_have_value("0.5")
    frame.press("+")
    expect(dialog.get_by_role("slider", name="Zoom")).not_to_have_value("1")
    across.press("End")
    dialog.get_by_role("button", name="Use this picture").press("Enter")
    expect(page.get_by_text("Your photo has changed.")).to_be_visible(timeout=LONG_MS)
    expect(dialog).to_have_count(0)

    row = pair.other.row("Ana Ruiz")
    shown(face(row), 1)
    assert [colour(face(row), x) for x in (1, 9)] == ["blue", "blue"]
    shown(page.locator("main header .avatar img"), 1)
    assert axe(page) == []
    assert axe(pair.other.page) == []

    page.get_by_role("button", name="Change your photo").press("Enter")
    dialog.get_by_role("button", name="Remove").press("Enter")
    expect(add).to_be_visible(timeout=LONG_MS)
    expect(face(row)).to_have_count(0, timeout=LONG_MS)
    page.get_by_role("button", name="Undo").click()
    shown(face(row), 1)


def test_a_cover_is_cut_by_hand_and_cut_anew(meet: Meet, tmp_path: Path) -> None:
    pair = meet(width=390, scheme="dark")
    page = pair.one.page
    at_home(page, pair.ana)
    page.get_by_role("button", name="Add a cover").click()
    dialog = page.get_by_role("dialog", name="Cover")
    dialog.locator("input[type=file]").set_input_files(halves(tmp_path / "cover.png"))
    frame, zoom = dialog.get_by_role("application"), dialog.get_by_role("slider", name="Zoom")
    expect(frame).to_be_visible(timeout=LONG_MS)
    zoom.press("End")
    expect(zoom).not_to_have_value("1")
    box = frame.bounding_box()
    assert box is not None
    # The picture follows the hand: drawn far to the right, its left stands in the frame.
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 3, box["y"] + 20, steps=4)
    page.mouse.up()
    dialog.get_by_role("button", name="Use this picture").click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    cover = page.locator(".cover img")
    shown(cover, 1)
    assert [colour(cover, x) for x in (1, 9)] == ["red", "red"]

    # It is cut anew out of what was chosen, not out of what is left of it.
    change = page.get_by_role("button", name="Change the cover")
    change.click()
    dialog.get_by_role("button", name="Adjust").click()
    expect(zoom).not_to_have_value("1", timeout=LONG_MS)
    zoom.press("Home")
    expect(zoom).to_have_value("1")
    before = cover.get_attribute("src")
    dialog.get_by_role("button", name="Use this picture").click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    expect(cover).not_to_have_attribute("src", before or "", timeout=LONG_MS)
    shown(cover, 1)
    assert [colour(cover, x) for x in (1, 9)] == ["red", "blue"]

    other = pair.other.page
    handle = pair.ana.ask("GET", "/api/boot")["me"]["handle"]
    other.goto(f"/in/{handle}")
    shown(other.locator(".cover img"), 1)
    expect(other.get_by_role("button", name="Change the cover")).to_have_count(0)
    assert axe(other) == []


def test_what_is_no_picture_is_said_so(meet: Meet, tmp_path: Path) -> None:
    pair = meet()
    page = pair.one.page
    text = tmp_path / "plan.png"
    text.write_text("no picture at all")
    at_home(page, pair.ana)
    page.get_by_role("button", name="Add a photo").click()
    dialog = page.get_by_role("dialog", name="Photo")
    dialog.locator("input[type=file]").set_input_files(text)
    expect(dialog.get_by_role("alert")).to_contain_text("This browser cannot open plan.png")
    expect(dialog.get_by_role("application")).to_have_count(0)
