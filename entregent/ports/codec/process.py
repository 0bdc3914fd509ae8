"""The codec of this machine: one process for each file, with limits, ended with its server."""

import asyncio
import contextlib
import logging
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from .content import HEAD_BYTES, Content, Family, claimed, content_of
from .job import Answer, Job, Refused, Rendition, Said
from .model import CodecFailed, CodecRefused, File, Made, Order

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS: dict[Family, str] = {"picture": "pictures", "film": "films"}
UNKNOWN = "application/octet-stream"
MEGABYTE = 1 << 20
MEMORY: dict[Family, int] = {"picture": 1200 * MEGABYTE, "film": 2000 * MEGABYTE}
PICTURE_CPU_SECONDS = 30
PICTURE_DISK = 64 * MEGABYTE
# A film may take so long for each second of it, and a second of it fills at most so much.
FILM_CPU_SECONDS, FILM_CPU_PER_SECOND = 60, 15
FILM_DISK, FILM_DISK_PER_SECOND = 16 * MEGABYTE, 1 * MEGABYTE
# A busy machine takes longer than the processor works; after that the work is given back.
WALL_FACTOR, WALL_SECONDS = 4, 60
LONGEST_ANSWER = 64 * 1024
LAST_WORDS = 2000

# The signals by which a decoder ends that stumbles over a file.
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT}


class ChildCodec:
    """Works on as many pictures, and as many films, at once as it is told; the others wait their
    turn, no picture for a film."""

    def __init__(self, at_once: int | None = None) -> None:
        most = at_once or max(1, (os.cpu_count() or 2) // 2)
        self._turns = {family: asyncio.Semaphore(most) for family in PROGRAMS}

    async def make(self, source: Path, into: Path, order: Order) -> Made:
        size, head = await asyncio.to_thread(_beginning, source)
        if size == 0:
            raise CodecRefused("empty")
        if size > order.max_bytes:
            raise CodecRefused("too_large", limit=order.max_bytes)
        content = content_of(head)
        claims = claimed(order.name, order.type)
        if content and not content.certain and "film" not in claims:
            content = None
        if claims and (content is None or content.family not in claims):
            raise CodecRefused("mismatch")
        if content is None:
            if "file" not in order.kinds:
                raise CodecRefused("not_wanted", kind="file")
            file = File(rendition="original", path=source, type=UNKNOWN, bytes=size)
            return Made(kind="file", type=UNKNOWN, files=[file])
        _check_wanted(content.family, order)
        async with self._turns[content.family], _folder(into) as folder:
            answer = await _work(source, folder, content, order)
            return await asyncio.to_thread(_moved, answer, content, folder, into)

    async def works(self) -> dict[str, str]:
        with tempfile.TemporaryDirectory() as place:
            nothing = Path(place) / "nothing"
            nothing.touch()
            found = {}
            for program in PROGRAMS.values():
                job = _job_of_nothing()
                code, said, words = await _run(program, nothing, Path(place), job, 60)
                if code:
                    raise CodecFailed(f"{program} ended with {code}: {words}")
                found[program] = ", ".join(msgspec.json.decode(said, type=list[str]))
        return found


def _job_of_nothing() -> Job:
    return Job(
        source=-1,
        format="none",
        wanted=frozenset(),
        max_pixels=0,
        max_seconds=0,
        memory=MEMORY["film"],
        cpu=PICTURE_CPU_SECONDS,
        disk=MEGABYTE,
    )


def _beginning(source: Path) -> tuple[int, bytes]:
    try:
        with source.open("rb") as file:
            return os.fstat(file.fileno()).st_size, file.read(HEAD_BYTES)
    except OSError as error:
        raise CodecFailed(f"cannot read the file: {error}") from error


def _check_wanted(family: Family, order: Order) -> None:
    """A kind that is not wanted at all is refused without a look inside."""
    possible = {"picture", "animation"} if family == "picture" else {"audio", "video"}
    if not possible & order.kinds:
        raise CodecRefused("not_wanted", kind="picture" if family == "picture" else "video")


@contextlib.asynccontextmanager
async def _folder(into: Path) -> AsyncIterator[Path]:
    """A folder for one piece of work, gone afterwards."""
    try:
        path = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix=".codec-", dir=into))
    except OSError as error:
        raise CodecFailed(f"no folder to work in: {error}") from error
    try:
        yield path
    finally:
        await asyncio.to_thread(shutil.rmtree, path, ignore_errors=True)


async def _work(source: Path, folder: Path, content: Content, order: Order) -> Answer:
    picture = content.family == "picture"
    seconds = order.max_seconds
    job = Job(
        source=-1,
        format=content.name,
        wanted=order.kinds - {"file"},  # nobody needs to look inside for that
        max_pixels=order.max_pixels,
        max_seconds=seconds,
        memory=MEMORY[content.family],
        cpu=PICTURE_CPU_SECONDS if picture else FILM_CPU_SECONDS + FILM_CPU_PER_SECOND * seconds,
        disk=PICTURE_DISK if picture else FILM_DISK + FILM_DISK_PER_SECOND * seconds,
    )
    code, said, words = await _run(
        PROGRAMS[content.family], source, folder, job, WALL_SECONDS + WALL_FACTOR * job.cpu
    )
    if code == -signal.SIGXCPU:
        raise CodecRefused("too_heavy")
    if -code in CRASHES:
        raise CodecRefused("broken")
    if code or not said:
        if "MemoryError" in words:
            raise CodecRefused("too_heavy")
        raise CodecFailed(f"the process ended with {code}: {words}")
    try:
        answer: Said = msgspec.json.decode(said, type=Said)
    except msgspec.DecodeError as error:
        raise CodecFailed(f"the process said nothing sensible: {error}") from error
    if isinstance(answer, Refused):
        log.debug("refused as %s: %s", answer.code, words)
        raise CodecRefused(answer.code, **answer.params)
    return answer


async def _run(
    program: str, source: Path, folder: Path, job: Job, seconds: float
) -> tuple[int, bytes, str]:
    """Runs the program over the file: how it ended, what it said, and its last words."""
    words = folder / "last words"
    try:
        with source.open("rb") as file, words.open("wb") as errors:
            job = msgspec.structs.replace(job, source=file.fileno())
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-B", "-s", "-m", f"{__package__}.child.{program}",
                msgspec.json.encode(job).decode(),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
                cwd=folder, pass_fds=(file.fileno(),), start_new_session=True,
                # Where this very code lies, and two heaps are enough for so few threads.
                env={"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2"},
            )  # fmt: skip
    except OSError as error:
        raise CodecFailed(f"the process did not start: {error}") from error
    assert child.stdout is not None
    try:
        async with asyncio.timeout(seconds):
            said = await child.stdout.read(LONGEST_ANSWER)
            while len(said) < LONGEST_ANSWER and (more := await child.stdout.read(LONGEST_ANSWER)):
                said += more
            if len(said) >= LONGEST_ANSWER:
                raise CodecFailed("the process said more than an answer")
            code = await child.wait()
    except TimeoutError as error:
        raise CodecFailed(f"the process was not done after {seconds} s") from error
    finally:
        # The standard input is its leash; whoever was cancelled cannot wait for it to be felt.
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    return code, said, await asyncio.to_thread(_last_words, words)


def _last_words(path: Path) -> str:
    try:
        return path.read_bytes()[-LAST_WORDS:].decode(errors="replace").strip()
    except OSError:
        return ""


def _moved(answer: Answer, content: Content, folder: Path, into: Path) -> Made:
    """Brings out what was made. What the process says is believed only as far as it can be seen."""
    files = [_brought_out(rendition, folder, into) for rendition in answer.renditions]
    return Made(
        kind=answer.kind,
        type=content.type,
        width=answer.width,
        height=answer.height,
        duration_ms=answer.duration_ms,
        placeholder=answer.placeholder,
        waveform=answer.waveform,
        files=files,
    )


SUFFIX = {"image/webp": ".webp", "video/mp4": ".mp4", "audio/mp4": ".m4a"}


def _brought_out(rendition: Rendition, folder: Path, into: Path) -> File:
    made = folder / rendition.name
    found = made.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1 or not found.st_size:
        raise CodecFailed(f"{rendition.name} is no file")
    place = into / (rendition.name + SUFFIX[rendition.type])
    made.replace(place)
    return File(
        rendition=rendition.name,
        path=place,
        type=rendition.type,
        bytes=found.st_size,
        width=rendition.width,
        height=rendition.height,
    )
