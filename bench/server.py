"""Starts a real server on a free port with its own data, and reads what the system says of it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import psycopg

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def settle(database: str) -> None:
    """What PostgreSQL does by itself minutes after so much was written; nothing for SQLite ("")."""
    if database:
        with psycopg.connect(database, autocommit=True) as postgres:
            postgres.execute("VACUUM ANALYZE")
            postgres.execute("CHECKPOINT")


class Server:
    """A server process. Use as a context manager."""

    def __init__(self, data: str, command: list[str] | None = None, **environment: str) -> None:
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self._data = data
        self._environment = {
            **os.environ,
            "ENTREGENT_DATA": data,
            "ENTREGENT_PORT": str(self.port),
            "ENTREGENT_LIMIT_FACTOR": "1000000",
            **environment,
        }
        self._command = command or [sys.executable, "-P", "-m", "entregent", "serve"]
        self.started_in = 0.0

    def __enter__(self) -> Self:
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            cwd=Path(__file__).parent.parent,
        )
        while True:
            try:
                with urllib.request.urlopen(f"http://{self.host}/healthz", timeout=5):
                    break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - begun > 60:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.01)
        self.started_in = time.perf_counter() - begun
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.kill()
        self.process.wait(timeout=30)

    def cpu(self) -> float:
        """Seconds of processor time so far, user and system."""
        return cpu([self.process.pid])

    def memory(self) -> float:
        """Resident memory in MB."""
        return memory([self.process.pid])


def cpu(pids: Iterable[int]) -> float:
    """Seconds of processor time that processes have taken so far, user and system."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


def memory(pids: Iterable[int]) -> float:
    """Resident memory of processes in MB."""
    kilobytes = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def folder() -> str:
    """A new folder for a server's data, on a real disk."""
    return tempfile.mkdtemp(prefix="entregent-bench-", dir=os.environ.get("ENTREGENT_BENCH_DIR"))
