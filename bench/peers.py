"""Servers of another kind to stand beside, and how a message is known when it arrives."""

import asyncio
import os
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Self

from .send import TEXT
from .server import cpu, free_port, memory

__all__ = ["TEXT", "Arrivals", "Markers", "Peer", "Sender"]


class Arrivals:
    """Which messages are on their way, and who waits for them."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[None]] = {}

    def expect(self, marker: str) -> asyncio.Future[None]:
        """Done when the message arrives."""
        arrival = self.waiting[marker] = asyncio.get_running_loop().create_future()
        return arrival

    def arrived(self, marker: str) -> None:
        """The receiver has it."""
        arrival = self.waiting.pop(marker, None)
        if arrival is not None and not arrival.done():
            arrival.set_result(None)


Sender = Callable[[str], Awaitable[None]]


class Markers:
    """Finds the markers between two signs in what comes down one connection."""

    def __init__(self, before: bytes, arrivals: Arrivals) -> None:
        self._before = before
        self._arrivals = arrivals
        self._left = b""

    def seen(self, data: bytes) -> None:
        """Takes the next piece."""
        data = self._left + data
        at = 0
        while (found := data.find(self._before, at)) >= 0:
            start = found + len(self._before)
            if len(data) < start + 36:
                break
            self._arrivals.arrived(data[start : start + 36].decode())
            at = start + 36
        self._left = data[max(at, len(data) - 60) :]


class Peer(ABC):
    """A running peer with its own data. Use as a context manager."""

    name = ""
    program = ""
    install = ""

    def __init__(self, data: Path, people: int) -> None:
        self.data = data
        self.people = people
        self.port = free_port()

    @classmethod
    def installed(cls) -> bool:
        """Whether it is here."""
        return shutil.which(cls.program, path=f"{os.environ['PATH']}:/usr/sbin") is not None

    @abstractmethod
    def command(self) -> list[str]:
        """Writes the configuration; gives the command that runs it in the foreground."""

    @abstractmethod
    async def people_in(self, stack: AsyncExitStack, arrivals: Arrivals) -> list[Sender]:
        """Signs everybody in, each even one about to write to the next; gives what they send by."""

    def __enter__(self) -> Self:
        command = self.command()
        with (self.data / "out").open("wb") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, start_new_session=True, cwd=self.data
            )
        for _ in range(300):
            listening = subprocess.run(
                ["ss", "-ltnH", f"sport = :{self.port}"], capture_output=True, check=True
            )
            if listening.stdout:
                return self
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"{self.name} did not start: {(self.data / 'out').read_text()}")

    def __exit__(self, *_: object) -> None:
        for pid in reversed(self._tree()):
            subprocess.run(["kill", "-KILL", str(pid)], check=False, stderr=subprocess.DEVNULL)
        self.process.wait(timeout=30)

    def _tree(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            if children.exists():
                found.extend(int(child) for child in children.read_text().split())
        return found

    def cpu(self) -> float:
        """Seconds of processor time so far of all its processes."""
        return cpu(self._tree())

    def memory(self) -> float:
        """Resident memory in MB of all its processes."""
        return memory(self._tree())
