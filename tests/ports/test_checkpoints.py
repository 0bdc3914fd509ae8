"""SQLite's write-ahead log is copied beside the writer, and does not grow without end."""

import threading
from pathlib import Path

from entregent.ports.db.checkpoints import Checkpoints
from entregent.ports.db.sqlite import SQLiteConnection


def test_the_log_begins_anew_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    writer = SQLiteConnection(path)
    writer.script("PRAGMA wal_autocheckpoint=0")
    writer.script("CREATE TABLE words (word TEXT)")
    beside = SQLiteConnection(path)
    writing = threading.Lock()
    checkpoints = Checkpoints(path, writing)
    longest = 0
    for _ in range(200):
        writer.script(f"INSERT INTO words VALUES ('{'w' * 3000}')")
        checkpoints.look(beside, too_long=20)
        assert not writing.locked()
        longest = max(longest, beside.checkpoint()[0])
    writer.close()
    beside.close()
    assert 0 < longest < 40  # a row fills a page: without an end it would hold 200 and more


def test_what_is_written_is_in_the_file_itself_a_moment_later(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    writer = SQLiteConnection(path)
    writer.script("PRAGMA wal_autocheckpoint=0")
    writer.script("CREATE TABLE words (word TEXT)")
    beside = SQLiteConnection(path)
    checkpoints = Checkpoints(path, threading.Lock())
    checkpoints.look(beside)
    frames, copied = beside.checkpoint()
    assert frames == copied > 0
    before = path.stat().st_mtime_ns
    checkpoints.look(beside)  # nothing new: nothing is touched
    assert path.stat().st_mtime_ns == before
    writer.close()
    beside.close()
