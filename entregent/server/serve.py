"""`entregent serve`: migrates if needed, listens, and says so when it is ready."""

import argparse
import gc
import os
import socket
import sys

import uvicorn

from .app import build
from .config import BadSetting, settings
from .demo import is_empty
from .house import House
from .revision import ensure


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("serve", help="run the server")
    parser.add_argument("--port", type=int, default=int(os.environ.get("ENTREGENT_PORT", "8000")))
    parser.add_argument("--host", default=os.environ.get("ENTREGENT_HOST", "127.0.0.1"))
    parser.add_argument("--data", help="folder for everything that is kept")
    parser.set_defaults(run=run)


def tune_process() -> None:
    """Once all is made that lives as long as the process: the collector need not look at it; and
    whoever answers members waits for the thread that writes 1 ms, not 5."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    sys.setswitchinterval(0.001)


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, address: str, house: House) -> None:
        super().__init__(config)
        self._address = address
        self._house = house

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            tune_process()
            print(f"Entregent is ready at {self._address}", flush=True)
            if await self._house.db.read(is_empty):
                print(
                    f"This instance is empty. Sign up at {self._address}/sign-up, then "
                    "`script/entregent admin grant EMAIL` makes you its host. "
                    "`script/entregent demo` fills it with a fictional community instead.",
                    flush=True,
                )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # First: uvicorn waits for every answer to end, and a stream has no end of its own.
        self._house.hub.end_all()
        await super().shutdown(sockets)


def run(chosen: argparse.Namespace) -> int:
    """Runs the server until it is told to stop."""
    address = os.environ.get("ENTREGENT_ADDRESS") or f"http://{_name(chosen.host)}:{chosen.port}"
    read = settings(data=chosen.data, address=address)
    listener = _listen(chosen.host, chosen.port)
    ensure(read.database)
    house = House(read, limit_factor=float(os.environ.get("ENTREGENT_LIMIT_FACTOR", "1")))
    config = uvicorn.Config(
        build(house),
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        proxy_headers=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=5,
        backlog=4096,
    )
    _Server(config, address, house).run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise BadSetting(
            f"Cannot listen on {host}:{port} ({error.strerror}). "
            f"Is another Entregent running? Choose another port with --port."
        ) from None
    listener.listen(4096)
    return listener


def _name(host: str) -> str:
    everywhere = ("127.0.0.1", "0.0.0.0", "::1", "::")  # noqa: S104 (compared, not bound)
    return "localhost" if host in everywhere else host
