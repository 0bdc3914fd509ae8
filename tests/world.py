"""A small world with a fixed cast, on either database, for the tests of every slice.

Ana and Bruno are connected, Bruno and Chloé too; Ana has blocked Diego; Emi has just come and
knows nobody. The clock stands still and ids follow from it, so what a test sees is the same each
time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import httpx
import msgspec

from entregent.accounts import create_member, hash_password, open_session
from entregent.kit.events import Event
from entregent.kit.settings import Settings
from entregent.kit.text import words
from entregent.live import cursor_of, missed_since
from entregent.network import block, connect
from entregent.ports.clock import StoppedClock
from entregent.ports.db import Statement, Transaction
from entregent.ports.ids import NodeIds
from entregent.ports.mail import ListedMail, Mailbox, open_mail
from entregent.server.app import build
from entregent.server.house import House

P = ParamSpec("P")
T = TypeVar("T")

PASSWORD = "four words at random"
ORIGIN = "http://localhost:8000"


@lru_cache
def password_hash() -> str:
    return hash_password(PASSWORD)


class Counter:
    """How many statements were run, and which."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __len__(self) -> int:
        return len(self.statements)


class _Counting:
    """A connection that counts what goes through it."""

    def __init__(self, connection: Any, counter: Counter) -> None:
        self._connection = connection
        self._counter = counter

    def query(self, statement: Statement, params: Mapping[str, Any]) -> Any:
        self._counter.statements.append(statement)
        return self._connection.query(statement, params)

    def execute(self, statement: Statement, params: Mapping[str, Any]) -> Any:
        self._counter.statements.append(statement)
        return self._connection.execute(statement, params)

    def touch(self, statement: Statement, params: Mapping[str, Any]) -> Any:
        self._counter.statements.append(statement)
        return self._connection.touch(statement, params)

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        self._counter.statements.append(statement)
        self._connection.execute_many(statement, rows)

    def ask(self, statement: Statement, params: Mapping[str, Any]) -> Any:
        self._counter.statements.append(statement)
        return self._connection.ask(statement, params)

    def ask_each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> Any:
        self._counter.statements.append(statement)
        return self._connection.ask_each(statement, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class Cast(NamedTuple):
    """Who is in a database, and what the clock and the maker of ids had come to."""

    ana: int
    bruno: int
    chloe: int
    diego: int
    emi: int
    at: int
    last_id: tuple[int, int]


class World:
    """One house with its cast, which may be in the database already."""

    def __init__(self, url: str, cast: Cast | None = None, **settings: Any) -> None:
        self.clock = StoppedClock()
        quiet = {"mail": "memory:", "push": "memory:"}
        chosen = {"database": url, "address": ORIGIN, **quiet, **settings}
        self.house = House(Settings(**chosen), clock=self.clock)
        self.db = self.house.db
        self.ports = self.house.ports
        mail = open_mail(
            "memory:",
            sender=Mailbox("no-reply@example.org", "Entregent"),
            clock=self.clock,
            ids=NodeIds(self.clock, 1),
        )
        assert isinstance(mail, ListedMail)
        self.mail = self.ports.mail = mail
        ids = self.ports.ids
        assert isinstance(ids, NodeIds)
        if cast is None:
            cast = self._gather(ids)
        self.cast = cast
        self.ana, self.bruno, self.chloe, self.diego, self.emi, self.clock.at, last_id = cast
        ids._at, ids._sequence = last_id

    def _gather(self, ids: NodeIds) -> Cast:
        ana = self.member("Ana Lima")
        bruno = self.member("Bruno Çelik", language="fr")
        chloe = self.member("Chloé Dupont", language="fr")
        diego = self.member("Diego Ruiz")
        self.do(connect, ana, bruno)
        self.clock.forward(seconds=1)
        self.do(connect, bruno, chloe)
        self.do(block, ana, diego)
        self.clock.forward(seconds=1)
        emi = self.member("Emi Sato")
        return Cast(ana, bruno, chloe, diego, emi, self.clock.at, (ids._at, ids._sequence))

    # -- acting and looking ----------------------------------------------------------------------

    def do(
        self, action: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Runs an action as the server would, and commits it."""
        return self.db.write_now(action, *args, **kwargs)

    def see(
        self, fn: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Reads."""
        return self.db.read_now(fn, *args, **kwargs)

    def member(
        self, name: str, email: str = "", language: Any = "en", verified: bool = True
    ) -> int:
        """Another member, whose address is made of the first name."""
        address = email or f"{words(name)[0]}@example.org"
        return self.do(create_member, address, password_hash(), name, language, verified)

    def members(self, number: int) -> list[int]:
        """That many members more, one moment after the other."""
        made = []
        for count in range(number):
            self.clock.forward(ms=1)
            made.append(self.member(f"Member {count:03}", f"member{count}@example.org"))
        return made

    # -- logs ------------------------------------------------------------------------------------

    def cursor(self, member: int) -> int:
        """Where the member's log stands."""
        return self.see(cursor_of, member)

    def log(self, member: int, after: int = 0) -> list[dict[str, Any]]:
        """What the member's log holds after a number."""
        missed = self.see(missed_since, member, after)
        assert not missed.too_old
        return [msgspec.json.decode(text) for _, text in missed.events]

    def events(self, member: int, kinds: Iterable[type[Event]], after: int = 0) -> list[Event]:
        """The same as events, of the given kinds."""
        by_tag = {str(kind.__struct_config__.tag): kind for kind in kinds}
        missed = self.see(missed_since, member, after)
        found = []
        for _, text in missed.events:
            kind = by_tag.get(msgspec.json.decode(text)["type"])
            if kind is not None:
                found.append(msgspec.json.decode(text, type=kind))
        return found

    # -- counting --------------------------------------------------------------------------------

    @contextmanager
    def counting(self) -> Iterator[Counter]:
        """Counts the statements of everything done and seen inside."""
        counter = Counter()
        writer, connect_, spare = self.db._writer, self.db._connect, self.db._spare
        self.db._writer = _Counting(writer, counter)
        self.db._connect = lambda read_only: _Counting(connect_(read_only), counter)
        self.db._spare = []
        try:
            yield counter
        finally:
            for reader in self.db._spare:
                reader.close()
            self.db._writer, self.db._connect, self.db._spare = writer, connect_, spare

    # -- over HTTP -------------------------------------------------------------------------------

    @cached_property
    def app(self) -> Any:
        """The house as a web server sees it."""
        return build(self.house)

    def client(self, member: int | None = None) -> httpx.AsyncClient:
        """A browser without a browser: signed in as a member, or as nobody."""
        cookies = {}
        if member is not None:
            cookies["entregent"] = self.do(open_session, member, "127.0.0.1", "a test")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app),
            base_url=ORIGIN,
            headers={"x-entregent": "1", "origin": ORIGIN},
            cookies=cookies,
        )

    def close(self) -> None:
        """Ends the house."""
        self.db.close()
