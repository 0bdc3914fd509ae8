"""The light Markdown of a message, as far as the server must understand it: mentions and links."""

import re
from collections.abc import Iterable

_MENTION = re.compile(r"@\[([^\[\]\n]{1,80})\]\(member:([0-9]{1,19})\)")
# Ends before what usually ends a sentence rather than an address.
_LINK = re.compile(r"https?://[^\s<>\"`|\\^{}\[\]]{3,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?'\"*_~)»”’…"
MOST_LINKS = 3
GLIMPSE = 140

_BASE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa"
    "\U0001f400-\U0001faff"
)
_ELEMENT = f"[{_BASE}](?:[\U0001f3fb-\U0001f3ff]|\ufe0f)?"
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[0-9#*]\ufe0f?\u20e3"  # a key
    "|\U0001f3f4[\U000e0030-\U000e007a]{2,8}\U000e007f"  # a flag of a part of a country
    f"|{_ELEMENT}(?:\u200d{_ELEMENT}){{0,7}}"
)


def has_mention(text: str) -> bool:
    """A cheap guess that errs on one side only."""
    return "](member:" in text


def mentioned(text: str) -> list[int]:
    """The members whom a text names, in order."""
    return list(dict.fromkeys(int(found[2]) for found in _MENTION.finditer(text)))


def plain(text: str) -> str:
    """A text with names where the mentions are, as lists and the search have it."""
    return _MENTION.sub(r"@\1", text) if has_mention(text) else text


def glimpse(text: str) -> str:
    """The beginning of a text on one line, as lists have it."""
    return " ".join(plain(text)[: 4 * GLIMPSE].split())[:GLIMPSE]


def listed(names: Iterable[str]) -> str:
    """What stands there for files without a text."""
    return ", ".join(names)[:GLIMPSE]


def links(text: str) -> list[str]:
    """The first addresses in a text."""
    if "://" not in text:
        return []
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        link = match[0]
        while link[-1] in _TRAILING and not (
            link[-1] == ")" and link.count("(") >= link.count(")")
        ):
            link = link[:-1]
        if len(link) > len("https://"):
            found[link] = None
        if len(found) == MOST_LINKS:
            break
    return list(found)


def is_emoji(text: str) -> bool:
    """Whether a text is exactly one emoji."""
    return len(text) <= 32 and _EMOJI.fullmatch(text) is not None


def same_emoji(one: str, other: str) -> bool:
    """Whether two spellings are one emoji: with and without the mark that asks for colour."""
    return one.replace("\ufe0f", "") == other.replace("\ufe0f", "")
