"""How a file that was received becomes one that can be shown, and how its bytes go again."""

import asyncio

from entregent.kit.settings import Settings
from entregent.ports.blobs import Blobs
from entregent.ports.codec import Codec, CodecRefused, Kind, Made, Order
from entregent.ports.ports import Ports

from . import actions
from .model import MOST_PIXELS, MOST_SOUND_SECONDS, Kept, KeptFile
from .spool import Spool, hash_of, read

PAUSE_SECONDS = 0.1
MOST_PAUSES = 100


class Unready(Exception):
    """This process lacks what it takes, or must wait; trying again may help."""


async def work(ports: Ports, member_id: int, media_id: int) -> None:
    """Has a file made anew, puts what was made into the store, and only then calls it ready.

    Killed at any point, it is done again from the beginning: bytes are claimed before they are put
    and the waiting file is removed last.
    """
    spool = Spool(ports.settings)
    kept = await ports.db.write(actions.begin_work, member_id, media_id)
    if kept is not None:
        if await spool.size(media_id) == kept.size:
            await _make(ports, spool, member_id, media_id, kept)
        else:
            await ports.db.write(actions.refuse, member_id, media_id, "media.lost")
    await spool.remove(media_id)


async def _make(ports: Ports, spool: Spool, member_id: int, media_id: int, kept: Kept) -> None:
    write = ports.db.write
    into = await spool.empty_work(media_id)
    try:
        ordered = order(ports.settings, kept)
        made = await _codec(ports).make(spool.place(media_id), into, ordered)
    except CodecRefused as refused:
        await write(actions.refuse, member_id, media_id, f"media.{refused.code}", told(refused))
        return
    files = await _files(made)
    if not await _claimed(ports, member_id, media_id, files):
        return
    for file in made.files:
        await _blobs(ports).put(read(file.path))
    if not await write(actions.settle, member_id, media_id, made):
        await write(actions.abandon, [file.blob for file in files])


async def _files(made: Made) -> list[KeptFile]:
    return [
        KeptFile(
            rendition=file.rendition,
            blob=await hash_of(file.path),
            type=file.type,
            size=file.bytes,
            width=file.width,
            height=file.height,
        )
        for file in made.files
    ]


async def _claimed(ports: Ports, member_id: int, media_id: int, files: list[KeptFile]) -> bool:
    """Claims the bytes; False if the file was removed meanwhile."""
    for _ in range(MOST_PAUSES):
        answer = await ports.db.write(actions.claim, member_id, media_id, files)
        if answer != "wait":
            return answer == "claimed"
        await asyncio.sleep(PAUSE_SECONDS)
    raise Unready("the same bytes are being removed")


async def drop_bytes(ports: Ports, key: str) -> None:
    """Removes bytes from the store, unless somebody claims them."""
    if await ports.db.write(actions.start_removal, key):
        await _blobs(ports).delete(key)
        await ports.db.write(actions.end_removal, key)


def order(settings: Settings, kept: Kept) -> Order:
    """What is wanted of a file, by what it claims to be."""
    sound = kept.voice or kept.kind == "audio"
    if kept.voice:
        seconds = settings.max_voice_seconds
    elif kept.lasting:
        seconds = settings.max_film_seconds
    else:
        seconds = MOST_SOUND_SECONDS if sound else settings.max_video_seconds
    kinds: set[Kind] = {"picture", "animation", "audio", "video", "file"}
    if sound or kept.lasting:
        kinds = {"audio" if sound else "video"}
    return Order(
        name=kept.name,
        type=kept.claimed,
        max_bytes=actions.Allowed.of(settings, lasting=kept.lasting).most,
        max_pixels=MOST_PIXELS,
        max_seconds=seconds + 1,  # who stops at the last second is not late
        kinds=frozenset(kinds),
    )


def told(refused: CodecRefused) -> dict[str, int | str]:
    """What the sentence says of a limit, in the measure that people use."""
    limit = refused.params.get("limit")
    measures = {"too_large": 1_048_576, "too_many_pixels": 1_000_000}
    if not isinstance(limit, int):
        return dict(refused.params)
    return {"limit": max(1, limit // measures.get(refused.code, 1))}


def _codec(ports: Ports) -> Codec:
    if ports.codec is None:
        raise Unready("no codec")
    return ports.codec


def _blobs(ports: Ports) -> Blobs:
    if ports.blobs is None:
        raise Unready("no store")
    return ports.blobs
