"""Full inboxes, and what a keyboard says of them."""

from playwright.sync_api import Page, expect

from tests.browser.messaging.people import Desk, Friends, Member, Sit
from tests.browser.pages import until


def inbox(friends: Friends, sit: Sit, names: int = 5, language: str = "en") -> tuple[Member, Desk]:
    """A member with that many conversations, the one with “Friend 1” on top."""
    people = friends("Ana Ruiz", *(f"Friend {n}" for n in range(names, 0, -1)), language=language)
    for person in people[1:]:
        person.begin(people[0], text=f"From {person.name}")
    one = sit(people[0], language=language)
    one.page.goto("/messages")
    expect(one.page.get_by_role("option")).to_have_count(names)
    begin(one.page, "Friend 1")
    return people[0], one


def begin(page: Page, name: str) -> None:
    """Takes the list in hand, once its cursor stands on the conversation with this person."""
    page.get_by_role("listbox").focus()
    at(page, name)


def at(page: Page, name: str) -> None:
    """Waits until a screen reader would say that this is the current row."""
    page.wait_for_function(
        """wanted => {
          const list = document.activeElement;
          const row = document.getElementById(list?.getAttribute("aria-activedescendant") ?? "");
          return row?.querySelector(".name")?.textContent.trim().endsWith(wanted) ?? false;
        }""",
        arg=name,
    )


# How many things a store of this browser holds, some frames from now: what is shown first is
# kept after it.
HOW_MANY = """async (store) => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const found = (await indexedDB.databases()).find((one) => /[.][0-9]+$/.test(one.name));
  if (!found) return -1;
  const db = await new Promise((done) => {
    const asked = indexedDB.open(found.name);
    asked.onsuccess = () => done(asked.result);
  });
  const asked = db.transaction(store).objectStore(store).count();
  await new Promise((done) => (asked.onsuccess = done));
  db.close();
  return asked.result;
}"""


def sent(page: Page) -> None:
    """Waits until the server has answered all that was done here."""
    until(page, f"async () => (await ({HOW_MANY})('outbox')) === 0")


def kept(page: Page) -> None:
    """Waits until this browser remembers what was read, for a page opened without a network."""
    for store in ("threads", "rows"):
        until(page, f"async () => (await ({HOW_MANY})('{store}')) > 0")


def agreed(page: Page, **counts: int) -> None:
    """Waits until the server counts so, too."""
    until(
        page,
        """wanted => fetch("/api/counts").then(answer => answer.json()).then(counts =>
             Object.entries(wanted).every(([name, count]) => counts[name] === count))""",
        counts,
    )
