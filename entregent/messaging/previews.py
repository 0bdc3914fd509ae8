"""What a page says of itself, read from its HTML: pure, and safe with any bytes."""

import re
from html.parser import HTMLParser

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
# Signs that change how the text around them is read.
_BIDI = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class _Head(HTMLParser):
    """Collects the title and the descriptions; the first of each that says something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._title: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and "page" not in self.found:
            self._title = []
        elif tag == "meta":
            given = {name: value or "" for name, value in attrs}
            name = _NAMES.get((given.get("property") or given.get("name") or "").lower())
            if name is not None and given.get("content", "").strip():
                self.found.setdefault(name, given["content"])

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            self.found["page"] = "".join(self._title)
            self._title = None


def preview_of(url: str, host: str, content_type: str, body: bytes) -> LinkPreview | None:
    """The preview of a page; None where there is nothing to show."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in _TYPES:
        return None
    head = _Head()
    try:
        head.feed(_decoded(content_type, body[:MOST_BYTES]))
        head.close()
    except (AssertionError, ValueError):  # markup that even a lenient parser gives up on
        pass
    title = _line(head.found.get("title") or head.found.get("page", ""), MAX_TITLE)
    if not title:
        return None
    return LinkPreview(
        url=url,
        title=title,
        description=_line(head.found.get("description", ""), MAX_DESCRIPTION),
        site=_line(head.found.get("site", ""), MAX_SITE) or host,
    )


def _line(text: str, most: int) -> str:
    line = clean_line(text[: most * 8].translate(_BIDI))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _decoded(content_type: str, body: bytes) -> str:
    found = _CHARSET.search(content_type.encode("latin-1", "replace")) or _CHARSET.search(
        body[:2_000]
    )
    try:
        return body.decode(found[1].decode("ascii") if found else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
