"""Copies SQLite's write-ahead log into the database beside the writer, so that no commit waits.

Left to itself SQLite does that inside the commit that fills the log, and everybody who waits for
that commit waits for some hundred milliseconds of disk as well.
"""

import logging
import threading
from pathlib import Path

from .sqlite import SQLiteConnection
from .transaction import Connection

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
TOO_LONG = 12_000  # pages; from here on the writer stands aside for a moment, so that it restarts
NEARLY = 400  # pages; no more is left for the writer to wait for, where it can be had
ROUNDS = 4
FAR_BEHIND = 100_000  # pages; then a commit does it after all


class Checkpoints:
    """A thread that does so from `start` to `stop`.

    `writing` is the lock that the writer holds during a transaction.
    """

    def __init__(self, path: Path, writing: threading.Lock) -> None:
        self._path = path
        self._writing = writing
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
        self._seen = 0.0

    def start(self, writer: Connection) -> None:
        """Begins, and relieves the writer of it."""
        writer.script(f"PRAGMA wal_autocheckpoint={FAR_BEHIND}")
        self._thread.start()

    def stop(self) -> None:
        """Ends it after what it is doing."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        connection = SQLiteConnection(self._path)
        try:
            while not self._over.wait(EVERY_SECONDS):
                try:
                    self.look(connection)
                except Exception:
                    log.exception("the write-ahead log could not be copied; it will be tried again")
        finally:
            connection.close()

    def look(self, connection: SQLiteConnection, too_long: int = TOO_LONG) -> None:
        """Copies what was written since the last look."""
        changed = connection.log_changed_at()
        if changed == self._seen:
            return
        self._seen = changed
        frames, _ = connection.checkpoint()
        if frames <= too_long:
            return
        # Only a log that is copied whole begins anew. While much is written, what came meanwhile
        # is less each time.
        for _ in range(ROUNDS):
            before, (frames, _) = frames, connection.checkpoint()
            if frames - before <= NEARLY:
                break
        with self._writing:
            connection.checkpoint()
