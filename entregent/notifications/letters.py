"""How a digest reads: the same as text and as HTML."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from entregent.kit.sentences import sentence

from .model import Digest, WaitingLine, Waits

_GROUPED = {"en": ",", "fr": "\u202f"}


class Written(NamedTuple):
    """Whom a digest is written to, from where, how often, and what stops it."""

    name: str
    language: str
    house: str
    address: str
    digest: Digest
    key: str


class DigestLetter(NamedTuple):
    """A digest as it is sent; `stop` is what a mail program posts to."""

    subject: str
    text: str
    html: str
    stop: str


def written(to: Written, waiting: Sequence[Waits]) -> DigestLetter:
    """The letter."""
    counted = _list(to.language, [_counted(to.language, one) for one in waiting])
    said = {
        name: _sentence(to.language, f"mail_digest_{name}", name=to.name, host=to.house)
        for name in ("greeting", "lead", "open", "change", "stop", to.digest.rhythm)
    }
    out = f"{to.address}/unsubscribe?token={quote(to.key)}"
    settings = f"{to.address}/notifications/settings#digest"
    return DigestLetter(
        subject=_sentence(to.language, "mail_digest_subject", host=to.house, counted=counted),
        text=_text(to, waiting, said, settings, out),
        html=_html(to, waiting, said, settings, out),
        stop=f"{to.address}/api/digest/unsubscribe?token={quote(to.key)}",
    )


def _text(
    to: Written, waiting: Sequence[Waits], said: dict[str, str], settings: str, out: str
) -> str:
    parts = [said["greeting"], "", said["lead"]]
    for one in waiting:
        parts += ["", _counted(to.language, one).upper()]
        parts += [f"- {_line(to.language, line)}" for line in one.lines]
        if more := _more(to.language, one):
            parts.append(f"- {more}")
    parts += ["", f"{said['open']} {to.address}/", "", "-- ", said[to.digest.rhythm]]
    parts += [f"{said['change']} {settings}", f"{said['stop']} {out}", ""]
    return "\n".join(parts)


def _html(
    to: Written, waiting: Sequence[Waits], said: dict[str, str], settings: str, out: str
) -> str:
    """Plain enough for every mail program: no picture, no style sheet, nothing fetched."""
    rows = []
    for one in waiting:
        lines = [_item(to, line) for line in one.lines]
        if more := _more(to.language, one):
            lines.append(f'<li style="margin:6px 0;color:#57606a">{escape(more)}</li>')
        rows.append(
            f'<h2 style="margin:24px 0 8px;font-size:16px">{escape(_counted(to.language, one))}'
            f'</h2><ul style="margin:0;padding-left:20px">{"".join(lines)}</ul>'
        )
    button = (
        "display:inline-block;padding:10px 18px;border-radius:8px;"
        "background:#1f5fbf;color:#ffffff;text-decoration:none"
    )
    foot = " · ".join(
        (
            escape(said[to.digest.rhythm]),
            _link(settings, _bare(said["change"]), "#57606a"),
            _link(out, _bare(said["stop"]), "#57606a"),
        )
    )
    return (
        f'<!doctype html><html lang="{to.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"></head>'
        '<body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1f2328">'
        '<div style="max-width:560px;margin:0 auto">'
        f"<p>{escape(said['greeting'])}</p><p>{escape(said['lead'])}</p>{''.join(rows)}"
        f'<p style="margin:28px 0"><a href="{escape(to.address)}/" style="{button}">'
        f"{escape(_bare(said['open']))}</a></p>"
        f'<p style="font-size:13px;color:#57606a">{foot}</p></div></body></html>\n'
    )


def _item(to: Written, line: WaitingLine) -> str:
    name = escape(_name(to.language, line))
    if line.url:
        name = _link(to.address + line.url, _name(to.language, line), "#1f5fbf")
    said = f'<br><span style="color:#57606a">{escape(line.text)}</span>' if line.text else ""
    return f'<li style="margin:6px 0">{name}{said}</li>'


def _link(address: str, words: str, colour: str) -> str:
    return f'<a href="{escape(address)}" style="color:{colour}">{escape(words)}</a>'


def _line(language: str, line: WaitingLine) -> str:
    name = _name(language, line)
    return _sentence(language, "mail_digest_said", name=name, text=line.text) if line.text else name


def _name(language: str, line: WaitingLine) -> str:
    if not line.mentioned:
        return line.name
    return _sentence(language, "mail_digest_mentioned", name=line.name)


def _counted(language: str, one: Waits) -> str:
    return _plural(language, f"mail_digest_{one.kind}", one.number)


def _more(language: str, one: Waits) -> str:
    left = one.number - len(one.lines)
    return _plural(language, "mail_digest_more", left) if left > 0 else ""


def _plural(language: str, key: str, count: int) -> str:
    """Both languages have two forms; French uses the first for none, too."""
    one = count == 1 or (language == "fr" and count == 0)
    number = f"{count:,}".replace(",", _GROUPED.get(language, ","))
    return _sentence(language, f"{key}_{'one' if one else 'other'}", count=number)


def _list(language: str, parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _sentence(language, "mail_digest_list", first=", ".join(parts[:-1]), last=parts[-1])


def _bare(sentence: str) -> str:
    return sentence.rstrip(":\u00a0\u202f ")


def _sentence(language: str, key: str, **words: str) -> str:
    return sentence(language, f"notifications.{key}", words)
