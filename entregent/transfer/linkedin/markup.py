"""HTML of campaigns and articles to plain text: nothing of it is ever shown as HTML.

A scanner of its own, because the library's parser takes quadratic time on hostile input. Each
character is looked at once.
"""

import html
import re

from .model import Article

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ALLOWED = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "br", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "li", "main", "ol", "p",
        "pre", "section", "table", "td", "th", "tr", "ul",
    }
)
_DROPPED = frozenset(
    {
        "applet", "audio", "canvas", "embed", "head", "iframe", "math", "noscript",
        "object", "script", "select", "style", "svg", "template", "textarea", "title",
        "video",
    }
)
# fmt: on
_LONGEST = 1 << 20
_LONGEST_LINK = 2000


def to_text(markup: str) -> str:
    """The words, with line breaks for blocks and the addresses of http(s) and mailto links."""
    return _Scanner(markup[:_LONGEST]).text()


def heading(markup: str) -> tuple[str, str]:
    """The first `h1` of an article as text, and the address that it links to."""
    low = _small(markup)
    start = low.find("<h1")
    end = low.find("</h1", start)
    if start < 0 or end < 0:
        return "", ""
    part = markup[start:end]
    href = _HREF.search(part[:_LONGEST_LINK])
    return _Scanner(part, links=False).text(), _safe(href) if href else ""


def body(markup: str) -> str:
    """What follows the first `h1`, or everything."""
    end = _small(markup).find("</h1")
    return markup if end < 0 else markup[markup.find(">", end) + 1 :]


def _small(markup: str) -> str:
    """In small letters at the same places: a few capitals would become two letters."""
    return markup.encode("ascii", "replace").decode().lower()


def _safe(href: re.Match[str]) -> str:
    address = html.unescape(next((g for g in href.groups() if g is not None), "")).strip()
    allowed = len(address) <= _LONGEST_LINK and _ALLOWED.fullmatch(address)
    return address if allowed else ""


class _Scanner:
    def __init__(self, markup: str, *, links: bool = True) -> None:
        self._markup = markup
        self._low: str | None = None
        self._links = links
        self._out: list[str] = []
        self._href = ""
        self._since = 0

    def text(self) -> str:
        markup, at = self._markup, 0
        while True:
            start = markup.find("<", at)
            if start < 0:
                self._say(markup[at:])
                break
            self._say(markup[at:start])
            at = self._tag(start)
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self._out).split("\n"))
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()

    def _say(self, raw: str) -> None:
        if raw:
            self._out.append(html.unescape(raw.replace("\r\n", " ").replace("\n", " ")))

    def _tag(self, start: int) -> int:
        """What one tag means; gives where to go on."""
        markup = self._markup
        if markup.startswith("<!--", start):
            return self._after("-->", start + 4)
        if markup.startswith(("<!", "<?"), start):
            return self._after(">", start + 2)
        match = _NAME.match(markup, start)
        if match is None:
            self._out.append("<")
            return start + 1
        end = self._after(">", match.end())
        name, closing = match[1].lower(), markup[start + 1] == "/"
        if name in _DROPPED and not closing:
            return self._past(name, end)
        if name == "a" and self._links:
            self._link(closing, markup[match.end() : min(end, match.end() + 4 * _LONGEST_LINK)])
        elif name in _BLOCKS:
            self._out.append("\n• " if name == "li" and not closing else "\n")
        return end

    def _link(self, closing: bool, attributes: str) -> None:
        if closing:
            if self._href:
                said = "".join(self._out[self._since :]).strip()
                if said not in {self._href, self._href.removeprefix("mailto:")}:
                    self._out.append(f" ({self._href})")
            self._href = ""
        else:
            href = _HREF.search(attributes)
            self._href = _safe(href) if href else ""
            self._since = len(self._out)

    def _past(self, name: str, at: int) -> int:
        """Behind the end tag of something whose content is not text."""
        if self._low is None:
            self._low = _small(self._markup)
        end = self._low.find(f"</{name}", at)
        return len(self._markup) if end < 0 else self._after(">", end)

    def _after(self, what: str, at: int) -> int:
        found = self._markup.find(what, at)
        return len(self._markup) if found < 0 else found + len(what)


def article_page(article: Article) -> str:
    """An article as a page of HTML that `heading` and `to_text` read back."""
    title = html.escape(article.title)
    if article.link:
        title = f'<a href="{html.escape(article.link)}">{title}</a>'
    text = html.escape(article.text).replace("\n", "<br>\n")
    return (
        f'<html><head><meta charset="UTF-8"><title>{html.escape(article.title)}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
    )
