"""`python -m entregent.ports.codec.child.pictures JOB`: pictures and animations."""

import io
import itertools
import warnings
from collections.abc import Iterator
from typing import BinaryIO

import pi_heif
from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from ..job import Answer, Job, Rendition
from .renditions import METHOD, Name, keep, keep_all, placeholder, shrunk, sizes, within
from .work import BROKEN, NotTaken, run

# What Pillow would import when it first needs it, it cannot within the walls.
EARLY = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin,
           WebPImagePlugin)  # fmt: skip

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = {
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
}
ORIENTATION = 0x0112

IN_BOXES = {"AVIF", "HEIF"}

MAX_FRAMES = 1000
# What is decoded of one animation, and what is kept of it: larger ones are shown smaller.
MAX_ANIMATED_PIXELS = 1_000_000_000
KEPT_ANIMATED_PIXELS = {"medium": 36_000_000, "small": 12_000_000}
ANIMATED_QUALITY = 70
# Browsers show a frame that claims to last no time for a tenth of a second.
SHORTEST_MS, USUAL_MS = 20, 100


def make(source: BinaryIO, job: Job) -> Answer:
    """Everything that a picture becomes."""
    # Browsers show a GIF that ends early as far as it goes, and many do; of others half is missing.
    ImageFile.LOAD_TRUNCATED_IMAGES = job.format == "GIF"
    if job.format in IN_BOXES and not _whole(source):
        raise NotTaken("broken")
    try:
        picture = Image.open(source, formats=[job.format])
    except MemoryError:
        raise
    except BROKEN as error:
        raise NotTaken("broken") from error
    if picture.width * picture.height > job.max_pixels:
        raise NotTaken("too_many_pixels", limit=job.max_pixels)
    if picture.width < 1 or picture.height < 1:
        raise NotTaken("broken")
    try:
        if (
            getattr(picture, "is_animated", False)
            and job.format != "HEIF"
            and "animation" in job.wanted
        ):
            return _animation(picture)
        if "picture" not in job.wanted:
            raise NotTaken("not_wanted", kind="picture")
        return _still(picture)
    except (MemoryError, NotTaken):
        raise
    except BROKEN as error:
        raise NotTaken("broken") from error


def _whole(source: BinaryIO) -> bool:
    """Whether the boxes that such a file consists of end where it ends: its readers show what is
    missing as black."""
    end = source.seek(0, io.SEEK_END)
    at = 0
    while at < end:
        source.seek(at)
        head = source.read(16)
        size = int.from_bytes(head[:4])
        if size == 1 and len(head) == 16:
            size = int.from_bytes(head[8:])
        if size == 0:
            break  # up to the end, whatever that is
        if size < 8:
            return False
        at += size
    source.seek(0)
    return at <= end


def _still(picture: ImageFile.ImageFile | Image.Image) -> Answer:
    turn = TURNS.get(_orientation(picture))
    size = picture.size
    largest = sizes(size)[0][1]
    picture.draft(None, largest)  # JPEG: not more is decoded than will be kept
    profile = picture.info.get("icc_profile")
    plain = _plain(picture)
    if max(plain.size) > max(largest):
        plain = shrunk(plain, largest)
    plain = _in_srgb(plain, profile)
    if turn is not None:
        plain = plain.transpose(turn)
    shown = _upright(size, turn)
    renditions, hash_ = keep_all(plain, shown)
    return Answer(
        kind="picture",
        width=shown[0],
        height=shown[1],
        renditions=renditions,
        placeholder=hash_,
    )


def _orientation(picture: Image.Image) -> int:
    """How the camera was held; a file that says it wrongly is shown as it lies."""
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1


def _upright(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    """The size in which a viewer sees what lies so."""
    return size[::-1] if turn in LYING else size


def _plain(picture: Image.Image) -> Image.Image:
    """The pixels in one of the modes that we write, or that a colour profile may be read in."""
    if picture.mode.startswith("I"):
        # Sixteen bits of gray: converting alone would take all that is bright for white.
        return picture.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"RGB", "CMYK"}:
        picture.load()
        return picture
    if picture.mode == "LAB":
        raise NotTaken("broken")
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as a screen shows them, so that the profile can go."""
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            space = own.profile.xcolor_space.strip()
            if space == ("CMYK" if picture.mode == "CMYK" else "RGB"):
                found = ImageCms.profileToProfile(
                    picture, own, ImageCms.createProfile("sRGB"), outputMode=target
                )
                if found is not None:
                    return found
        except (ImageCms.PyCMSError, *BROKEN):
            pass  # a profile that cannot be read says nothing about the colours
    return picture if picture.mode == target else picture.convert(target)


def _animation(picture: Image.Image) -> Answer:
    size = picture.size
    most = min(MAX_FRAMES, max(1, MAX_ANIMATED_PIXELS // (size[0] * size[1])))
    count, durations = 0, []
    for _ in _frames(picture):
        count += 1
        if count > most:
            raise NotTaken("too_many_frames", limit=most)
        durations.append(_duration(picture))
    if count == 1:
        picture.seek(0)
        return _still(picture)
    profile, turn = picture.info.get("icc_profile"), TURNS.get(_orientation(picture))
    wanted = _animated_sizes(size, count)
    reels: dict[Name, list[Image.Image]] = {name: [] for name, _ in wanted}
    first: Image.Image | None = None
    for _ in _frames(picture):
        frame = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
        for name, smaller in wanted:
            frame = (
                frame if frame.size == smaller else frame.resize(smaller, Image.Resampling.BICUBIC)
            )
            seen = _in_srgb(frame, profile)
            seen = seen if turn is None else seen.transpose(turn)
            seen.info = {}
            reels[name].append(seen)
            first = first or seen
    assert first is not None
    shown = _upright(size, turn)
    renditions = [_reel(name, frames, durations) for name, frames in reels.items()]
    renditions.append(keep(first.resize(within(first.size, 1280)), "poster"))
    return Answer(
        kind="animation",
        width=shown[0],
        height=shown[1],
        duration_ms=sum(durations),
        renditions=renditions,
        placeholder=placeholder(first),
    )


def _frames(picture: Image.Image) -> Iterator[None]:
    """Every frame in turn, without asking how many there are: to know, a file is read whole."""
    for number in itertools.count():
        try:
            picture.seek(number)
        except EOFError:
            return
        picture.load()
        yield


def _duration(picture: Image.Image) -> int:
    told = int(picture.info.get("duration") or 0)
    return told if told >= SHORTEST_MS else USUAL_MS


def _animated_sizes(size: tuple[int, int], count: int) -> list[tuple[Name, tuple[int, int]]]:
    wanted: list[tuple[Name, tuple[int, int]]] = []
    for name, smaller in sizes(size):
        if name in KEPT_ANIMATED_PIXELS:
            area = KEPT_ANIMATED_PIXELS[name] / count
            scale = min(1.0, (area / (smaller[0] * smaller[1])) ** 0.5)
            side = max(1, int(max(smaller) * scale))
            if not wanted or side < max(wanted[-1][1]):
                wanted.append((name, within(smaller, side)))
    return wanted


def _reel(name: Name, frames: list[Image.Image], durations: list[int]) -> Rendition:
    frames[0].save(
        name,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=0,
        quality=ANIMATED_QUALITY,
        method=METHOD,
    )
    return Rendition(name=name, type="image/webp", width=frames[0].width, height=frames[0].height)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # we count them ourselves
    Image.preinit()
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    run(make)
