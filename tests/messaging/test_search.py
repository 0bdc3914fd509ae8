"""Search: all my messages and nobody else's, the same on both databases."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entregent.messaging import fill_index
from entregent.messaging.actions import leave
from entregent.messaging.model import Message
from entregent.messaging.reading import SearchPage, matches, search
from entregent.messaging.search_index import catch_up, terms
from entregent.network import connect
from entregent.ports.db import Transaction
from tests.messaging.talk import a_send, begin, say, say_all, send_messages_of
from tests.world import World

NUMBERS = count()
SAID = [
    "Ça va, François ? À bientôt à l’été prochain.",
    "FRANCOIS: the naïve straße leads to the fjørd",
    "We meet at 10e street, gate 1e5d, room 3b.",
    "שלום חברים, see you in תל־אביב",
    "مرحبًا بالجميع",
    "Bravo 👋🏽🎉 c’est fini",
    "cœur et œuvre, ﬁnally ａｌｓｏ in ﬁne print",
    "snake_case and e-mail@example.org",
    "हिन्दी में लिखें · 日本語で書く",
    "x̂y is a hat",
]


def found(world: World, member: int, query: str, limit: int = 50) -> list[str]:
    """What a search finds, oldest first, and that its total is exact."""
    while world.db.write_now(catch_up):
        pass
    page: SearchPage = world.see(search, member, query, None, limit)
    assert page.total == len(page.hits)
    assert all(hit.row.id == hit.message.conversation_id for hit in page.hits)
    return [hit.message.text for hit in reversed(page.hits)]


def tell(world: World) -> tuple[int, int]:
    """Ana and Bruno have said it all; others said the same where Ana is not."""
    key = begin(world, world.ana, world.bruno)
    elsewhere = begin(world, world.bruno, world.chloe)
    for text in SAID:
        world.clock.forward(seconds=1)
        say_all(world, a_send(world.bruno, key, text), a_send(world.bruno, elsewhere, text))
    return key, elsewhere


FOUND: dict[str, list[int]] = {
    "francois": [0, 1],
    "FRANÇOIS": [0, 1],
    "franc": [0, 1],
    "franc bientot": [],  # only the last word is a prefix
    "bientot franc": [0],
    "a l'ete": [0],
    "naive strasse fjord": [1],
    "1e5d": [2],
    "1e5": [2],
    "10E 3B": [2],
    "שלום": [3],
    "של": [3],
    "مرحبا": [4],
    "🎉": [5],
    "👋 c'est": [5],
    "coeur oeuvre": [6],
    "finally also fine": [6],
    "case": [7],
    "example org": [7],
    "हिन्दी": [8],
    "日本語": [8],
    "xy": [9],
    "": [],
    "!?… '\"": [],
    'hat* OR "the': [],
    "'); & | ! <-> :*": [],
    "hat NOT": [],
    "the " * 60: [1],
}


def test_what_is_found(world: World) -> None:
    tell(world)
    for query, places in FOUND.items():
        wanted = [SAID[place] for place in places]
        assert (query, found(world, world.ana, query)) == (query, wanted)
        assert len(found(world, world.bruno, query)) == 2 * len(wanted)
        assert found(world, world.emi, query) == []


LETTERS = st.text("aAbe1 5d٣éÉßŒ日ह\u093f·_'’-.🎉\u0302م", min_size=1, max_size=10)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=st.lists(LETTERS, min_size=1, max_size=4), queries=st.lists(LETTERS, max_size=3))
def test_what_is_found_follows_from_the_words(
    world: World, texts: list[str], queries: list[str]
) -> None:
    """Both databases agree with a search that looks at every message."""
    member = world.member("Reader", f"reader{next(NUMBERS)}@example.org")
    world.do(connect, world.bruno, member)
    key = begin(world, world.bruno, member)
    sent = say_all(world, *(a_send(world.bruno, key, text) for text in texts))
    kept = [one.text for one in sent if isinstance(one, Message)]
    for query in [*queries, *(text[: len(text) // 2 + 1] for text in kept)]:
        wanted = terms(query)
        expected = [
            text
            for text in kept
            if wanted
            and set(wanted[:-1]) <= set(terms(text))
            and any(term.startswith(wanted[-1]) for term in terms(text))
        ]
        assert sorted(found(world, member, query)) == sorted(expected)
        assert all(matches(text, wanted) for text in expected)


def test_pages_follow_each_other(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say_all(world, *(a_send(world.ana, key, f"wood number {n}") for n in range(15)))
    world.clock.forward(ms=1)
    say_all(world, *(a_send(world.bruno, key, f"woods number {n}") for n in range(8)))
    whole = found(world, world.ana, "wood")
    assert len(whole) == 23
    assert whole[-1].startswith("woods")
    pages: list[str] = []
    after: str | None = None
    while True:
        page = world.see(search, world.ana, "wood", after, 5)
        assert page.total == 23
        pages += [hit.message.text for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert pages == whole[::-1]


def test_nobody_gets_into_anothers_search(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    for victim in (world.chloe, world.emi):
        say(world, world.ana, key, f"m{victim} ·{victim} treasure")
    assert len(found(world, world.bruno, "treasure")) == 2
    assert found(world, world.chloe, "treasure") == []
    assert len(found(world, world.bruno, str(world.chloe))) == 1


def test_what_was_left_is_not_found(world: World) -> None:
    world.do(connect, world.ana, world.chloe)
    key = begin(world, world.ana, world.bruno, world.chloe, title="Choir")
    pair = begin(world, world.bruno, world.chloe)
    say_all(world, a_send(world.ana, key, "sopranos"), a_send(world.chloe, pair, "sopranos"))
    assert len(found(world, world.bruno, "sopranos")) == 2
    world.do(leave, world.bruno, key)
    world.clock.forward(ms=1)
    say(world, world.ana, key, "sopranos again")
    assert found(world, world.bruno, "soprano") == ["sopranos"]
    assert found(world, world.ana, "soprano") == ["sopranos", "sopranos again"]


async def test_what_was_just_said_is_found_over_http(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    async with world.client(world.ana) as ana:
        body = {"client_id": "hello-12", "text": "🎉 Ça y est, François est à l’École ! 🎉"}
        await ana.post(f"/api/conversations/{key}/messages", json=body)
        await ana.post(
            "/api/conversations/marks",
            json={"client_id": "m-123456", "ids": [str(key)], "mark": "spam"},
        )
        answer = (await ana.get("/api/search", params={"q": "ecole fra"})).json()
    [hit] = answer["hits"]
    units = hit["message"]["text"].encode("utf-16-le")
    shown = [units[2 * begin_ : 2 * end].decode("utf-16-le") for begin_, end in hit["ranges"]]
    assert shown == ["François", "École"]
    assert hit["row"]["view"] == "spam"
    assert {card["id"] for card in answer["cards"]} >= {str(world.ana), str(world.bruno)}


def test_where_words_stand() -> None:
    def shown(text: str, query: str) -> list[str]:
        units = text.encode("utf-16-le")
        places = matches(text, terms(query))
        return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in places]

    assert shown("👋🏽 Élan, elan; e\u0301lan! ÉLANS élancé", "elan") == [
        "Élan", "elan", "e\u0301lan", "ÉLANS", "élancé"
    ]  # fmt: skip
    assert shown("Anna an and ana", "an ana") == ["an", "ana"]
    assert shown("le cœur", "coe") == ["cœur"]
    assert shown("l\u02bceau", "eau") == ["l\u02bceau"]
    assert shown("👋🏽🎉👋", "👋") == ["👋", "👋"]
    assert shown("x " * 200, "x") == ["x"] * 50


async def test_filling_the_index_ends_while_others_write(world: World) -> None:
    """As far as was written when it began, and no further."""
    key = begin(world, world.ana, world.bruno)
    say_all(world, *(a_send(world.ana, key, f"number {n}") for n in range(5)))
    steps = 0

    def catch_up_and_write(tx: Transaction, upto: int) -> int:
        nonlocal steps
        steps += 1
        send_messages_of(tx, [a_send(world.bruno, key, "one more")])
        return catch_up(tx, upto)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("entregent.messaging.jobs.catch_up", catch_up_and_write)
        await fill_index(world.db)
    assert steps <= 2
    await fill_index(world.db)
    assert len(found(world, world.ana, "more")) == steps
