"""Synapse, the reference server of Matrix, from PyPI, with SQLite and its limits off.

The client speaks just enough of the client-server API to make rooms, to send and to follow.
"""

import asyncio
import hashlib
import hmac
import json
import subprocess
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, NamedTuple

from .peers import TEXT, Arrivals, Markers, Peer, Sender

SECRET = "bench"
LIMITS = """rc_message rc_registration rc_login.address rc_login.account rc_login.failed_attempts
rc_joins.local rc_joins.remote rc_joins_per_room rc_invites.per_room rc_invites.per_user
rc_invites.per_issuer rc_room_creation""".split()  # noqa: SIM905


class Synapse(Peer):
    """Synapse, one process."""

    name = "Synapse"
    program = "synapse_homeserver"
    install = "pip install matrix-synapse, and its folder on PATH"

    def command(self) -> list[str]:
        settings: dict[str, Any] = {
            "server_name": "localhost",
            "pid_file": f"{self.data}/pid",
            "listeners": [
                {
                    "port": self.port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "resources": [{"names": ["client"], "compress": False}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": f"{self.data}/homeserver.db"}},
            "log_config": f"{self.data}/log.yaml",
            "media_store_path": f"{self.data}/media",
            "registration_shared_secret": SECRET,
            "report_stats": False,
            "signing_key_path": f"{self.data}/key",
            "trusted_key_servers": [],
            "bcrypt_rounds": 4,
        }
        for limit in LIMITS:
            place = settings
            *outer, last = limit.split(".")
            for name in outer:
                place = place.setdefault(name, {})
            place[last] = {"per_second": 1_000_000, "burst_count": 1_000_000}
        # JSON is YAML.
        (self.data / "log.yaml").write_text('{"version": 1, "root": {"level": "ERROR"}}')
        file = self.data / "homeserver.yaml"
        file.write_text(json.dumps(settings))
        begin = [self.program, "-c", str(file)]
        subprocess.run([*begin, "--generate-keys"], check=True, cwd=self.data)
        return begin

    async def people_in(self, stack: AsyncExitStack, arrivals: Arrivals) -> list[Sender]:
        people = [await self._person(stack, number) for number in range(self.people)]
        senders: list[Sender] = []
        for one, other in zip(people[::2], people[1::2], strict=True):
            room = await one.direct_room(other)
            stack.callback(asyncio.create_task(other.follow(Markers(b"~", arrivals))).cancel)
            stack.callback(asyncio.create_task(one.follow(Markers(b"~", Arrivals()))).cancel)
            senders.append(partial(one.send, room))
        return senders

    async def _person(self, stack: AsyncExitStack, number: int) -> "Person":
        lines = []
        for _ in range(2):  # one for what the person does, one that waits for news
            line = Line(*await asyncio.open_connection("127.0.0.1", self.port))
            stack.callback(line.writer.close)
            lines.append(line)
        person = Person(*lines)
        await person.sign_up(f"u{number}")
        return person


class Line(NamedTuple):
    """A connection that is kept, for one question at a time."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def answer(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of what the server answers, which comes in chunks."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return int(head[9:12]), body


class Person:
    """Somebody with an account."""

    def __init__(self, doing: Line, following: Line) -> None:
        self._doing = doing
        self._following = following
        self._token = ""
        self.name = ""

    async def ask(
        self, method: str, path: str, body: Any = None, line: Line | None = None
    ) -> tuple[Any, bytes]:
        """What the server answers, read and as it came."""
        sent = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
        )
        status, answer = await (line or self._doing).answer(head.encode() + sent)
        if status != 200:
            raise ConnectionError(f"{method} {path}: {status} {answer.decode()}")
        return json.loads(answer), answer

    async def sign_up(self, name: str) -> None:
        """With the secret that the server shares with who runs it."""
        path = "/_synapse/admin/v1/register"
        (nonce, _) = await self.ask("GET", path)
        said = "\0".join([nonce["nonce"], name, "secret", "notadmin"]).encode()
        proof = hmac.new(SECRET.encode(), said, hashlib.sha1).hexdigest()
        body = {"nonce": nonce["nonce"], "username": name, "password": "secret", "mac": proof}
        (made, _) = await self.ask("POST", path, body)
        self._token, self.name = made["access_token"], made["user_id"]

    async def direct_room(self, other: "Person") -> str:
        """A room for the two."""
        wanted = {"preset": "trusted_private_chat", "is_direct": True, "invite": [other.name]}
        (made, _) = await self.ask("POST", "/_matrix/client/v3/createRoom", wanted)
        room: str = made["room_id"]
        await other.ask("POST", f"/_matrix/client/v3/join/{room}", {})
        return room

    async def send(self, room: str, marker: str) -> None:
        """Writes a message whose receiver will find `~marker~` in it."""
        path = f"/_matrix/client/v3/rooms/{room}/send/m.room.message/{marker}"
        await self.ask("PUT", path, {"msgtype": "m.text", "body": f"{TEXT} ~{marker}~"})

    async def follow(self, marks: Markers) -> None:
        """Asks for what is new, again and again."""
        since = ""
        while True:
            path = f"/_matrix/client/v3/sync?timeout=30000{since}"
            found, answer = await self.ask("GET", path, line=self._following)
            marks.seen(answer)
            since = f"&since={found['next_batch']}"
