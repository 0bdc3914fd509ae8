"""What fetching is: a question, an answer, and the two ways of getting none."""

from typing import Protocol

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a server that we do not trust."""

    url: str
    method: str = "GET"
    headers: dict[str, str] = {}
    body: bytes = b""
    limit: int = 1_000_000  # bytes of the answer, unpacked
    cut: bool = False  # Take the first `limit` bytes of what is longer, rather than refuse it.
    seconds: float = 10.0  # for everything together
    redirects: int = 5  # followed for GET and HEAD only


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back, whatever its status."""

    url: str  # where it came from in the end
    status: int
    headers: dict[str, str] = {}  # names in lower case
    body: bytes = b""


class FetchRefused(ValueError):
    """We do not ask this, or not any further; asking again changes nothing."""


class FetchFailed(OSError):
    """There was no proper answer; trying later may help."""


class Fetch(Protocol):
    """Asks servers outside, on behalf of members who may wish us ill.

    Private networks are never reached, whatever names, redirects or notations lead there. No
    cookies, no proxies from the environment, nothing kept between two questions.
    """

    async def send(self, request: Request) -> Answer:
        """Asks, and follows redirects. Raises FetchRefused or FetchFailed."""
        ...

    async def close(self) -> None:
        """Asks nothing more."""
        ...
