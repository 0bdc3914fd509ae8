"""Sending: whom it reaches, what it changes, once, and when it is refused."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entregent.accounts import close_account
from entregent.kit.errors import Refusal
from entregent.messaging import Send, counts
from entregent.messaging.actions import leave, mark
from entregent.messaging.model import Message
from entregent.messaging.reading import some_rows, thread
from entregent.network import block, connect, unblock
from entregent.ports.db import Transaction
from tests.messaging.talk import a_send, begin, row, say, say_all
from tests.world import World


def texts(world: World, member: int, key: int) -> list[str]:
    return [one.text for one in world.see(thread, member, key).messages]


def test_a_message_reaches_everyone_in_order(world: World) -> None:
    world.do(connect, world.ana, world.chloe)
    key = begin(world, world.ana, world.bruno, world.chloe, title="Choir")
    world.clock.forward(seconds=5)
    cursors = {one: world.cursor(one) for one in (world.ana, world.bruno, world.chloe)}
    outside = world.cursor(world.diego)
    first = say(world, world.ana, key, "  Salut\r\nles amis\x00 ")
    second = say(world, world.bruno, key, "Hello, " + "very " * 60 + "long")
    assert (first.seq, first.text, first.author_id) == (1, "Salut\nles amis", str(world.ana))
    assert int(first.id) < int(second.id)
    for member, cursor in cursors.items():
        assert texts(world, member, key) == [first.text, second.text]
        mine = row(world, member, key)
        assert (mine.last_seq, mine.last_at) == (2, world.clock.now())
        assert mine.last_author_id == str(world.bruno)
        assert len(mine.snippet) == 140
        assert mine.unread == (member != world.bruno)
        assert mine.read_seq == {world.ana: 1, world.bruno: 2, world.chloe: 0}[member]
        told = world.log(member, cursor)
        assert [event["type"] for event in told] == ["message.sent", "message.sent"]
        assert [event["message"]["text"] for event in told] == [first.text, second.text]
        assert told[1]["row"]["snippet"] == mine.snippet
    assert world.log(world.ana, cursors[world.ana])[1]["delta"] == {
        "unread": 1,
        "awaiting_them": -1,
    }
    assert world.log(world.chloe, cursors[world.chloe])[1]["delta"] == {}
    assert world.cursor(world.diego) == outside


def test_a_client_id_sends_once(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    first = say(world, world.ana, key, "Once", "the-same-1")
    assert say(world, world.ana, key, "Once", "the-same-1") == first
    cursor = world.cursor(world.ana)
    with pytest.raises(Refusal, match=r"kit\.client_id_reused"):
        say(world, world.bruno, key, "Mine", "the-same-1")
    with pytest.raises(Refusal, match=r"messaging\.conversation_not_found"):
        say(world, world.emi, key, "Mine", "the-same-1")  # nor does it tell a stranger anything
    assert world.cursor(world.ana) == cursor
    elsewhere = begin(world, world.bruno, world.chloe)
    assert say(world, world.bruno, elsewhere, "Mine", "the-same-1").seq == 1
    assert texts(world, world.ana, key) == ["Once"]


def test_a_client_id_sends_once_within_a_commit(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    first, again, other, stranger, empty, at_last = say_all(
        world,
        a_send(world.ana, key, "Once", "the-same-1"),
        a_send(world.ana, key, "Once", "the-same-1"),
        a_send(world.bruno, key, "Mine", "the-same-1"),
        a_send(world.emi, key, "Mine", "the-same-1"),
        a_send(world.ana, key, " ", "another-1"),
        a_send(world.ana, key, "Now then", "another-1"),
    )
    assert first == again
    assert (other.code, stranger.code) == (
        "kit.client_id_reused",
        "messaging.conversation_not_found",
    )
    assert empty.code == "messaging.empty"  # what was refused may be tried again
    assert at_last.seq == 2
    assert texts(world, world.bruno, key) == ["Once", "Now then"]


def test_what_is_refused(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    circle = begin(world, world.bruno, world.ana, world.chloe, title="Choir")
    world.do(leave, world.ana, circle)
    before = world.cursor(world.bruno)

    def code(author: int, where: int, text: str = "Hello") -> tuple[str, int]:
        [refusal] = say_all(world, a_send(author, where, text))
        assert isinstance(refusal, Refusal)
        return refusal.code.removeprefix("messaging."), refusal.status

    assert code(world.ana, key, "\u0000 \n\t") == ("empty", 422)
    assert code(world.ana, key, "é" * 8_001) == ("too_long", 422)
    assert code(world.emi, key) == ("conversation_not_found", 404)
    assert code(world.ana, key + 1) == ("conversation_not_found", 404)
    assert code(world.ana, 0) == ("conversation_not_found", 404)
    assert code(world.ana, circle) == ("conversation_not_found", 404)
    assert world.cursor(world.bruno) == before
    assert say(world, world.ana, key, "é" * 8_000).seq == 1


def test_a_block_closes_the_conversation_until_it_is_lifted(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    sent = say(world, world.ana, key, "Before", "before-1")
    world.do(block, world.bruno, world.ana)
    for member in (world.ana, world.bruno):
        assert not row(world, member, key).writable
        with pytest.raises(Refusal, match=r"messaging\.closed_blocked"):
            say(world, member, key)
    assert say(world, world.ana, key, "Before", "before-1") == sent  # it was said before the block
    assert texts(world, world.ana, key) == ["Before"]
    world.do(block, world.ana, world.bruno)
    world.do(unblock, world.bruno, world.ana)
    assert not row(world, world.bruno, key).writable
    world.do(unblock, world.ana, world.bruno)
    assert row(world, world.bruno, key).writable
    assert say(world, world.bruno, key).seq == 2


def test_nobody_writes_to_who_has_left(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    circle = begin(world, world.bruno, world.ana, world.chloe, title="Choir")
    elsewhere = begin(world, world.bruno, world.chloe)
    world.do(block, world.chloe, world.bruno)
    world.do(close_account, world.bruno)
    assert not row(world, world.ana, key).writable
    with pytest.raises(Refusal, match=r"messaging\.closed_gone"):
        say(world, world.ana, key)
    world.do(unblock, world.chloe, world.bruno)
    assert not row(world, world.chloe, elsewhere).writable
    assert row(world, world.ana, circle).size == 2
    assert say(world, world.ana, circle).seq == 1


# -- a batch is nothing but its messages, one after the other --------------------------------------

AUTHORS = st.sampled_from(["ana", "bruno", "chloe", "emi"])
PLACES = st.integers(0, 2)
SAYING = st.tuples(
    AUTHORS,
    PLACES,
    st.sampled_from(["same-id-1", "same-id-2", "same-id-3", "", ""]),
    st.sampled_from(["Hello", "Ça va ?", " ", "x" * 8_001]),
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(said=st.lists(SAYING, min_size=1, max_size=12))
def test_a_batch_equals_its_messages_one_by_one(
    world: World, said: list[tuple[str, int, str, str]]
) -> None:
    """Two pairs of conversations: in one all is said at once, in the other singly."""
    world.do(connect, world.ana, world.chloe)
    at_once, singly = (
        [
            begin(world, world.ana, world.bruno, title="Pair"),
            begin(world, world.bruno, world.ana, world.chloe, title="Choir"),
            begin(world, world.chloe, world.bruno, title="Pair"),
        ]
        for _ in range(2)
    )
    sends = [
        (getattr(world, name), place, client_id or f"own-id-{number:03}", text)
        for number, (name, place, client_id, text) in enumerate(said)
    ]
    together = say_all(
        world, *(Send(who, at_once[place], ident, text, 8_000) for who, place, ident, text in sends)
    )
    apart = [
        say_all(world, Send(who, singly[place], ident, text, 8_000))[0]
        for who, place, ident, text in sends
    ]
    assert [plain(one, at_once) for one in together] == [plain(one, singly) for one in apart]
    for member in (world.ana, world.bruno, world.chloe):
        assert world.see(told, member, at_once) == world.see(told, member, singly)


def told(tx: Transaction, member: int, keys: list[int]) -> list[object]:
    """What a member sees of each conversation: its row and its messages, without the ids."""
    rows = {row.id: row for row in some_rows(tx, member, keys)}
    return [
        (
            {**msgspec.structs.asdict(rows[str(key)]), "id": ""},
            [plain(one, keys) for one in thread(tx, member, key).messages],
        )
        for key in keys
        if str(key) in rows
    ]


def plain(one: Message | Refusal, keys: list[int]) -> object:
    if isinstance(one, Refusal):
        return one.code, one.status, one.params
    return {
        **msgspec.structs.asdict(one),
        "id": "",
        "conversation_id": keys.index(int(one.conversation_id)),
    }


def test_sending_a_batch_takes_as_many_statements_as_sending_one(world: World) -> None:
    world.do(connect, world.ana, world.chloe)
    keys = [
        begin(world, world.ana, world.bruno),
        begin(world, world.bruno, world.chloe),
        begin(world, world.ana, world.bruno, world.chloe, title="Choir"),
    ]
    for key in keys:  # first words are weighed
        say(world, world.bruno, key)
    with world.counting() as one:
        say(world, world.bruno, keys[0])
    with world.counting() as many:
        said = say_all(world, *(a_send(world.bruno, key) for key in keys))
    assert all(isinstance(message, Message) for message in said)
    assert len(many) == len(one) <= 11
    assert world.see(counts, world.ana).unread == 2
    world.do(mark, world.ana, keys, "read")
    assert world.see(counts, world.ana).unread == 0
