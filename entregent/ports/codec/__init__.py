"""The codec seam: pictures, sound and film, read and made anew by a process with limits."""

from .model import REFUSALS, Codec, CodecFailed, CodecRefused, File, Kind, Made, Order

__all__ = [
    "REFUSALS",
    "Codec",
    "CodecFailed",
    "CodecRefused",
    "File",
    "Kind",
    "Made",
    "Order",
]
