"""What we do with text: clean what was typed, fold it for comparison, cut it for a preview."""

import re
import unicodedata

# Overrides of direction, which let a text read other than it is, and marks that nobody sees; what
# joins letters or emoji is none of them.
_HIDING = "\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\U000e0001"
# C0 and C1 controls except tab and line feed, lone surrogates, and noncharacters: nothing that a
# member can mean, and NUL is refused by PostgreSQL.
_DROPPED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_HIDING}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)
_SPACES = re.compile(r"\s+")
# Letters that Unicode does not decompose although people type them without.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"}
)
MAX_WORD = 64
# Neither words nor spaces: where combining marks, emoji and ornaments are.
_ORNAMENTS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MARKS_ON_A_LETTER = 30


def clean(text: str) -> str:
    """Text as we keep it: NFC, line feeds only, nothing that hides or turns other letters around,
    no control characters, no outer white space.

    Names stand in lists, letters and other programs, which show what they are given.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", unstacked(_DROPPED.sub("", text))).strip()


def unstacked(text: str) -> str:
    """At most thirty marks on a letter, as Unicode's stream-safe format has it.

    To be called before anything is normalised: sorting the marks of one letter takes quadratic
    time, twenty seconds for forty thousand.
    """
    return text if text.isascii() else _ORNAMENTS.sub(_unstacked, text)


def _unstacked(match: re.Match[str]) -> str:
    marks = 0
    kept = []
    for char in match[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS_ON_A_LETTER:
            kept.append(char)
    return "".join(kept)


def clean_line(text: str) -> str:
    """Like `clean`, on one line: for names, titles and headlines."""
    return _SPACES.sub(" ", clean(text)).strip()


class _Folding(dict[int, str]):
    """What each character is folded to, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold())
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        self[code] = folded = plain.translate(_PLAIN)
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Text for comparison: accents and case ignored, full-width and ligatures opened."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """The folded words of a text, in order, each cut at 64 characters."""
    return [word[:MAX_WORD] for word in _WORDS.findall(fold(text))]


def snippet(text: str, length: int = 140) -> str:
    """The beginning of a text on one line, at most `length` characters, cut at a word if it can."""
    line = _SPACES.sub(" ", text[: length * 4]).strip()
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length // 2 else cut).rstrip() + "…"
