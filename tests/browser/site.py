"""A real server on a free port, as a host starts it, with a data folder of its own."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from entregent.server.demo.people import CAST
from tests.servers import slow
from tests.servers.processes import Process, Server, free_port

ROOT = Path(__file__).resolve().parents[2]
OURS = ("-P", "-m", "entregent")
SLOW = ("-P", "-m", "tests.servers.slow")


class Site(Server):
    """An instance under `url`; empty, or with the small demo and its cast by part.

    What `late` names comes late (see `tests.servers.slow`): at every site, or at this one.
    """

    def __init__(
        self, folder: Path, *, demo: bool = False, late: str | None = None, **settings: str
    ) -> None:
        self.folder = folder
        self.demo = demo
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.cast: Mapping[str, str] = {}
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("ENTREGENT_")},
            "ENTREGENT_DATA": str(folder),
            "ENTREGENT_LIMIT_FACTOR": "0",  # a hand tires before it meets the limits; a test not
            **{f"ENTREGENT_{name.upper()}": value for name, value in settings.items()},
        }
        late = os.environ.get(slow.VARIABLE) if late is None else late
        if late:
            self.environment |= {slow.VARIABLE: late, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, *(SLOW if late else OURS), "serve", "--port", str(self.port)]
        log = folder.with_suffix(".log")
        self._process = Process(command, log, self.environment)

    def start(self) -> None:
        """Fills it if it is to be a demo, and starts it; also again after `stop`."""
        if self.demo and not self.folder.exists():
            self.run("demo", "--small")
        self._process.start(self._answers)
        if self.demo and not self.cast:
            with urllib.request.urlopen(f"{self.url}/api/demo/cast") as answer:
                cards = json.load(answer)["cast"]
            parts = [character.part for character in CAST]
            self.cast = {part: card["id"] for part, card in zip(parts, cards, strict=True)}

    def stop(self) -> None:
        """Kills it, as a failing machine would; what was acknowledged is on disk."""
        self._process.stop()

    def held(self) -> AbstractContextManager[None]:
        """Meanwhile it does nothing at all; what it is asked it answers afterwards."""
        return self._process.held()

    def run(self, *arguments: str) -> str:
        """A command of `entregent` on the same data."""
        done = subprocess.run(
            [sys.executable, *OURS, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self) -> str:
        """What it has printed."""
        return self._process.log.read_text(encoding="utf-8", errors="replace")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
