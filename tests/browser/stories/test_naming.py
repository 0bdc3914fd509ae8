"""Who is named in a story finds it behind the bell."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import axe
from tests.browser.stories.telling import shows, still, tell, viewer, words


def test_the_bell_leads_to_the_story(friends: Friends, sit: Sit) -> None:
    helene, ana, ben = friends("Hélène Vasseur", "Ana Ruiz", "Benoît Aubrac")
    still(ana)
    page = sit(ana, width=360).page
    page.goto("/notifications")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    named = [
        {"id": one.id, "kind": "mention", "x": 500, "y": y, "text": "You", "member_id": one.id}
        for one, y in ((ana, 300), (ben, 700))
    ]
    told = tell(helene, words("Thanks to both", stickers=named), hidden_from=[ben.id])
    line = page.locator("[data-notice]")
    expect(line).to_contain_text("Hélène Vasseur mentioned you in a story")
    assert axe(page) == []
    assert ben.ask("GET", "/api/notices")["notices"] == []
    line.press("Enter")
    shows(page, "Thanks to both")
    assert page.url.endswith(f"/stories/{helene.id}")
    page.keyboard.press("Escape")
    expect(viewer(page)).to_have_count(0)

    # Deleted, it is nowhere.
    page.goto("/notifications")
    expect(line).to_have_count(1)
    helene.ask("DELETE", f"/api/stories/{helene.id}/{told['id']}")
    expect(line).to_have_count(0)
