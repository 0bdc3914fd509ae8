"""Starting a server for the tests, on a free port of this machine, and ending it for certain."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self


def free_port() -> int:
    """A port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_program(name: str) -> str:
    """A program that a Python package brought into our environment, or that is on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; script/setup installs it")
    return found


def accepts(port: int) -> bool:
    """Whether somebody listens at the port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
        return True
    return False


class Process:
    """A server program with its log."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.command = list(command)
        self.log = log
        self._environment = environment  # none: ours
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, ready: Callable[[], bool], seconds: float = 120) -> None:
        """Starts it and waits until it is ready; raises with the end of its log if it is not."""
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                self.command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + seconds
        while not ready():
            if self._running.poll() is not None or time.monotonic() > deadline:
                self.stop()
                tail = self.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self.command[0]} did not become ready:\n{tail}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Ends it at once, as a failing machine would."""
        if self._running is not None:
            self._running.send_signal(how)
            self._running.wait()
            self._running = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile it does nothing at all, as on a machine without time for it."""
        assert self._running is not None
        self._running.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._running.send_signal(signal.SIGCONT)


class Server(ABC):
    """What can be started and killed, also as `with Server(…) as server:`."""

    @abstractmethod
    def start(self) -> None:
        """Starts it and waits until it can be used."""

    @abstractmethod
    def stop(self) -> None:
        """Kills it."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
