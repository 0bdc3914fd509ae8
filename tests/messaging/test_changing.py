"""What becomes of messages after they were sent: edited, deleted, reacted to, quoted, passed on."""

from typing import Any

import httpx
import pytest

from entregent.network import block, connect, unblock
from tests.messaging.talk import begin, row
from tests.world import World

HOUR = 3_600


class Pen:
    """A member at a browser, with what tests ask over and over."""

    def __init__(self, world: World, member: int) -> None:
        self.world = world
        self.member = member
        self.http = world.client(member)
        self._count = 0

    def command(self, **fields: Any) -> dict[str, Any]:
        self._count += 1
        return {"client_id": f"by-{self.member}-{self._count:04}", **fields}

    async def send(self, key: int, text: str = "", **fields: Any) -> httpx.Response:
        body = self.command(text=text, **fields)
        return await self.http.post(f"/api/conversations/{key}/messages", json=body)

    async def said(self, key: int, text: str = "", **fields: Any) -> dict[str, Any]:
        answer = await self.send(key, text, **fields)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["message"]
        return found

    async def edit(self, key: int, seq: int, text: str) -> httpx.Response:
        path = f"/api/conversations/{key}/messages/{seq}"
        return await self.http.patch(path, json=self.command(text=text))

    async def delete(self, key: int, seq: int, whom: str) -> httpx.Response:
        return await self.http.delete(f"/api/conversations/{key}/messages/{seq}?for={whom}")

    async def react(self, key: int, seq: int, emoji: str) -> httpx.Response:
        return await self.http.put(f"/api/conversations/{key}/messages/{seq}/reactions/{emoji}")

    async def thread(self, key: int, query: str = "") -> list[dict[str, Any]]:
        answer = await self.http.get(f"/api/conversations/{key}/messages{query}")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    async def found(self, words: str) -> list[str]:
        answer = await self.http.get(f"/api/search?q={words}")
        hits: list[dict[str, Any]] = answer.json()["hits"]
        assert answer.json()["total"] == len(hits)
        return [hit["message"]["text"] for hit in hits]

    async def get(self, path: str) -> Any:
        return (await self.http.get(path)).json()


def code(answer: httpx.Response) -> tuple[str, int]:
    return answer.json()["error"]["code"].removeprefix("messaging."), answer.status_code


def last(world: World, member: int, kind: str) -> dict[str, Any]:
    """The newest event of a kind in a member's log."""
    return [one for one in world.log(member) if one["type"] == kind][-1]


@pytest.fixture
def ana(world: World) -> Pen:
    return Pen(world, world.ana)


@pytest.fixture
def bruno(world: World) -> Pen:
    return Pen(world, world.bruno)


@pytest.fixture
def chloe(world: World) -> Pen:
    return Pen(world, world.chloe)


@pytest.fixture
def diego(world: World) -> Pen:
    return Pen(world, world.diego)


# -- editing ---------------------------------------------------------------------------------------


async def test_an_edit_is_marked_and_its_history_kept(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "Let us meet on Mondey")
    world.clock.forward(seconds=60)
    answer = await ana.edit(key, 1, "Let us meet on Monday")
    assert answer.json()["message"]["edited_at"] == world.clock.now()
    world.clock.forward(seconds=60)
    await ana.edit(key, 1, "Let us meet on Tuesday")
    [message] = await bruno.thread(key)
    assert (message["text"], message["edited_at"]) == ("Let us meet on Tuesday", world.clock.now())
    assert last(world, world.bruno, "message.changed")["message"] == message
    assert row(world, world.bruno, key).snippet == "Let us meet on Tuesday"
    assert row(world, world.bruno, key).unread
    assert await bruno.found("tuesday") == ["Let us meet on Tuesday"]
    assert await bruno.found("mondey") == await ana.found("monday") == []
    versions = (await bruno.get(f"/api/conversations/{key}/messages/1/history"))["versions"]
    assert [one["text"][15:] for one in versions] == ["Mondey", "Monday", "Tuesday"]
    assert [one["at"] for one in versions] == sorted(one["at"] for one in versions)


async def test_an_edit_repeated_happens_once(world: World, ana: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "one")
    path, body = f"/api/conversations/{key}/messages/1", ana.command(text="two")
    first = await ana.http.patch(path, json=body)
    cursor = world.cursor(world.bruno)
    assert (await ana.http.patch(path, json=body)).json() == first.json()
    assert world.cursor(world.bruno) == cursor
    assert (await ana.edit(key, 1, " two ")).status_code == 200  # says the same
    assert world.cursor(world.bruno) == cursor


async def test_who_may_not_edit(world: World, ana: Pen, bruno: Pen, chloe: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "mine")
    assert code(await bruno.edit(key, 1, "yours")) == ("not_yours", 403)
    assert code(await chloe.edit(key, 1, "yours")) == ("conversation_not_found", 404)
    assert code(await ana.edit(key, 2, "none")) == ("message_not_found", 404)
    assert code(await ana.edit(key, 1, " ")) == ("empty", 422)
    assert code(await ana.edit(key, 1, "x" * 8_001)) == ("too_long", 422)
    assert code(await world.client().patch(f"/api/conversations/{key}/messages/1", json={})) == (
        "kit.sign_in_first",
        401,
    )
    world.do(block, world.bruno, world.ana)
    assert code(await ana.edit(key, 1, "blocked")) == ("closed_blocked", 403)
    world.do(unblock, world.bruno, world.ana)
    world.clock.forward(seconds=HOUR)
    assert (await ana.edit(key, 1, "just in time")).status_code == 200
    world.clock.forward(ms=1)
    assert code(await ana.edit(key, 1, "too late")) == ("too_late", 409)


# -- deleting --------------------------------------------------------------------------------------


async def test_deleted_for_everyone_leaves_a_mark_and_nothing_else(
    world: World, ana: Pen, bruno: Pen
) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "first")
    await ana.said(key, "a secret")
    await ana.edit(key, 2, "a dark secret")
    await bruno.react(key, 2, "👍")
    await bruno.said(key, "what?", quote_seq=2)
    world.clock.forward(seconds=1)
    for _ in range(2):  # the second time changes nothing
        assert (await ana.delete(key, 2, "everyone")).status_code == 200
    for pen in (ana, bruno):
        thread = await pen.thread(key)
        assert "secret" not in str(thread)
        assert [one["deleted"] for one in thread] == [False, True, False]
        assert (thread[1]["text"], thread[1]["reactions"]) == ("", [])
        assert thread[2]["quote"] == {"seq": 2, "author_id": str(world.ana), "text": ""}
        assert await pen.found("secret") == []
        assert (await pen.get(f"/api/conversations/{key}/messages/2/history"))["versions"] == []
    told = [one for one in world.log(world.bruno) if one["type"] == "message.changed"]
    assert [one["message"]["seq"] for one in told[-2:]] == [2, 3]
    assert "secret" not in str(told[-2:])


async def test_lists_show_the_last_message_that_is_left(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await bruno.said(key, "first")
    await ana.said(key, "second")
    await ana.delete(key, 2, "everyone")
    for member in (world.ana, world.bruno):
        shown = row(world, member, key)
        assert (shown.snippet, shown.last_author_id) == ("first", str(world.bruno))
    await bruno.delete(key, 1, "me")
    assert row(world, world.bruno, key).snippet == ""
    assert row(world, world.ana, key).snippet == "first"


async def test_who_may_not_delete(world: World, ana: Pen, bruno: Pen, chloe: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "mine")
    assert code(await bruno.delete(key, 1, "everyone")) == ("not_yours", 403)
    for whom in ("everyone", "me"):
        assert code(await chloe.delete(key, 1, whom)) == ("conversation_not_found", 404)
        assert code(await ana.delete(key, 7, whom)) == ("message_not_found", 404)
    assert (await ana.delete(key, 1, "nobody")).status_code == 400
    world.clock.forward(seconds=HOUR + 1)
    assert code(await ana.delete(key, 1, "everyone")) == ("too_late", 409)
    world.clock.forward(days=60)
    assert (await ana.delete(key, 1, "me")).status_code == 200


async def test_deleted_for_me_is_there_for_others(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    for number in range(1, 6):
        await ana.said(key, f"word{number}")
    for _ in range(2):
        assert (await bruno.delete(key, 3, "me")).status_code == 200
    assert [one["seq"] for one in await bruno.thread(key)] == [1, 2, 4, 5]
    assert [one["seq"] for one in await bruno.thread(key, "?before=5&limit=3")] == [1, 2, 4]
    assert [one["seq"] for one in await bruno.thread(key, "?after=1&limit=2")] == [2, 4]
    assert len(await ana.thread(key)) == 5
    assert await bruno.found("word3") == []
    assert await ana.found("word3") == ["word3"]
    hidden = [one for one in world.log(world.bruno) if one["type"] == "message.hidden"]
    assert hidden == [{"type": "message.hidden", "conversation_id": str(key), "seq": 3}]
    assert not [one for one in world.log(world.ana) if one["type"] == "message.hidden"]
    # What is hidden cannot be reached in any other way.
    assert code(await bruno.react(key, 3, "👍")) == ("message_not_found", 404)
    assert code(await bruno.send(key, "hm", quote_seq=3)) == ("message_not_found", 404)
    passed = {"conversation_id": str(key), "seq": 3}
    assert code(await bruno.send(key, forward=passed)) == ("message_not_found", 404)
    history = await bruno.http.get(f"/api/conversations/{key}/messages/3/history")
    assert code(history) == ("message_not_found", 404)
    await ana.edit(key, 3, "word3 again")
    assert await bruno.found("again") == []


# -- reactions -------------------------------------------------------------------------------------


async def test_reactions_are_grouped_with_who(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "We did it")
    for pen, emoji in ((bruno, "🎉"), (ana, "🎉"), (bruno, "❤️"), (ana, "❤"), (bruno, "👩🏽‍🚀")):
        for _ in range(2):
            assert (await pen.react(key, 1, emoji)).status_code == 200
    both = [str(world.bruno), str(world.ana)]
    expected = [
        {"emoji": "🎉", "people": both},
        {"emoji": "❤️", "people": both},
        {"emoji": "👩🏽‍🚀", "people": both[:1]},
    ]
    assert (await ana.thread(key))[0]["reactions"] == expected
    assert last(world, world.ana, "message.changed")["message"]["reactions"] == expected
    path = f"/api/conversations/{key}/messages/1/reactions/👩🏽‍🚀"
    for _ in range(2):
        await bruno.http.delete(path)
    assert (await bruno.thread(key))[0]["reactions"] == expected[:2]


EMOJI = [
    "👍",
    "🇫🇷",
    "1️⃣",
    "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "👨\u200d👩\u200d👧\u200d👦",
    "☕",
    "🫱🏻\u200d🫲🏿",
    "©️",
    "🏳️\u200d🌈",
]


@pytest.mark.parametrize("emoji", EMOJI)
async def test_any_emoji_is_a_reaction(world: World, ana: Pen, emoji: str) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "Hello")
    assert (await ana.react(key, 1, emoji)).status_code == 200


@pytest.mark.parametrize(
    "text", ["a", "1", "👍👍", "👍a", ":)", "\u202e", "\u200d", "é", "👍" * 40]
)
async def test_what_is_no_emoji_is_refused(world: World, ana: Pen, text: str) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "Hello")
    assert code(await ana.react(key, 1, text)) == ("no_emoji", 422)


async def test_who_may_not_react(world: World, ana: Pen, bruno: Pen, chloe: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "Hello")
    assert code(await chloe.react(key, 1, "👍")) == ("conversation_not_found", 404)
    assert code(await bruno.react(key, 2, "👍")) == ("message_not_found", 404)
    for number in range(10):
        assert (await bruno.react(key, 1, chr(0x1F600 + number))).status_code == 200
    assert code(await bruno.react(key, 1, "👍")) == ("too_many_reactions", 409)
    world.do(block, world.bruno, world.ana)
    assert code(await ana.react(key, 1, "👍")) == ("closed_blocked", 403)


# -- quoting, forwarding, mentioning ---------------------------------------------------------------


async def test_a_quotation_follows_what_it_quotes(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, "Shall we say nine?")
    answer = await bruno.said(key, "Yes", quote_seq=1)
    quote = {"seq": 1, "author_id": str(world.ana), "text": "Shall we say nine?"}
    assert answer["quote"] == quote
    assert last(world, world.ana, "message.sent")["message"]["quote"] == quote
    assert (await ana.thread(key))[1]["quote"] == quote
    await ana.edit(key, 1, "Shall we say ten?")
    assert (await bruno.thread(key))[1]["quote"]["text"] == "Shall we say ten?"
    told = [one["message"] for one in world.log(world.bruno) if one["type"] == "message.changed"]
    assert told[-1]["quote"]["text"] == "Shall we say ten?"
    assert code(await bruno.send(key, "No", quote_seq=9)) == ("message_not_found", 404)
    again = {"client_id": answer["client_id"], "text": "Yes", "quote_seq": 1}
    repeated = await bruno.http.post(f"/api/conversations/{key}/messages", json=again)
    assert repeated.json()["message"]["quote"]["text"] == "Shall we say ten?"
    assert len(await bruno.thread(key)) == 2


async def test_what_is_passed_on_says_where_it_comes_from(
    world: World, ana: Pen, bruno: Pen, chloe: Pen
) -> None:
    first, second = begin(world, world.ana, world.bruno), begin(world, world.bruno, world.chloe)
    said = await ana.said(first, "The hall is free on the 3rd")
    world.clock.forward(seconds=60)
    origin = {"author_id": str(world.ana), "name": "Ana Lima", "at": said["at"]}
    passed = {"conversation_id": str(first), "seq": 1}
    message = await bruno.said(second, "something else", forward=passed)
    assert (message["text"], message["forwarded"]) == ("The hall is free on the 3rd", origin)
    assert (await chloe.thread(second))[0]["forwarded"] == origin
    assert row(world, world.chloe, second).snippet == "The hall is free on the 3rd"
    # Passed on again, the origin stays; and nobody can make it say something else.
    again = await chloe.said(second, forward={"conversation_id": str(second), "seq": 1})
    assert again["forwarded"] == origin
    assert code(await bruno.edit(second, 1, "changed")) == ("forwarded_as_it_was", 409)
    # Not from where I am not.
    assert code(await chloe.send(second, forward=passed)) == ("message_not_found", 404)
    await ana.delete(first, 1, "everyone")
    assert code(await bruno.send(second, forward=passed)) == ("nothing_to_forward", 409)


async def test_the_mentioned_are_told_apart(world: World, ana: Pen, bruno: Pen, chloe: Pen) -> None:
    world.do(connect, world.ana, world.chloe)
    key = begin(world, world.ana, world.bruno, world.chloe, title="Choir")
    text = (
        f"Could @[Bruno Çelik](member:{world.bruno}) bring the scores, @[Emi](member:{world.emi})?"
    )
    message = await ana.said(key, text, mentions=[str(world.emi), str(world.ana), "7"])
    assert message["mentions"] == [str(world.bruno)]
    assert row(world, world.bruno, key).mentioned
    assert not row(world, world.chloe, key).mentioned
    assert row(world, world.bruno, key).snippet == "Could @Bruno Çelik bring the scores, @Emi?"
    assert await chloe.found("celik") == [text]
    assert await chloe.found(str(world.bruno)) == []
    assert (await ana.said(key, "and you", mentions=[str(world.chloe)]))["mentions"] == [
        str(world.chloe)
    ]
    assert row(world, world.chloe, key).mentioned
    await bruno.http.post(f"/api/conversations/{key}/read", json={"seq": 2})
    assert not row(world, world.bruno, key).mentioned
    edited = (await ana.edit(key, 2, f"and @[Bruno](member:{world.bruno})")).json()["message"]
    assert edited["mentions"] == [str(world.bruno)]
