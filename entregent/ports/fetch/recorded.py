"""Fetching from a recording: for tests, and for a demo without a network."""

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Self

import msgspec

from .addresses import is_public
from .hops import follow_hops
from .model import Answer, FetchFailed, FetchRefused, Request
from .target import DEFAULT_PORTS, Target, parse


class Recording(msgspec.Struct, frozen=True):
    """What a server is to have said."""

    status: int = 200
    headers: dict[str, str] = {}
    text: str = ""


class RecordedFetch:
    """Answers from a table of URLs, and remembers in `asked` what it was asked.

    Redirects, limits and what can be refused without a name server are as in earnest.
    """

    def __init__(self, recordings: Mapping[str, Recording | bytes]) -> None:
        self._recordings = {parse(url).url: said for url, said in recordings.items()}
        self.asked: list[Request] = []

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads a JSON object of recordings by URL."""
        return cls(msgspec.json.decode(path.read_bytes(), type=dict[str, Recording]))

    async def send(self, request: Request) -> Answer:
        self.asked.append(request)
        return await follow_hops(request, self._hop)

    async def _hop(self, target: Target, request: Request) -> Answer:
        try:
            private = not is_public(str(ip_address(target.host)))
        except ValueError:
            private = target.host == "localhost"
        if private:
            raise FetchRefused(f"{target.host} is not on the public Internet")
        if target.port not in DEFAULT_PORTS.values():
            raise FetchRefused(f"port {target.port} is not asked")
        said = self._recordings.get(target.url)
        if said is None:
            raise FetchFailed(f"nothing is recorded of {target.url}")
        if isinstance(said, bytes):
            said_status, said_headers, body = 200, {}, said
        else:
            said_status, said_headers, body = said.status, said.headers, said.text.encode()
        if request.method == "HEAD":
            body = b""
        if len(body) > request.limit:
            if not request.cut:
                raise FetchRefused("the answer is too large")
            body = body[: request.limit]
        headers = {name.lower(): value for name, value in said_headers.items()}
        return Answer(url=target.url, status=said_status, headers=headers, body=body)

    async def close(self) -> None:
        """Nothing is open."""
