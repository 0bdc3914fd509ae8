"""What an author does with a story that is told: who saw it, what they answered, for whom it is."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import axe
from tests.browser.stories.telling import row, shows, still, tell, viewer, words

POLL = {"id": "p", "kind": "poll", "x": 500, "y": 300, "text": "Tea?", "options": ["Yes", "No"]}
QUESTION = {"id": "q", "kind": "question", "x": 500, "y": 700, "text": "What shall I show next?"}


def test_an_author_reads_answers_and_changes_who_sees_it(friends: Friends, sit: Sit) -> None:
    helene, ana, ben = friends("Hélène Vasseur", "Ana Ruiz", "Benoît Aubrac")
    still(helene)
    told = tell(helene, words("Two things to ask", stickers=[POLL, QUESTION]))
    frame = f"/api/stories/{helene.id}/{told['id']}/frames/{told['frames'][0]['id']}"
    ana.ask("POST", f"{frame}/stickers/p", option=1)
    ben.ask("POST", f"{frame}/stickers/q", text="The lathe, please.")
    ana.ask("POST", f"{frame}/like", on=True)
    ana.ask(
        "POST",
        "/api/stories/seen",
        seen=[{"author_id": helene.id, "story_id": told["id"], "frames": 1}],
    )
    page = sit(helene).page
    page.goto(f"/stories/{helene.id}")
    shows(page, "Two things to ask")
    viewer(page).get_by_role("button", name="Seen by 1 person").press("Enter")
    panel = page.get_by_role("dialog", name="Who has seen it")
    expect(panel.get_by_role("heading", name="Tea?")).to_be_visible()
    expect(panel).to_contain_text("1 · 100%")
    expect(panel.get_by_role("listitem").filter(has_text="Ana Ruiz").first).to_contain_text("No")
    expect(panel.get_by_role("listitem").filter(has_text="Benoît Aubrac")).to_contain_text(
        "The lathe, please."
    )
    expect(panel.get_by_role("heading", name="Seen by 1 person")).to_be_visible()
    expect(panel.get_by_role("img", name="Likes this frame")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)

    # From now on it is for everybody but Ben, and nobody may reply.
    viewer(page).get_by_role("button", name="More").press("Enter")
    page.get_by_role("menuitem", name="Who sees it and may reply").click()
    change = page.get_by_role("dialog", name="Who sees it and may reply")
    change.get_by_label("Who sees it").select_option("everyone")
    field = change.get_by_label("Hide it from")
    field.press_sequentially("Benoît Au")
    expect(change.get_by_role("option", name="Benoît Aubrac").first).to_be_visible()
    field.press("Enter")
    expect(change.get_by_role("list", name="Hide it from")).to_contain_text("Benoît Aubrac")
    change.get_by_label("Who may reply").select_option("none")
    assert axe(page) == []
    change.get_by_role("button", name="Save").click()
    expect(change).to_have_count(0)
    expect(viewer(page)).to_contain_text("Saved: it holds from now on.")
    (seen,) = ana.ask("GET", f"/api/stories/{helene.id}")["stories"]
    assert not seen["may_reply"]
    assert ben.ask("GET", "/api/stories")["tellers"] == []


def test_an_answer_is_shown_to_all_without_its_name(friends: Friends, sit: Sit) -> None:
    helene, ana, ben = friends("Hélène Vasseur", "Ana Ruiz", "Benoît Aubrac")
    still(helene, ana, ben)
    told = tell(helene, words("Something to ask", stickers=[QUESTION]))
    # Who answers knows it before.
    other = sit(ana).page
    other.goto(f"/stories/{helene.id}")
    field = viewer(other).get_by_label("Answer to: What shall I show next?")
    expect(field).to_have_accessible_description(
        "Your answer may be shown to others, without your name."
    )
    assert axe(other) == []
    field.fill("The lathe, please.")
    with other.expect_response("**/stickers/q"):
        field.press("Enter")

    # Or says that the name may be there.
    third = sit(ben).page
    third.goto(f"/stories/{helene.id}")
    viewer(third).get_by_label("With my name").check()
    field = viewer(third).get_by_label("Answer to: What shall I show next?")
    expect(field).to_have_accessible_description(
        "Your answer may be shown to others, with your name."
    )
    field.fill("The forge.")
    with third.expect_response("**/stickers/q"):
        field.press("Enter")

    page = sit(helene, width=360).page
    page.goto(f"/stories/{helene.id}")
    shows(page, "Something to ask")
    viewer(page).get_by_role("button", name="Seen by").press("Enter")
    panel = page.get_by_role("dialog", name="Who has seen it")
    panel.get_by_role("button", name="Show Ana Ruiz’s answer in a story, without the name").press(
        "Enter"
    )
    made = page.get_by_role("dialog", name="New story")
    expect(made.get_by_label("Text", exact=True)).to_have_value("The lathe, please.")
    assert axe(page) == []
    # Put aside, one is back where one was; asked for again, it is the same card.
    made.get_by_role("button", name="Close").press("Enter")
    expect(made).to_have_count(0)
    again = panel.get_by_role("button", name="Show Ana Ruiz’s answer")
    expect(again).to_be_focused()
    again.press("Enter")
    expect(made.get_by_role("list", name="Frames").get_by_role("listitem")).to_have_count(1)
    # The next is asked for before the browser has said that this one was closed.
    name = "Show Benoît Aubrac’s answer in a story, with the name"
    closing = made.get_by_role("button", name="Close").element_handle()
    asking = page.get_by_label(name).element_handle()
    page.evaluate("([closing, asking]) => { closing.click(); asking.click(); }", [closing, asking])
    expect(made.get_by_role("list", name="Frames").get_by_role("listitem")).to_have_count(2)
    made.press("Control+Enter")
    expect(made).to_have_count(0)

    third.goto("/")
    third.goto(f"/stories/{helene.id}")
    shows(third, "The lathe, please.")
    shows(third, "What shall I show next?")
    stories = ben.ask("GET", f"/api/stories/{helene.id}")["stories"]
    assert stories[0]["id"] == told["id"]
    assert "Ana" not in str(stories[1])
    named = [one["member_id"] for one in stories[1]["frames"][1]["stickers"]]
    assert named == [None, str(ben.id)]


def test_replies_arrive_in_the_mailbox_that_the_author_chose(friends: Friends, sit: Sit) -> None:
    helene, ana = friends("Hélène Vasseur", "Ana Ruiz")
    box = helene.ask("POST", "/api/boxes", name="Workshop")["id"]
    told = tell(helene, words("Who comes on Friday?"))
    desk = sit(helene, width=360)
    page = desk.page
    page.goto("/stories")
    menu = row(page).get_by_role("button", name="Options for stories")
    menu.press("Enter")
    expect(page.get_by_role("menuitemradio", name="Personal")).to_be_checked()
    assert axe(page) == []
    with page.expect_response("**/api/stories/settings"):
        page.get_by_role("menuitemradio", name="Workshop").press("Enter")
    ana.ask(
        "POST",
        f"/api/stories/{helene.id}/{told['id']}/frames/{told['frames'][0]['id']}/replies",
        text="I do, gladly.",
    )
    desk.go(f"/messages/box:{box}")
    expect(desk.row("Ana Ruiz")).to_contain_text("I do, gladly.")


def test_who_looked_is_kept_as_a_lead(friends: Friends, sit: Sit) -> None:
    helene, ana = friends("Hélène Vasseur", "Ana Ruiz")
    still(helene)
    helene.ask("PUT", f"/api/people/{ana.id}/mine", tags=["Alumni"], note="Knows lathes")
    told = tell(helene, words("Who comes on Friday?"))
    seen = {"author_id": helene.id, "story_id": told["id"], "frames": 1}
    ana.ask("POST", "/api/stories/seen", seen=[seen])
    page = sit(helene, width=360).page
    page.goto(f"/stories/{helene.id}")
    shows(page, "Who comes on Friday?")
    viewer(page).get_by_role("button", name="Seen by 1 person").press("Enter")
    lead = page.get_by_role("button", name="Keep Ana Ruiz as a lead")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        lead.press("Enter")
    expect(lead).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Ana Ruiz is in your list “Leads”.")).to_be_visible()
    assert axe(page) == []
    # Looked at anew, in another language, she is one still.
    helene.ask("PATCH", "/api/settings", language="fr")
    page.reload()
    viewer(page).get_by_role("button", name="Vue par 1 personne").press("Enter")
    lead = page.get_by_role("button", name="Garder Ana Ruiz comme prospect")
    expect(lead).to_have_attribute("aria-pressed", "true")
    mine = helene.ask("GET", f"/api/people/{ana.id}/mine")
    assert (sorted(mine["tags"]), mine["note"]) == (["Alumni", "Leads"], "Knows lathes")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        lead.press("Enter")
    expect(page.get_by_text("Ana Ruiz ne figure plus dans votre liste « Leads ».")).to_be_visible()
    expect(lead).to_have_attribute("aria-pressed", "false")
    assert helene.ask("GET", f"/api/people/{ana.id}/mine")["tags"] == ["Alumni"]
    page.goto("/network/lists")
    expect(page.get_by_role("navigation", name="Vos étiquettes")).to_contain_text("Alumni")
