"""Two servers of another kind to stand beside: ejabberd and Prosody, from Debian's packages.

Both keep an archive of every message (XEP-0313) in SQLite and have their limits off. The client
speaks just enough XMPP to sign in and to send.
"""

import asyncio
import base64
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

from .peers import TEXT, Arrivals, Markers, Peer, Sender

STREAM = (
    b"<?xml version='1.0'?><stream:stream to='localhost' xmlns='jabber:client' "
    b"xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
)
SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
BIND = b"<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"


class Client(asyncio.Protocol):
    """One signed-in connection; `seen` is called with each piece of bytes that comes later."""

    def __init__(self, name: str, seen: Callable[[bytes], None]) -> None:
        proof = base64.b64encode(f"\0{name}\0secret".encode()).decode()
        auth = f"<auth xmlns='{SASL}' mechanism='PLAIN'>{proof}</auth>".encode()
        # What to wait for, and what to say then.
        self._steps = [
            (b"</stream:features>", auth),
            (b"<success", STREAM),
            (b"</stream:features>", BIND),
            (b"<jid>", b"<presence/>"),
        ]
        self._seen = seen
        self._buffer = b""
        self.ready = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(STREAM)

    def data_received(self, data: bytes) -> None:
        if not self._steps:
            self._seen(data)
            return
        self._buffer += data
        if b"<failure" in self._buffer:
            self.ready.set_exception(ConnectionError(self._buffer.decode()))
        elif self._steps[0][0] in self._buffer:
            self.transport.write(self._steps.pop(0)[1])
            self._buffer = b""
            if not self._steps:
                self.ready.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(error or ConnectionResetError("closed while signing in"))

    def send(self, to: str, marker: str, text: str) -> None:
        """Sends a message whose receiver will find `~marker~` in it."""
        body = f"<message to='{to}@localhost' type='chat'><body>{text} ~{marker}~</body></message>"
        self.transport.write(body.encode())


class XmppPeer(Peer):
    """Everybody on a connection of their own."""

    async def people_in(self, stack: AsyncExitStack, arrivals: Arrivals) -> list[Sender]:
        loop = asyncio.get_running_loop()
        clients: list[Client] = []
        for number in range(self.people):
            marks = Markers(b"~", arrivals)
            _, client = await loop.create_connection(
                partial(Client, f"u{number}", marks.seen), "127.0.0.1", self.port
            )
            stack.callback(client.transport.close)
            await client.ready
            clients.append(client)

        async def send(number: int, marker: str) -> None:
            clients[number].send(f"u{number + 1}", marker, TEXT)

        return [partial(send, number) for number in range(0, self.people, 2)]


class Prosody(XmppPeer):
    """Prosody, one process."""

    name = "Prosody"
    program = "prosody"
    install = "apt-get install prosody lua-dbi-sqlite3"

    def command(self) -> list[str]:
        accounts = self.data / "data" / "localhost" / "accounts"
        accounts.mkdir(parents=True)
        for number in range(self.people):
            (accounts / f"u{number}.dat").write_text('return { ["password"] = "secret"; };')
        file = self.data / "prosody.cfg.lua"
        file.write_text(f"""
run_as_root = true
daemonize = false
pidfile = "{self.data}/pid"
data_path = "{self.data}/data"
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {self.port} }}
modules_enabled = {{ "saslauth", "roster", "disco", "mam" }}
modules_disabled = {{ "s2s", "offline", "tls" }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = {{ archive = "sql" }}
sql = {{ driver = "SQLite3", database = "{self.data}/archive.sqlite" }}
default_archive_policy = true
log = {{ error = "{self.data}/log" }}
VirtualHost "localhost"
""")
        return ["prosody", "--config", str(file), "-F"]


class Ejabberd(XmppPeer):
    """ejabberd, one Erlang machine on as many cores as there are."""

    name = "ejabberd"
    program = "ejabberdctl"
    install = "apt-get install ejabberd erlang-p1-sqlite3"

    def command(self) -> list[str]:
        database = self.data / "ejabberd.db"
        with sqlite3.connect(database) as made:
            made.executescript(Path("/usr/share/ejabberd/sql/lite.sql").read_text())
            made.executemany(
                "INSERT INTO users(username, password) VALUES (?, 'secret')",
                [(f"u{number}",) for number in range(self.people)],
            )
        made.close()
        (self.data / "ejabberd.yml").write_text(f"""
hosts: ["localhost"]
loglevel: error
listen:
  - port: {self.port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    shaper: none
    access: all
    starttls: false
auth_method: [sql]
auth_password_format: plain
default_db: sql
sql_type: sqlite
sql_database: "{database}"
modules:
  mod_mam:
    db_type: sql
    default: always
  mod_roster: {{}}
  mod_disco: {{}}
""")
        for folder in ("spool", "logs"):
            (self.data / folder).mkdir()
        subprocess.run(["chown", "-R", "ejabberd", str(self.data)], check=True)
        # A node of its own, without Erlang's distribution, so that several may run.
        places = ["--config-dir", str(self.data), "--spool", str(self.data / "spool")]
        logs = ["--logs", str(self.data / "logs"), "--node", f"bench{self.port}@localhost"]
        return ["/usr/sbin/ejabberdctl", *places, *logs, "foreground"]
