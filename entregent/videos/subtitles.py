"""Subtitles as files have them: WebVTT and SubRip read strictly, WebVTT written. Pure.

Of what a file may say, only times and text are kept: no styles, no places, no markup.
"""

import html
import re
from collections.abc import Iterable, Sequence

from entregent.kit.errors import Refusal
from entregent.kit.text import clean

from .model import MAX_CUE, MAX_MS, MAX_TRACK, MOST_CUES, VideoCue

_TIME = r"(?:(\d{1,2}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]{{1,8}}-->[ \t]{{1,8}}{_TIME}(?:[ \t][^\n]*)?", re.ASCII)
_MARKUP = re.compile(r"<[^<>]*>|\{[^{}]*\}")
_LEFT_OUT = ("NOTE", "STYLE", "REGION")


def read_file(text: str) -> list[VideoCue]:
    """The cues of a .vtt or .srt file."""
    if len(text) > MAX_TRACK:
        raise Refusal("videos.large_subtitles", field="file", most=MAX_TRACK // 1_000)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues: list[VideoCue] = []
    for number, block in enumerate(_blocks(lines)):
        if number == 0 and re.match(r"WEBVTT(?:[ \t]|$)", block[0]):
            continue
        if block[0].split(maxsplit=1)[0] in _LEFT_OUT:
            continue
        cues.append(_cue(block))
        if len(cues) > MOST_CUES:
            raise Refusal("videos.many_cues", field="file", most=MOST_CUES)
    return checked([cue for cue in cues if cue.text])


def _blocks(lines: Iterable[str]) -> Iterable[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cue(block: Sequence[str]) -> VideoCue:
    """A cue, whose times stand in its first line, or in the second beneath its name."""
    for place, line in enumerate(block[:2]):
        found = _TIMES.fullmatch(line)
        if found is not None:
            text = "\n".join(html.unescape(_MARKUP.sub("", one)) for one in block[place + 1 :])
            return VideoCue(
                start=_moment(*found.groups()[:4]), end=_moment(*found.groups()[4:]), text=text
            )
    raise Refusal("videos.no_subtitles", field="file")


def _moment(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    whole = int(hours or 0) * 3_600 + int(minutes) * 60 + int(seconds)
    return whole * 1_000 + int(thousandths)


def checked(cues: Sequence[VideoCue]) -> list[VideoCue]:
    """Cues as they are kept: in the order of their times, each with words and a while."""
    if len(cues) > MOST_CUES:
        raise Refusal("videos.many_cues", field="cues", most=MOST_CUES)
    kept: list[VideoCue] = []
    for cue in cues:
        text = "\n".join(line.strip() for line in clean(cue.text).split("\n") if line.strip())
        if not text or not 0 <= cue.start < cue.end <= MAX_MS:
            raise Refusal("videos.bad_cue", field="cues", number=len(kept) + 1)
        if len(text) > MAX_CUE:
            raise Refusal("videos.long_cue", field="cues", number=len(kept) + 1, most=MAX_CUE)
        kept.append(VideoCue(start=cue.start, end=cue.end, text=text))
    if not kept:
        raise Refusal("videos.no_cues", field="cues")
    return sorted(kept, key=lambda cue: (cue.start, cue.end))


def as_vtt(cues: Iterable[VideoCue]) -> str:
    """Cues as WebVTT: whatever their text is, it is text there, too."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        text = html.escape(cue.text, quote=False)
        parts.append(f"{_written(cue.start)} --> {_written(cue.end)}\n{text}\n")
    return "\n".join(parts)


def _written(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
