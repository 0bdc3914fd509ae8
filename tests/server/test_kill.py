"""`kill -9` under load, twenty times: what was acknowledged is there once, and all agrees."""

import asyncio
import contextlib
import json
import random
import shutil
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from bench.load import POST, Poster
from bench.server import free_port
from entregent.accounts import create_member, open_session
from entregent.kit.settings import Settings
from entregent.live import missed_since
from entregent.messaging import Begin, begin_conversation
from entregent.messaging.events import MessageSent
from entregent.messaging.model import Message
from entregent.network import connect
from entregent.ports.db import Transaction
from entregent.server.house import House
from tests.messaging.talk import everything, recount
from tests.servers.warm import Warm

ROUNDS = 20
CONNECTIONS = 32


# Each gives what is wrong.
FAULTS = (
    """SELECT conversation_id FROM conversations JOIN (
         SELECT conversation_id, count(*) AS n, max(seq) AS last FROM messages GROUP BY 1
       ) USING (conversation_id) WHERE last_seq <> last OR last <> n""",
    """SELECT member_id, conversation_id FROM mailbox JOIN conversations USING (conversation_id)
       WHERE mailbox.last_seq <> conversations.last_seq""",
    """SELECT member_id FROM log_heads LEFT JOIN (
         SELECT member_id, count(*) AS n, max(seq) AS last FROM log GROUP BY 1
       ) USING (member_id) WHERE seq <> last OR last <> n""",
)


SERVING = """
from entregent.server.cli import main
main(["serve"])
"""


class Running:
    """The real server."""

    def __init__(self, warm: Warm, data: Path) -> None:
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self._process = warm.run(
            SERVING,
            ENTREGENT_DATA=str(data),
            ENTREGENT_PORT=str(self.port),
            ENTREGENT_LIMIT_FACTOR="0",
        )
        self.kill = self._process.kill
        assert "is ready at" in self._process.stdout.readline()


class Answer(msgspec.Struct):
    """What sending answers, as far as it matters here."""

    message: Message


class Place(NamedTuple):
    """Somebody with a session, and a conversation to write in."""

    member: int
    cookie: str
    conversation: int


class Community:
    """Six members, in pairs and in one group; what they sent, and what was acknowledged."""

    def __init__(self, data: Path) -> None:
        self.file = data / "entregent.db"
        url = f"sqlite:///{self.file}"
        self.house = House(Settings(database=url, data=str(data), mail="memory:"), node=900)
        write = self.house.db.write_now
        self.members = [
            write(create_member, f"m{number}@example.org", "!", f"Member {number}", "en")
            for number in range(6)
        ]
        for other in self.members[1:]:
            write(connect, self.members[0], other)
        for one, other in zip(self.members[1::2], self.members[2::2], strict=False):
            write(connect, one, other)
        groups = [
            Begin(self.members[0], self.members[1:], "All", 50),
            *(Begin(self.members[0], [other], None, 50) for other in self.members[1:]),
        ]
        self.people: dict[int, list[int]] = {}
        for group in groups:
            key = int(write(begin_conversation, group).id)
            self.people[key] = sorted({group.me, *group.member_ids})
        cookies = {one: write(open_session, one, "local", "a test") for one in self.members}
        self.places = [
            Place(member, cookies[member], key)
            for key, people in self.people.items()
            for member in people
        ]
        self.attempted: dict[str, Place] = {}
        self.acknowledged: dict[str, Message] = {}

    # -- writing ---------------------------------------------------------------------------------

    async def write(self, server: Running, seconds: float) -> None:
        """Writes from many connections until the server is killed."""
        loop = asyncio.get_running_loop()
        posters = [
            (await loop.create_connection(Poster, "127.0.0.1", server.port))[1]
            for _ in range(CONNECTIONS)
        ]
        writing = [
            asyncio.create_task(self._write_on(server, poster, number))
            for number, poster in enumerate(posters)
        ]
        await asyncio.sleep(seconds)
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(0.01)  # answers that are on their way count, too
        for task in writing:
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
        for poster in posters:
            poster.transport.close()

    async def _write_on(self, server: Running, poster: Poster, number: int) -> None:
        place = self.places[number % len(self.places)]
        unanswered = [
            client_id
            for client_id, at in self.attempted.items()
            if at == place and client_id not in self.acknowledged
        ]
        with contextlib.suppress(ConnectionError):
            # First what had no answer the last time: it must be there once, whether it was or not.
            for client_id in unanswered:
                await self._send(server, poster, place, client_id)
            while True:
                await self._send(server, poster, place, str(uuid.uuid4()))

    async def _send(self, server: Running, poster: Poster, place: Place, client_id: str) -> None:
        self.attempted[client_id] = place
        body = json.dumps({"client_id": client_id, "text": f"This is {client_id}."}).encode()
        head = POST.format(
            path=f"/api/conversations/{place.conversation}/messages",
            host=server.host,
            cookie=place.cookie,
            length=len(body),
        )
        status, answer = await poster.post(head.encode() + body)
        assert status == 200, answer
        message = msgspec.json.decode(answer, type=Answer).message
        assert self.acknowledged.setdefault(client_id, message) == message

    # -- looking ---------------------------------------------------------------------------------

    def glance(self) -> None:
        """No loss and no contradiction, as far as the tables tell at a glance."""
        file = sqlite3.connect(self.file)
        found = dict(file.execute("SELECT client_id, message_id FROM messages"))
        kept = {client_id: found.get(client_id) for client_id in self.acknowledged}
        assert kept == {one: int(message.id) for one, message in self.acknowledged.items()}
        for fault in FAULTS:
            assert file.execute(fault).fetchall() == []
        file.close()

    def check(self) -> None:
        """All that was acknowledged is there, once, and whatever is there agrees."""
        self.house.db.read_now(self._check)

    def _check(self, tx: Transaction) -> None:
        said: dict[int, list[Message]] = {}
        for member in self.members:
            state = everything(tx, member)
            assert recount(state.rows.values()) == state.counts
            for place, messages in state.messages.items():
                assert messages == said.setdefault(int(place), messages)
                row, last = state.rows[place], messages[-1] if messages else None
                assert row.last_seq == len(messages)
                if last is not None:
                    assert (row.last_author_id, row.snippet) == (last.author_id, last.text)
                    assert row.unread == (last.author_id != str(member))
            self._check_log(tx, member, state.messages)
        found: Counter[str] = Counter()
        for key, messages in said.items():
            assert [one.seq for one in messages] == list(range(1, len(messages) + 1))
            for one in messages:
                assert one.client_id is not None
                found[one.client_id] += 1
                at = self.attempted[one.client_id]
                assert (at.conversation, str(at.member)) == (key, one.author_id)
                assert one.text == f"This is {one.client_id}."
                assert self.acknowledged.get(one.client_id, one) == one
        assert set(self.acknowledged) <= set(found) <= set(self.attempted)
        assert set(found.values()) <= {1}

    def _check_log(self, tx: Transaction, member: int, said: dict[str, list[Message]]) -> None:
        """The numbers have no gap, and each message is told once, in order."""
        told: dict[str, list[Message]] = {}
        cursor, head = 0, 1
        while cursor < head:
            missed = missed_since(tx, member, cursor)
            head = missed.head
            assert [seq for seq, _ in missed.events] == list(
                range(cursor + 1, cursor + 1 + len(missed.events))
            )
            assert missed.events
            cursor += len(missed.events)
            for _, text in missed.events:
                if text.startswith('{"type":"message.sent"'):
                    message = msgspec.json.decode(text, type=MessageSent).message
                    told.setdefault(message.conversation_id, []).append(message)
        assert told == {key: messages for key, messages in said.items() if messages}


@pytest.fixture
def community(sqlite_template: Path, tmp_path: Path) -> Iterator[Community]:
    shutil.copy(sqlite_template, tmp_path / "entregent.db")
    made = Community(tmp_path)
    yield made
    made.house.db.close()


@pytest.mark.timeout(600)
async def test_a_killed_server_has_lost_nothing(
    community: Community, tmp_path: Path, warm: Warm
) -> None:
    chance = random.Random()  # another moment each time
    with contextlib.ExitStack() as ending:
        for _ in range(ROUNDS):
            server = Running(warm, tmp_path)
            ending.callback(server.kill)
            await community.write(server, chance.uniform(0.05, 0.3))
            community.glance()
        ending.callback(Running(warm, tmp_path).kill)
        community.check()
    assert len(community.acknowledged) > 20 * ROUNDS
