"""(g) Inbox at volume: what a flooded member asks of it, beside notmuch and Dovecot, which hold the
same messages. Ours is asked over HTTP with a session, Dovecot over IMAP through a pipe, notmuch as
its own command; a conversation here is a thread there.

`ENTREGENT_BENCH_CONVERSATIONS` makes it smaller; peers not installed are left out."""

import argparse
import http.client
import json
import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from email.utils import formatdate
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from entregent.accounts import open_session
from entregent.messaging import fill_index_now
from entregent.messaging.tables import mailbox, messages
from entregent.ports.db import Transaction, statement
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure

from . import inbox
from .server import Server, folder
from .table import show, spread

LABELS = 40
ROUNDS = 7
BULK = 4  # labels whose conversations are archived: a tenth of all
IMAP = "/usr/lib/dovecot/imap"
_THREADS = statement(
    select(mailbox.c.conversation_id, mailbox.c.unread)
    .where(mailbox.c.member_id == bindparam("me"))
    .order_by(mailbox.c.conversation_id)
)
_SAID = statement(
    select(messages.c.seq, messages.c.at, messages.c.text)
    .where(messages.c.conversation_id == bindparam("key"))
    .order_by(messages.c.seq)
)


class Mail(NamedTuple):
    """One message as a peer is given it."""

    thread: int
    label: int
    seq: int
    unread: bool
    text: bytes


Asks = dict[str, Callable[[], Any]]
LIST, COUNTS, ONE, MANY, RARE, COMMON = (
    "newest 50 of a label",
    "counts of every view and label",
    "label one conversation",
    "archive a tenth that match",
    "search, rare word",
    "search, common word",
)
TIMES = {MANY: 1, LIST: 35, ONE: 35}  # what takes a few milliseconds is asked more often


def fresh() -> Iterator[int]:
    """Conversations that do not have the first label yet: a label given twice is no work."""
    return (number for number in count(LABELS * 10) if number % LABELS > BULK)


def mails(tx: Transaction, me: int) -> Iterator[Mail]:
    """Every message of the member, a conversation after the other."""
    for number, row in enumerate(tx.all(_THREADS, me=me)):
        for said in tx.all(_SAID, key=row.conversation_id):
            unread = bool(row.unread) and said.seq == inbox.MESSAGES_EACH
            earlier = f"In-Reply-To: <{row.conversation_id}.1@bench>\n" if said.seq > 1 else ""
            text = (
                f"From: other@bench.example\nTo: me@bench.example\n"
                f"Subject: Conversation {number}\nDate: {formatdate(said.at / 1000)}\n"
                f"Message-ID: <{row.conversation_id}.{said.seq}@bench>\n{earlier}\n{said.text}\n"
            )
            yield Mail(number, number % LABELS, said.seq, unread, text.encode())


class Ours:
    """Entregent on SQLite."""

    name = "Entregent"

    def __init__(self, data: str, cookie: str, keys: list[str]) -> None:
        self.server = Server(data).__enter__()
        self._cookie = cookie
        self._keys = keys
        self._fresh = fresh()
        self._connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=600)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """The answer of a route."""
        headers = {"Cookie": f"entregent={self._cookie}", "X-Entregent": "1"}
        given = json.dumps({"client_id": str(uuid.uuid4()), **body}) if body else None
        try:
            self._connection.request(method, path, given, headers)
            answer = self._connection.getresponse()
        except ConnectionError:  # others took their time, and it was closed
            self._connection.close()
            return self.ask(method, path, **body)
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {text[:300]!r}")
        return json.loads(text)

    def label(self) -> None:
        """Gives each conversation its label."""
        self.labels = [
            self._made(self.ask("POST", "/api/labels", name=f"label{n}", color=n % 12))
            for n in range(LABELS)
        ]
        for number, label in enumerate(self.labels):
            ids = self._keys[number::LABELS]
            for start in range(0, len(ids), 500):
                self._mark("label", ids=ids[start : start + 500], label=label)

    def _made(self, answer: Any) -> str:
        found: str = answer["desk"]["labels"][-1]["id"]
        return found

    def _mark(self, mark: str, **what: Any) -> Any:
        return self.ask("POST", "/api/conversations/marks", mark=mark, **what)

    def _archive(self) -> None:
        for label in self.labels[:BULK]:
            done = self._mark("archived", all={"view": f"label:{label}"})
            while done.get("bulk") and self._total(label):
                time.sleep(0.005)

    def _total(self, label: str) -> int:
        total: int = self.ask("GET", f"/api/inbox?view=label:{label}&limit=1")["total"]
        return total

    def asks(self) -> Asks:
        """What is measured."""
        ours = self.labels[BULK]
        return {
            LIST: lambda: self.ask("GET", f"/api/inbox?view=label:{ours}&limit=50"),
            COUNTS: lambda: self.ask("GET", "/api/boot"),
            ONE: lambda: self._mark(
                "label", ids=[self._keys[next(self._fresh)]], label=self.labels[0]
            ),
            MANY: self._archive,
            RARE: lambda: self.ask("GET", "/api/search?q=zanzibar"),
            COMMON: lambda: self.ask("GET", "/api/search?q=invoice"),
        }

    def close(self) -> None:
        """Ends it."""
        self.server.__exit__()


class Notmuch:
    """notmuch: an index over files, asked by its command."""

    name = "notmuch"

    def __init__(self, place: Path) -> None:
        self._mail = place / "mail"
        self._fresh = fresh()
        self._environment = {**os.environ, "HOME": str(place), "NOTMUCH_CONFIG": f"{place}/config"}
        (place / "config").write_text(
            f"[database]\npath={self._mail}\n[user]\nname=Me\nprimary_email=me@bench.example\n"
            "[new]\ntags=inbox\n[search]\n[maildir]\nsynchronize_flags=true\n"
        )

    def keep(self, mail: Mail) -> None:
        """Takes a message."""
        place = self._mail / f"label{mail.label}" / "cur"
        if not place.exists():
            for name in ("cur", "new", "tmp"):
                (place.parent / name).mkdir(parents=True)
        flags = "" if mail.unread else "S"
        (place / f"{mail.thread}.{mail.seq}:2,{flags}").write_bytes(mail.text)

    def ready(self) -> None:
        """Reads what was kept."""
        self._run("new", "--quiet")
        for number in range(LABELS):
            self._run("tag", f"+label{number}", "--", f"path:label{number}/**")

    def _run(self, *arguments: str) -> bytes:
        done = subprocess.run(
            ["notmuch", *arguments], env=self._environment, check=True, capture_output=True
        )
        return done.stdout

    def _count(self) -> None:
        asked = ["*", "tag:unread", *(f"tag:inbox and tag:label{n}" for n in range(LABELS))]
        subprocess.run(
            ["notmuch", "count", "--batch", "--output=threads"],
            input="\n".join(asked).encode(),
            env=self._environment,
            check=True,
            capture_output=True,
        )

    def asks(self) -> Asks:
        """What is measured."""
        many = " or ".join(f"tag:label{n}" for n in range(BULK))
        some = ["search", "--limit=50", "--format=json"]
        return {
            LIST: lambda: self._run(*some, f"tag:inbox and tag:label{BULK}"),
            COUNTS: self._count,
            ONE: lambda: self._run(
                "tag", "+label0", "--", f'subject:"conversation {next(self._fresh)}"'
            ),
            MANY: lambda: self._run("tag", "-inbox", "--", many),
            RARE: lambda: self._run(*some, "zanzibar"),
            COMMON: lambda: self._run(*some, "invoice"),
        }

    def close(self) -> None:
        """Nothing runs."""


class Dovecot:
    """Dovecot's IMAP server on its own format (mdbox). Debian's package brings no full-text index
    that can be used without a further server, so it searches the messages themselves."""

    name = "Dovecot"

    def __init__(self, place: Path) -> None:
        self._fresh = fresh()
        config = place / "dovecot.conf"
        config.write_text(
            f"base_dir = {place}/run\nmail_location = mdbox:{place}/mdbox\nssl = no\n"
            "mail_uid = dovecot\nmail_gid = dovecot\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n"
            f"log_path = {place}/log\n"
            "mail_fsync = always\n"  # as ours: what is acknowledged is on disk
        )
        environment = {**os.environ, "HOME": str(place), "USER": "dovecot"}
        shutil.chown(place, "dovecot")
        self._process = subprocess.Popen(
            [IMAP, "-c", str(config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._out, self._in = self._process.stdin, self._process.stdout
        self._in.readline()
        self._waiting: list[bytes] = []

    def keep(self, mail: Mail) -> None:
        """Takes a message."""
        flags = f"label{mail.label}" if mail.unread else f"\\Seen label{mail.label}"
        text = mail.text.replace(b"\n", b"\r\n")
        self._waiting.append(f" ({flags}) {{{len(text)}+}}\r\n".encode() + text)
        if len(self._waiting) == 1_000:
            self._append()

    def _append(self) -> None:
        if self._waiting:
            self.command(b"APPEND INBOX" + b"".join(self._waiting))
            self._waiting.clear()

    def ready(self) -> None:
        """Stores what is left, opens the mailbox and fills its caches."""
        self._append()
        self.command(b"SELECT INBOX")
        self.command(b"UID SORT (REVERSE ARRIVAL) UTF-8 ALL")

    def command(self, text: bytes) -> bytes:
        """What a command answers before it says OK."""
        self._out.write(b"a " + text + b"\r\n")
        self._out.flush()
        answer = []
        while not (line := self._in.readline()).startswith(b"a "):
            if not line:
                raise RuntimeError("Dovecot has ended")
            answer.append(line)
        if not line.startswith(b"a OK"):
            raise RuntimeError(f"{text[:80]!r}: {line!r}")
        return b"".join(answer)

    def _shown(self, found: bytes) -> None:
        # It says how far it is in between.
        (sort,) = (line for line in found.split(b"\r\n") if line.startswith(b"* SORT"))
        if ids := sort.split()[2:52]:
            self.command(b"UID FETCH " + b",".join(ids) + b" (FLAGS ENVELOPE)")

    def _sorted(self, what: str) -> None:
        self._shown(self.command(f"UID SORT (REVERSE ARRIVAL) UTF-8 {what}".encode()))

    def _count(self) -> None:
        for what in ("ALL", "UNSEEN", *(f"KEYWORD label{n} UNKEYWORD away" for n in range(LABELS))):
            self.command(f"SEARCH RETURN (COUNT) {what}".encode())

    def _archive(self) -> None:
        for number in range(BULK):
            self.command(f"SEARCH RETURN (SAVE) KEYWORD label{number}".encode())
            self.command(b"STORE $ +FLAGS.SILENT (away)")

    def _label(self) -> None:
        first = next(self._fresh) * inbox.MESSAGES_EACH + 1
        last = first + inbox.MESSAGES_EACH - 1
        self.command(f"STORE {first}:{last} +FLAGS.SILENT (label0)".encode())

    def asks(self) -> Asks:
        """What is measured."""
        return {
            LIST: lambda: self._sorted(f"KEYWORD label{BULK} UNKEYWORD away"),
            COUNTS: self._count,
            ONE: self._label,
            MANY: self._archive,
            RARE: lambda: self._sorted("TEXT zanzibar"),
            COMMON: lambda: self._sorted("TEXT invoice"),
        }

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()


def main(chosen: argparse.Namespace) -> None:  # noqa: ARG001 (every benchmark is called so)
    """Runs and prints."""
    size = int(os.environ.get("ENTREGENT_BENCH_CONVERSATIONS", inbox.CONVERSATIONS))
    inbox.CONVERSATIONS = size
    data = folder()
    read = settings(data=data)
    ensure(read.database)
    house = House(read)
    me = inbox.fill(house)
    fill_index_now(house.db)
    cookie = house.db.write_now(open_session, me, "local", "bench")
    keys = [str(row.conversation_id) for row in house.db.read_now(_threads_of, me)]
    peers: list[Any] = []
    if shutil.which("notmuch"):
        peers.append(Notmuch(_made(data, "notmuch")))
    if Path(IMAP).exists():
        peers.append(Dovecot(_made(data, "dovecot")))
    house.db.read_now(_hand_over, me, peers)
    house.db.close()
    for peer in peers:
        peer.ready()
    ours = Ours(data, cookie, keys)
    ours.label()
    everyone = [ours, *peers]
    asks = {one.name: one.asks() for one in everyone}
    rows = []
    for line in (LIST, COUNTS, ONE, RARE, COMMON, MANY):
        times: dict[str, list[float]] = {one.name: [] for one in everyone}
        for _ in range(TIMES.get(line, ROUNDS)):
            for one in everyone:
                begun = time.perf_counter()
                asks[one.name][line]()
                times[one.name].append((time.perf_counter() - begun) * 1000)
        base = min(times[ours.name])
        rows.append(
            [
                line,
                *(
                    f"{spread(found, 1)} ×{min(found) / base:,.1f}"
                    for found in (times[one.name] for one in everyone)
                ),
            ]
        )
    show(
        f"Inbox of {size:,} conversations, {size * inbox.MESSAGES_EACH:,} messages, "
        f"{LABELS} labels: ms, and × ours (of the best)",
        ["", *(one.name for one in everyone)],
        rows,
    )
    for one in everyone:
        one.close()
    shutil.rmtree(data)


def _threads_of(tx: Transaction, me: int) -> Any:
    return tx.all(_THREADS, me=me)


def _made(data: str, name: str) -> Path:
    place = Path(data) / name
    place.mkdir()
    Path(data).chmod(0o755)  # Dovecot gives its rights up
    return place


def _hand_over(tx: Transaction, me: int, peers: list[Any]) -> None:
    for mail in mails(tx, me):
        for peer in peers:
            peer.keep(mail)
