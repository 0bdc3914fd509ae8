"""Search with operators: the same on both databases, accents and case ignored."""

import json
from typing import Any

import pytest

from entregent.messaging.actions import react, read_up_to
from entregent.messaging.asking import Typed, moment, span, take_apart
from entregent.messaging.reading import search
from entregent.messaging.search_index import EVER, catch_up
from entregent.network import connect
from tests.messaging.talk import a_send, begin, say, say_all
from tests.world import World

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("text", "words", "asked"),
    [
        ("hello from:ana", "hello", [("from", "ana")]),
        ('from:"Ana Lima" hello', "hello", [("from", "ana lima")]),
        ("de:“Chloé” avant:2024", "", [("from", "chloe"), ("before", "2024")]),
        ("from: hello", "hello", []),
        ("FROM:Ana À:moi", "", [("from", "ana"), ("to", "moi")]),
        ("https://a.example re:budget 10:30", "https://a.example re:budget 10:30", []),
        ("étiquette:Été has:FILE", "", [("label", "ete"), ("has", "file")]),
        ('from:"Ana', "", [("from", "ana")]),
        ("xfrom:ana", "xfrom:ana", []),
        ("avant:Aujourd’hui", "", [("before", "aujourd'hui")]),
    ],
)
def test_what_is_typed_is_taken_apart(text: str, words: str, asked: list[tuple[Any, str]]) -> None:
    assert take_apart(text) == Typed(words, tuple(asked))


NOW = 1_790_000_000_000  # 21 September 2026, 16:13 in Paris
HOUR = 3_600_000


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026", 1_767_222_000_000),
        ("2026-01", 1_767_222_000_000),
        ("2026-01-01", 1_767_222_000_000),
        ("1/1/2026", 1_767_222_000_000),
        ("01.01.2026", 1_767_222_000_000),
        ("0d", 1_789_941_600_000),
        ("1j", 1_789_941_600_000 - 24 * HOUR),
        ("2w", 1_789_941_600_000 - 14 * 24 * HOUR),
        ("today", 1_789_941_600_000),
        ("hier", 1_789_941_600_000 - 24 * HOUR),
        ("2026-13", None),
        ("2026-02-31", None),
        ("soon", None),
        ("9999y", None),
    ],
)
def test_days_begin_on_the_members_clock(text: str, when: int | None) -> None:
    assert moment(text, NOW, PARIS) == when


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-02", "2026-02-01", "2026-03-01"),
        ("2026-02-28", "2026-02-28", "2026-03-01"),
        ("28/2/2026", "2026-02-28", "2026-03-01"),
        ("2026-02..2026-03-15", "2026-02-01", "2026-03-16"),
        ("2025..2025", "2025-01-01", "2026-01-01"),
        ("yesterday", "1d", "0d"),
        ("7d..today", "7d", "2026-09-22"),
        # A day of 25 hours: the clocks are put back.
        ("2025-10-26", "2025-10-26", "2025-10-27"),
    ],
)
def test_a_date_lasts_as_long_as_it_says(text: str, begin: str, end: str) -> None:
    assert span(text, NOW, PARIS) == (moment(begin, NOW, PARIS), moment(end, NOW, PARIS))


def test_one_end_of_a_range_may_be_open() -> None:
    assert span("2026..", NOW, PARIS) == (moment("2026", NOW, PARIS), EVER)
    assert span("..2025", NOW, PARIS) == (0, moment("2026", NOW, PARIS))
    for none in ("..", "soon", "soon..2026", "2026..soon", "9999", "2026-02-30"):
        assert span(none, NOW, PARIS) is None, none


def test_a_zone_that_is_none_is_utc() -> None:
    assert moment("2026", NOW, "../etc") == 1_767_225_600_000


def found(world: World, member: int, query: str, zone: str = "UTC") -> list[str]:
    while world.db.write_now(catch_up):
        pass
    page = world.see(search, member, query, None, 50, zone)
    assert page.total == len(page.hits)
    return [hit.message.text for hit in reversed(page.hits)]


@pytest.fixture
def talk(world: World) -> tuple[int, int]:
    """Ana and Bruno talk; Ana, Bruno and Chloé in a group."""
    world.do(connect, world.ana, world.chloe)
    pair = begin(world, world.ana, world.bruno)
    group = begin(world, world.ana, world.bruno, world.chloe, title="Choir")
    for who, where, text in (
        (world.ana, pair, "Budget for the café"),
        (world.bruno, pair, "The budget is at https://example.org/budget"),
        (world.chloe, group, "Who has the BUDGET?"),
        (world.bruno, group, "Not me"),
    ):
        world.clock.forward(seconds=1)
        say_all(world, a_send(who, where, text))
    return pair, group


def test_who_wrote_and_to_whom(world: World, talk: tuple[int, int]) -> None:
    both = ["The budget is at https://example.org/budget", "Not me"]
    assert found(world, world.ana, "from:bruno") == both
    assert found(world, world.ana, "de:celik") == both
    assert found(world, world.ana, "from:bruno budg") == both[:1]
    assert found(world, world.ana, "budget from:chloe") == ["Who has the BUDGET?"]
    assert found(world, world.ana, "from:me") == ["Budget for the café"]
    assert found(world, world.ana, 'from:"Ana Lima" cafe') == ["Budget for the café"]
    assert found(world, world.ana, "to:chloe") == ["Not me"]
    assert found(world, world.chloe, "à:moi") == ["Not me"]
    assert found(world, world.ana, "from:nobody") == []
    assert found(world, world.emi, "from:bruno") == []


def test_when_it_was_said(world: World, talk: tuple[int, int]) -> None:
    pair, _ = talk
    world.clock.forward(days=400)
    say(world, world.ana, pair, "A year later: budget")
    assert found(world, world.ana, "budget after:7d") == ["A year later: budget"]
    assert len(found(world, world.ana, "budget before:7d")) == 3
    assert found(world, world.ana, "budget before:7d after:7d") == []
    assert len(found(world, world.ana, "budget before:someday")) == 4
    assert found(world, world.ana, "budget date:today") == ["A year later: budget"]
    assert len(found(world, world.ana, "date:..8d budget")) == 3
    assert found(world, world.ana, "date:1900..1901") == []
    assert len(found(world, world.ana, "budget after:9999y")) == 4


def test_what_it_holds_and_where_it_lies(world: World, talk: tuple[int, int]) -> None:
    _, group = talk
    assert found(world, world.ana, "has:link") == ["The budget is at https://example.org/budget"]
    assert found(world, world.ana, "has:file") == []
    assert found(world, world.ana, "has:nothing") == []
    world.do(read_up_to, world.ana, group, 2)
    assert found(world, world.ana, "budget is:read") == ["Who has the BUDGET?"]
    assert len(found(world, world.ana, "is:unread")) == 2
    assert len(found(world, world.ana, "in:inbox budget")) == 3
    assert found(world, world.ana, "in:archive budget") == []
    assert found(world, world.ana, "in:nowhere budget") == []


async def test_labels_and_stars_over_http(world: World, talk: tuple[int, int]) -> None:
    pair, _ = talk
    async with world.client(world.ana) as ana:
        made = await ana.post(
            "/api/labels", json={"client_id": "label-123", "name": "Été 2026", "color": 3}
        )
        label = made.json()["id"] if "id" in made.json() else made.json()["label"]["id"]
        for number, (mark, more) in enumerate((("label", {"label": label}), ("star", {}))):
            body = {"client_id": f"mark-{number}00", "ids": [str(pair)], "mark": mark, **more}
            assert (await ana.post("/api/conversations/marks", json=body)).status_code == 200
        for query in ("label:ete budget", 'label:"Été 2026" budget', "is:starred budget"):
            answer = (await ana.get("/api/search", params={"q": query, "zone": PARIS})).json()
            assert answer["total"] == 2, query
            first = answer["hits"][0]
            begin_, end = first["ranges"][0]
            assert first["message"]["text"][begin_:end].lower() == "budget"
        nothing = await ana.get("/api/search", params={"q": "label:winter budget"})
        assert json.loads(nothing.text)["total"] == 0


def test_pages_of_operators_follow_each_other(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    for number in range(7):
        world.clock.forward(seconds=1)
        say_all(
            world, a_send(world.ana, key, f"mine {number}"), a_send(world.bruno, key, f"{number}")
        )
    while world.db.write_now(catch_up):
        pass
    said: list[str] = []
    after: str | None = None
    while True:
        page = world.see(search, world.ana, "from:bruno", after, 3)
        assert page.total == 7
        said += [hit.message.text for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert said == [str(number) for number in reversed(range(7))]


def test_what_is_hidden_stays_hidden(world: World, talk: tuple[int, int]) -> None:
    """Operators open no way around what a member may not see."""
    pair, _ = talk
    world.do(react, world.bruno, pair, 1, "👍", True)
    assert found(world, world.chloe, "from:ana") == []
    assert found(world, world.chloe, "has:link") == []
    assert found(world, world.diego, "from:ana") == []
