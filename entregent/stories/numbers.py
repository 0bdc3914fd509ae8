"""Frames by their numbers, which stay the same when others are taken out: as bits of one number."""

from collections.abc import Iterable

from .model import Drawn


def mask_of(frames: Iterable[Drawn]) -> int:
    """Which frames there are, one bit each."""
    mask = 0
    for frame in frames:
        mask |= 1 << frame.number
    return mask


def seen_of(mask: int, number: int) -> int:
    """How many of the frames there are have been seen by who saw up to a number."""
    return (mask & ((2 << number) - 1)).bit_count() if number else 0


def number_at(mask: int, seen: int) -> int:
    """The number of the last of so many frames; 0 for none."""
    number = 0
    for bit in range(1, mask.bit_length()):
        if mask >> bit & 1:
            if seen <= 0:
                break
            number, seen = bit, seen - 1
    return number
