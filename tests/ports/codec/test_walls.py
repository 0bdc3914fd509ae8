"""The process with limits: what holds it in, and what happens when it or its server ends."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from entregent.ports.codec import Codec, CodecFailed, CodecRefused
from entregent.ports.codec.job import Job
from entregent.ports.codec.process import _run
from tests.ports.codec.samples import drawn, encoded, order, silence

CHECKOUT = Path(__file__).resolve().parents[3]
MEGABYTE = 1 << 20

# Said from within the walls: what was tried, and whether it went through.
PRISONER = """
import json, os, socket, subprocess, sys, tempfile
import msgspec
from entregent.ports.codec.child.confined import confine
from entregent.ports.codec.job import Job

def tried(what):
    try:
        return repr(what())
    except BaseException as error:
        return type(error).__name__

address, secret, spent = int(sys.argv[2]), sys.argv[3], []
def fill():
    with open("inside", "wb") as file:
        for _ in range(20):
            file.write(bytes(1 << 20))
            file.flush()
def open_many():
    spent.extend(os.open("inside", os.O_RDONLY) for _ in range(100))
walls = confine(msgspec.json.decode(sys.argv[1].encode(), type=Job))
print(json.dumps({
    "walls": walls,
    "environment": sorted(os.environ),
    "inside": tried(lambda: open("inside", "w").write("x")),
    "secret": tried(lambda: open(secret).read()),
    "beside": tried(lambda: open("../beside", "w").write("x")),
    "listed": tried(lambda: os.listdir("/")),
    "connects": tried(lambda: socket.create_connection(("127.0.0.1", address), 5)),
    "runs": tried(lambda: subprocess.run(["/bin/true"], check=True).returncode),
    "signals": tried(lambda: os.kill(os.getppid(), 0)),
    "memory": tried(lambda: len(bytearray(1 << 30))),
    "fills": tried(fill),
    "opens": tried(open_many),
}), flush=True)
os._exit(0)
"""


def job(**changes: object) -> Job:
    usual: dict[str, object] = {
        "source": -1, "format": "wav", "wanted": frozenset({"audio", "video", "picture"}),
        "max_pixels": 64_000_000, "max_seconds": 100_000, "memory": 800 * MEGABYTE, "cpu": 60,
        "disk": 10 * MEGABYTE,
    }  # fmt: skip
    return Job(**{**usual, **changes})  # type: ignore[arg-type]


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked after yet has, too."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] in "ZX"


def children_of(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid and fields[0] not in "ZX":
            found.append(int(path.parent.name))
    return found


async def until(true: Callable[[], object]) -> None:
    """Waits for what must come; the test's own limit says when it is too late."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.02)


@pytest.fixture
async def listener() -> AsyncIterator[tuple[int, list[int]]]:
    """A port of this machine, and how often somebody came."""
    visits: list[int] = []

    async def visit(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(1)
        writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], visits


@pytest.fixture(scope="module")
def told_from_within(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process within the walls could do."""
    place = tmp_path_factory.mktemp("walls")
    (place / "cell").mkdir()
    (place / "secret").write_text("secret")
    leash, hand = os.pipe()
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = subprocess.run(
            [sys.executable, "-P", "-c", PRISONER, msgspec.json.encode(job()).decode(),
             str(server.getsockname()[1]), str(place / "secret")],
            cwd=place / "cell", env={"PYTHONPATH": str(CHECKOUT), "SECRET": "1"}, check=False,
            stdin=leash, capture_output=True, text=True,
        )  # fmt: skip
    os.close(leash)
    os.close(hand)
    assert not done.stderr
    told: dict[str, Any] = msgspec.json.decode(done.stdout)
    return told


async def test_the_codec_says_which_walls_stand(codec: Codec) -> None:
    walls = await codec.works()
    assert walls.keys() == {"pictures", "films"}
    assert all(names.startswith("limits") for names in walls.values())


def test_limits(told_from_within: dict[str, Any]) -> None:
    assert told_from_within["memory"] == "MemoryError"
    assert told_from_within["fills"] == "OSError"
    assert told_from_within["opens"] == "OSError"
    assert told_from_within["environment"] == []
    assert told_from_within["inside"] == "1"


def test_nothing_outside_can_be_reached(told_from_within: dict[str, Any]) -> None:
    """Both walls are the system's: containers forbid the one, old kernels lack the other."""
    walls = told_from_within["walls"]
    if "landlock" in walls or "namespaces" in walls:
        assert told_from_within["connects"] in {"OSError", "PermissionError"}
    if "landlock" in walls:
        for name in ("secret", "beside", "listed", "runs"):
            assert told_from_within[name] == "PermissionError", name


async def test_a_film_cannot_make_us_call_anybody(
    codec: Codec, listener: tuple[int, list[int]], tmp_path: Path, into: Path
) -> None:
    port, visits = listener
    address = f"http://127.0.0.1:{port}/x.ts"
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n"
    source = tmp_path / "x"
    source.write_text(playlist)
    with pytest.raises(CodecRefused, match="mismatch"):
        await codec.make(source, into, order("x.mp4"))
    # Even a process that is told to read it as what it is does not.
    for reader in ("hls", "concat", "sdp", "mov"):
        code, said, words = await _run("films", source, into, job(format=reader), 60)
        assert (code, b"refused" in said) == (0, True), words
    assert visits == []


async def test_too_much_work_is_ended(tmp_path: Path, into: Path) -> None:
    source = silence(tmp_path / "x", 7200)
    code, said, _ = await _run("films", source, into, job(cpu=1), 60)
    assert (code, said) == (-signal.SIGXCPU, b"")


async def test_too_much_memory_is_refused(tmp_path: Path, into: Path) -> None:
    source = tmp_path / "x"
    source.write_bytes(encoded(drawn(4000, 4000), "PNG"))
    few = job(format="PNG", memory=150 * MEGABYTE)
    code, said, words = await _run("pictures", source, into, few, 60)
    assert (code, b"too_heavy" in said) == (0, True), words


async def test_too_much_output_is_refused(tmp_path: Path, into: Path) -> None:
    source = silence(tmp_path / "x", 100)
    code, said, words = await _run("films", source, into, job(disk=2_000), 60)
    assert (code, b"too_heavy" in said) == (0, True), words


async def test_a_process_that_hangs_is_ended(tmp_path: Path, into: Path) -> None:
    source = silence(tmp_path / "x", 7200)
    before = {*children_of(os.getpid())}
    with pytest.raises(CodecFailed, match="not done"):
        await _run("films", source, into, job(), 0.05)
    assert {*children_of(os.getpid())} <= before


async def begun(codec: Codec, tmp_path: Path, into: Path) -> tuple[asyncio.Task[object], int]:
    """Work under way: the task and the process."""
    source = silence(tmp_path / "x", 20_000)
    before = {*children_of(os.getpid())}
    task: asyncio.Task[object] = asyncio.create_task(
        codec.make(source, into, order("x.wav", max_seconds=100_000, max_bytes=1 << 30))
    )
    await until(lambda: task.done() or any(into.glob(".codec-*/audio")))
    assert not task.done()
    (pid,) = {*children_of(os.getpid())} - before
    return task, pid


async def test_a_process_that_is_killed_is_no_fault_of_the_file(
    codec: Codec, tmp_path: Path, into: Path
) -> None:
    task, pid = await begun(codec, tmp_path, into)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(CodecFailed):
        await task
    assert not any(into.iterdir())  # noqa: ASYNC240


async def test_a_decoder_that_falls_over_is_the_fault_of_the_file(
    codec: Codec, tmp_path: Path, into: Path
) -> None:
    task, pid = await begun(codec, tmp_path, into)
    os.kill(pid, signal.SIGSEGV)
    with pytest.raises(CodecRefused, match="broken"):
        await task
    assert not any(into.iterdir())  # noqa: ASYNC240


async def test_who_gives_up_ends_the_process(codec: Codec, tmp_path: Path, into: Path) -> None:
    task, pid = await begun(codec, tmp_path, into)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert is_gone(pid)
    assert not any(into.iterdir())  # noqa: ASYNC240


SERVER = """
import asyncio, sys
from pathlib import Path
from entregent.ports.codec import Order, open_codec
order = Order(name="x.wav", max_bytes=1 << 30, max_pixels=1, max_seconds=100_000,
              kinds=frozenset({"audio"}))
asyncio.run(open_codec("child:").make(Path(sys.argv[1]), Path(sys.argv[2]), order))
"""


async def test_a_killed_server_takes_the_process_along(tmp_path: Path, into: Path) -> None:
    source = silence(tmp_path / "x", 20_000)
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", textwrap.dedent(SERVER), str(source), str(into),
        env={"PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    try:
        await until(lambda: any(into.glob(".codec-*/audio")))
        (pid,) = children_of(server.pid)
    finally:
        server.kill()
        await server.wait()
    await until(lambda: is_gone(pid))


async def test_a_closed_leash_ends_the_process(tmp_path: Path) -> None:
    """Where the system does not see to it, the process feels that its server's end is closed."""
    program = """
        import os, sys, time
        import msgspec
        from entregent.ports.codec.child.confined import confine
        from entregent.ports.codec.job import Job
        confine(msgspec.json.decode(sys.argv[1].encode(), type=Job))
        os.write(1, b"within")
        time.sleep(1000)
        """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", textwrap.dedent(program),
        msgspec.json.encode(job()).decode(),
        env={"PYTHONPATH": str(CHECKOUT)}, cwd=tmp_path,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin
    assert child.stdout
    assert await child.stdout.readexactly(6) == b"within"
    child.stdin.close()
    assert await child.wait() == 1
