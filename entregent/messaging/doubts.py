"""Which links deserve a second look, and why: pure, and decided nowhere else (M16)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from ipaddress import ip_address

from .model import Doubt, DoubtReason

MOST_LINKS = 30
OWN = ":own"  # the name by which the house's own host is kept among the domains

_LINK = re.compile(r"https?://([^/?#\\\s<>\"«»“”`]*)[^\s<>\"«»“”`]*", re.IGNORECASE)
_NAMED = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^\s)]+)\)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,24}", re.IGNORECASE)
# What pages do not show: it would make two spellings of one address.
_HIDDEN = re.compile("[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\U000e0001]")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)

# Letters of other scripts that pass for Latin ones, and what passes for others within Latin.
_LIKE = str.maketrans(
    "авеѕіјкӏмԛнорстухԁԝһɡαεικνορτυχγωօցհոսզѵ", "abesijklmqhopctyxdwhgaeiknoptuxywoghnuzv"
)
_FOLDED = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"))


def doubts(text: str, own: str, blocked: Collection[str]) -> list[Doubt]:
    """The links of a text that are not what they seem, or that the host does not want: each once.
    `at` is the part of the address that names the host, as it was typed, in small letters."""
    text = _HIDDEN.sub("", text)
    found: dict[str, Doubt] = {}
    disguised = set(_disguised(text))
    for at in _authorities(text):
        host = host_of(at)
        why = _why(at, host, own, blocked) or ("disguised" if at in disguised else None)
        if why is not None:
            found.setdefault(at, Doubt(at=at, host=host, why=why))
    return list(found.values())


def asked_domains(text: str) -> list[str]:
    """Every domain that could be on the host's list because of a text, with those above it."""
    wanted: dict[str, None] = {OWN: None}
    for at in _authorities(_HIDDEN.sub("", text)):
        labels = host_of(at).split(".")
        for start in range(max(0, len(labels) - 6), len(labels)):
            wanted[".".join(labels[start:])] = None
    return list(wanted)


def host_of(authority: str) -> str:
    """The host that is really meant, as the DNS knows it."""
    host = authority.rpartition("@")[2]
    if not host.startswith("["):
        host = host.partition(":")[0]
    host = unicodedata.normalize("NFKC", host).strip(".").lower()
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return host


def _authorities(text: str) -> Iterator[str]:
    if "://" not in text:
        return
    for number, match in enumerate(_LINK.finditer(text)):
        if number == MOST_LINKS:
            return
        yield (
            match[1].lower().rstrip(".,;:!?…'’)]}*_")
            if match[0].endswith(match[1])
            else match[1].lower()
        )


def _why(at: str, host: str, own: str, blocked: Collection[str]) -> DoubtReason | None:
    if any(host == one or host.endswith(f".{one}") for one in blocked):
        return "blocked"
    if "@" in at:
        return "credentials"
    if _is_address(host):
        return None if host == own else "address"
    if own and host != own and not host.endswith(f".{own}") and _passes_for(host, own):
        return "lookalike"
    if any(_is_masked(label) for label in _shown(host).split(".")):
        return "letters"
    return None


def _disguised(text: str) -> Iterator[str]:
    """Links whose words name another domain."""
    for match in _NAMED.finditer(text):
        authority = _LINK.match(match[2])
        named = _DOMAIN.search(match[1])
        if authority is None or named is None:
            continue
        host, said = host_of(authority[1]), named[0].lower()
        if not (host == said or host.endswith(f".{said}") or said.endswith(f".{host}")):
            yield authority[1].lower()


def _is_address(host: str) -> bool:
    """A number in place of a name, in any of the forms that browsers understand."""
    try:
        ip_address(host.strip("[]"))
        return True
    except ValueError:
        return _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def _passes_for(host: str, own: str) -> bool:
    """Whether an address can be taken for the house's own."""
    if "." not in own:  # a house that is only tried out, on this machine
        return False
    if host.startswith(f"{own}.") or f".{own}." in host:
        return True
    one, other = _skeleton(host), _skeleton(own)
    return one == other or (len(other) >= 8 and _one_apart(one, other))


def _shown(host: str) -> str:
    try:
        return host.encode().decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def _skeleton(host: str) -> str:
    text = unicodedata.normalize("NFKD", _shown(host)).casefold().translate(_LIKE)
    text = "".join(c for c in text if not unicodedata.combining(c))
    for letters, like in _FOLDED:
        text = text.replace(letters, like)
    return text.removeprefix("www.")


def _is_masked(label: str) -> bool:
    """Letters of two scripts in one word, or a word of another script that reads as Latin."""
    letters = [c for c in label if c.isalpha()]
    scripts = {unicodedata.name(c, "?").split(" ")[0] for c in letters}
    if len(scripts) > 1 and "LATIN" in scripts:
        return True
    if label.startswith("xn--"):  # what cannot be read cannot be trusted
        return True
    return bool(letters) and scripts != {"LATIN"} and label.translate(_LIKE).isascii()


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, other or exchanged makes the one into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = _same(one, other)
    rest, left = one[at:], other[at:]
    return (
        rest[1:] == left[1:]
        or rest[1:] == left
        or rest == left[1:]
        or (rest[:2] == left[:2][::-1] and rest[2:] == left[2:])
    )


def _same(one: Iterable[str], other: Iterable[str]) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
