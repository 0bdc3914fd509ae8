"""What the writer takes: a member's data as plain values, wherever it comes from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from .model import Article, Connection, Invitation, Owner, Profile, Thread
from .reading import Archive


class Media(msgspec.Struct, frozen=True):
    """A file that a message or post points to; `name` is its path inside the export."""

    name: str
    pieces: Callable[[], Iterable[bytes]]


class Contents(msgspec.Struct, kw_only=True):
    """Everything that goes into an export; `threads` is asked anew for each file, newest first.

    `sides` has the rows of each small family under the names that the reader uses, `own` what
    becomes a file of ours as it is.
    """

    owner: Owner
    made_at: int
    host: str = ""
    profile: Profile | None = None
    sides: dict[str, list[Any]] = {}
    connections: Sequence[Connection] = ()
    invitations: Sequence[Invitation] = ()
    articles: Sequence[Article] = ()
    threads: Callable[[], Iterator[Thread]] = lambda: iter(())
    own: dict[str, msgspec.Struct] = {}
    media: Iterable[Media] = ()


def contents_of(archive: Archive, made_at: int) -> Contents:
    """What was read, ready to be written again."""
    return Contents(
        owner=archive.owner,
        made_at=made_at,
        profile=archive.profile,
        sides=archive.sides,
        connections=archive.connections,
        invitations=archive.invitations,
        articles=archive.articles,
        threads=archive.threads,
    )
