"""Fetching from the public Internet, and from nowhere else."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

from .addresses import is_public
from .exchange import exchange
from .hops import follow_hops
from .model import Answer, FetchFailed, FetchRefused, Request
from .target import Target

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

CONNECT_SECONDS = 4.0
MAX_ADDRESSES = 4
RESOLVERS = 8


class PublicFetch:
    """Looks a name up once, checks every address it has, and connects to a checked one.

    The name is not looked up again to connect, so that a second, different answer of a hostile
    name server (DNS rebinding) has no effect. `trusted` names address and port of servers that
    are reached although they are private, and `tls` and `resolve` replace the machine's
    certificates and name server: for tests.
    """

    def __init__(
        self,
        *,
        ports: Collection[int] = (80, 443),
        trusted: Collection[tuple[str, int]] = (),
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        self._ports = frozenset(ports)
        self._trusted = frozenset(trusted)
        self._tls = tls
        # A hostile name server can hold a look-up for long; it shall hold nobody else's threads.
        self._threads = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolve")
        self._resolve: Resolve = resolve or self._look_up

    async def send(self, request: Request) -> Answer:
        return await follow_hops(request, self._hop)

    async def _hop(self, target: Target, request: Request) -> Answer:
        addresses = await self._checked(target)
        reader, writer = await self._connect(target, addresses)
        try:
            return await exchange(reader, writer, target, request)
        except (OSError, EOFError) as error:
            if isinstance(error, FetchFailed | TimeoutError):
                raise
            raise FetchFailed(str(error) or type(error).__name__) from error
        finally:
            writer.transport.abort()

    async def _checked(self, target: Target) -> Sequence[str]:
        """The addresses of the target, all of them public."""
        if target.port not in self._ports | {port for _, port in self._trusted}:
            raise FetchRefused(f"port {target.port} is not asked")
        addresses = list(dict.fromkeys(await self._resolve(target.host, target.port)))
        if not addresses:
            raise FetchFailed(f"{target.host} has no address")
        for address in addresses:
            if (address, target.port) in self._trusted:
                continue
            if target.port not in self._ports or not is_public(address):
                raise FetchRefused(f"{target.host} is not on the public Internet")
        return addresses[:MAX_ADDRESSES]

    async def _connect(
        self, target: Target, addresses: Sequence[str]
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        tls: ssl.SSLContext | None = None
        if target.scheme == "https":
            tls = self._tls = self._tls or ssl.create_default_context()
        reason: Exception | None = None
        for address in addresses:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await asyncio.open_connection(
                        address,
                        target.port,
                        ssl=tls,
                        server_hostname=target.host.rstrip(".") if tls else None,
                    )
            except (OSError, ssl.SSLError) as error:
                reason = error
        raise FetchFailed(f"{target.host} cannot be reached: {reason!r}") from reason

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(
                self._threads,
                lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM),
            )
        except (OSError, UnicodeError) as error:
            raise FetchFailed(f"{host} has no address") from error
        return [str(address[4][0]) for address in found]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
