"""Full inboxes, and what a keyboard says of them."""

from playwright.sync_api import Page, expect

from tests.browser.messaging.people import Desk, Friends, Member, Sit


def inbox(friends: Friends, sit: Sit, names: int = 5, language: str = "en") -> tuple[Member, Desk]:
    """A member with that many conversations, the one with “Friend 1” on top."""
    people = friends("Ana Ruiz", *(f"Friend {n}" for n in range(names, 0, -1)), language=language)
    for person in people[1:]:
        person.begin(people[0], text=f"From {person.name}")
    one = sit(people[0], language=language)
    one.page.goto("/messages")
    expect(one.page.get_by_role("option")).to_have_count(names)
    one.page.get_by_role("listbox").focus()
    return people[0], one


def current(page: Page) -> str:
    """What a screen reader says is the current row."""
    name = page.evaluate(
        """() => {
          const list = document.activeElement;
          const row = document.getElementById(list?.getAttribute("aria-activedescendant") ?? "");
          return row?.querySelector(".name")?.textContent.replace("Unread.", "").trim() ?? "";
        }"""
    )
    return str(name)


def agreed(page: Page, **counts: int) -> None:
    """Waits until the server counts so, too."""
    page.wait_for_function(
        """wanted => fetch("/api/counts").then(answer => answer.json()).then(counts =>
             Object.entries(wanted).every(([name, count]) => counts[name] === count))""",
        arg=counts,
    )
