"""What of stories stays on a profile: kept by its author, seen by those who could see it."""

import re

from playwright.sync_api import Route, expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import WATCH_SHIFTS, axe, cut, painted, shifts
from tests.browser.stories.telling import shows, still, tell, viewer, words


def test_a_story_kept_on_the_profile(friends: Friends, sit: Sit) -> None:
    helene, ana, ben = friends("Hélène Vasseur", "Ana Ruiz", "Ben Dubois")
    still(helene, ana)
    tell(helene, words("The first bench"), words("The second bench"), hidden_from=[ben.id])
    handle = helene.ask("GET", "/api/boot")["me"]["handle"]
    page = sit(helene).page
    page.goto(f"/stories/{helene.id}")
    shows(page, "The first bench")
    page.keyboard.press("ArrowRight")
    shows(page, "The second bench")
    viewer(page).get_by_role("button", name="More").press("Enter")
    page.get_by_role("menuitem", name="Keep on your profile").click()
    asked = page.get_by_role("dialog", name="Keep on your profile")
    asked.get_by_label("Title").fill("Benches")
    assert axe(page) == []
    page.keyboard.press("Enter")
    expect(asked).to_have_count(0)

    # Whoever could see it sees it there, and nobody else.
    other = sit(ana, width=360, scheme="dark").page
    other.goto(f"/in/{handle}")
    kept = other.locator("section", has_text="Kept stories").get_by_role("listitem")
    expect(kept).to_have_count(1)
    assert axe(other) == []
    assert cut(other) == []
    kept.get_by_role("button", name="Benches").press("Enter")
    shows(other, "The second bench")
    expect(viewer(other)).to_contain_text("Benches")
    expect(viewer(other).get_by_role("button", name="Like")).to_have_count(0)
    other.keyboard.press("ArrowRight")
    expect(viewer(other)).to_have_count(0)
    expect(kept.get_by_role("button", name="Benches")).to_be_focused()
    expect(other).to_have_url(re.compile(f"/in/{handle}$"))
    assert ben.ask("GET", f"/api/profiles/{handle}/highlights")["highlights"] == []

    # Its author calls it otherwise, takes it away, and has it back.
    page.goto(f"/in/{handle}")
    mine = page.locator("section", has_text="Kept stories")
    mine.get_by_role("button", name="Options for Benches").click()
    page.get_by_role("menuitem", name="Title and frames").click()
    edit = page.get_by_role("dialog", name="Title and frames")
    expect(edit.get_by_role("listitem")).to_have_count(1)
    edit.get_by_label("Title").fill("Workbenches")
    assert axe(page) == []
    edit.get_by_role("button", name="Save").click()
    mine.get_by_role("button", name="Options for Workbenches").click()
    page.get_by_role("menuitem", name="Take from the profile").click()
    expect(mine).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(mine.get_by_role("button", name="Options for Workbenches")).to_be_visible()


def test_what_comes_late_to_a_profile_moves_nothing(friends: Friends, sit: Sit) -> None:
    helene, ana = friends("Hélène Vasseur", "Ana Ruiz")
    story = tell(helene, words("The first bench"))
    frame = {"story_id": story["id"], "frame_id": story["frames"][0]["id"]}
    helene.ask("POST", "/api/highlights", title="Benches", frames=[frame])
    handle = helene.ask("GET", "/api/boot")["me"]["handle"]
    helene.ask("PATCH", "/api/profile", skills=["Joinery"])
    page = sit(ana).page
    page.add_init_script(WATCH_SHIFTS)
    held: list[Route] = []
    for path in ("highlights", "mine"):
        page.route(f"**/{path}", lambda route: held.append(route))
    page.goto(f"/in/{handle}")
    expect(page.get_by_role("heading", name=helene.name, level=1)).to_be_visible()
    painted(page)
    with page.expect_request("**/mine"):
        held.pop().continue_()
    expect(page.get_by_role("button", name="Benches")).to_be_visible()
    expect(page.get_by_text("Joinery")).to_be_visible()
    painted(page)
    held.pop().continue_()
    expect(page.get_by_role("button", name="How strong is our tie?")).to_be_visible()
    painted(page)
    assert shifts(page) == []
