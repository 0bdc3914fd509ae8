"""The codec seam: pictures, sound and film, read and made anew by a process with limits.

`child:` works on this machine, `child:?at_once=3` on three pictures and three films at once.
"""

from urllib.parse import parse_qs, urlsplit

from .model import REFUSALS, Codec, CodecFailed, CodecRefused, File, Kind, Made, Order
from .process import ChildCodec

__all__ = [
    "REFUSALS",
    "ChildCodec",
    "Codec",
    "CodecFailed",
    "CodecRefused",
    "File",
    "Kind",
    "Made",
    "Order",
    "open_codec",
]


def open_codec(url: str) -> Codec:
    """The codec that a URL names."""
    parts = urlsplit(url)
    if parts.scheme == "child" and not parts.netloc and not parts.path:
        options = parse_qs(parts.query)
        if options.keys() <= {"at_once"}:
            return ChildCodec(int(options["at_once"][-1]) if options else None)
    raise ValueError(f"no such codec: {url!r} (child: or child:?at_once=2)")
