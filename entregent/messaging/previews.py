"""What a page says of itself, read from its HTML: pure, and safe with any bytes."""

import re
from html import unescape
from itertools import islice

from entregent.kit.text import clean_line

from .model import LinkPreview

MOST_BYTES = 300_000
MAX_TITLE, MAX_DESCRIPTION, MAX_SITE = 200, 300, 80
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{1,40})", re.IGNORECASE)
_TYPES = ("text/html", "application/xhtml+xml")
_NAMES = {
    "og:title": "title",
    "twitter:title": "title",
    "og:description": "description",
    "twitter:description": "description",
    "description": "description",
    "og:site_name": "site",
    "application-name": "site",
}


# Not an HTML parser: those take quadratic time over what is made for it. Only what stands near each
# of the first tags is looked at, so that no page takes longer than its length.
_TAG = re.compile(r"<(meta|title)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"[^>]{0,500}>([^<]*)")
MOST_TAGS = 300
NEAR = 4_000


def _head(text: str) -> dict[str, str]:
    """The title and the descriptions; the first of each that says something."""
    found: dict[str, str] = {}
    for tag in islice(_TAG.finditer(text), MOST_TAGS):
        near = text[tag.end() : tag.end() + NEAR]
        if tag[1].lower() == "title":
            title = _TITLE.match(near)
            if title and title[1].strip():
                found.setdefault("page", unescape(title[1]))
            continue
        given = {
            name.lower(): double or single or bare
            for name, double, single, bare in _ATTRIBUTE.findall(_within(near))
        }
        name = _NAMES.get((given.get("property") or given.get("name") or "").strip().lower())
        content = unescape(given.get("content", ""))
        if name is not None and content.strip():
            found.setdefault(name, content)
    return found


def _within(text: str) -> str:
    """A text up to the end of its tag; what stands in quotation marks does not end it."""
    quote = ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "<>":
            return text[:place]
    return text


def preview_of(url: str, host: str, content_type: str, body: bytes) -> LinkPreview | None:
    """The preview of a page; None where there is nothing to show."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in _TYPES:
        return None
    head = _head(_decoded(content_type, body[:MOST_BYTES]))
    title = _line(head.get("title") or head.get("page", ""), MAX_TITLE)
    if not title:
        return None
    return LinkPreview(
        url=url,
        title=title,
        description=_line(head.get("description", ""), MAX_DESCRIPTION),
        site=_line(head.get("site", ""), MAX_SITE) or host,
    )


def _line(text: str, most: int) -> str:
    line = clean_line(text[: most * 8])
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _decoded(content_type: str, body: bytes) -> str:
    found = _CHARSET.search(content_type.encode("latin-1", "replace")) or _CHARSET.search(
        body[:2_000]
    )
    try:
        return body.decode(found[1].decode("ascii") if found else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
