"""Writes an export in LinkedIn's own layout, with what LinkedIn has no column for beside it.

The ZIP comes out as a stream: nothing of it is ever whole in memory or on disk.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

import msgspec

from . import own
from .contents import Contents
from .csvs import formula_proof, line
from .dates import write_us, write_zoned
from .forms import FORMS, Form
from .markup import article_page
from .messages import COLUMNS
from .model import HIDDEN_NAME, Invitation, Message, Thread, Who
from .own import ConversationExtra, Manifest, MessageExtra
from .people import profile_url, slug
from .ties import INVITATION_COLUMNS

_PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses'
    " are missing. You will only see email addresses for connections who have allowed their"
    " connections to see or download their email address using this setting"
    " https://www.linkedin.com/psettings/privacy/email. You can learn more here"
    ' https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
_PLAIN_NAME = re.compile(r"[^\s,](?:(?:[^,]|, )*[^\s,])?")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|.]+')
_PIECE = 1 << 16
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)


class _Sink:
    """What the ZIP writer writes into; it cannot seek, so sizes follow each file."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        self._size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what is written is taken at once."""

    def taken(self, at_least: int = _PIECE) -> Iterator[bytes]:
        """What has been written since, once it is worth sending."""
        if self._size >= at_least and self._pieces:
            yield b"".join(self._pieces)
            self._pieces.clear()
            self._size = 0


def write(contents: Contents, *, for_spreadsheets: bool = False) -> Iterator[bytes]:
    """The export as a ZIP, piece by piece.

    In the variant for spreadsheets, cells that one would run as a formula are disarmed; it is for
    reading only, and has none of what makes the other one lossless.
    """
    sink = _Sink()
    stamp = max(_OLDEST, datetime.fromtimestamp(contents.made_at / 1000, UTC)).timetuple()[:6]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in _files(contents, for_spreadsheets=for_spreadsheets):
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield from sink.taken()
    yield from sink.taken(0)


def _files(contents: Contents, *, for_spreadsheets: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every file that has content, with its bytes."""
    disarm = formula_proof if for_spreadsheets else None
    threads = contents.threads
    for form, values, preamble in _tables(contents):
        columns = form.columns
        cells = [[c.write(getattr(value, c.field)) for c in columns] for value in values]
        # A column that newer exports lack is written only where there is something in it.
        kept = [i for i, c in enumerate(columns) if not c.rare or any(row[i] for row in cells)]
        names = [columns[i].names[0] for i in kept]
        shorter = ([row[i] for i in kept] for row in cells)
        yield form.file, _lines(names, shorter, disarm, preamble)
    if contents.invitations:
        invited = map(_invited, contents.invitations)
        yield "Invitations.csv", _lines(INVITATION_COLUMNS, invited, disarm)
    told = threads()
    if (first := next(told, None)) is not None:
        rows = (row for thread in chain((first,), told) for row in _thread_rows(thread))
        yield "messages.csv", _lines(COLUMNS, rows, disarm, quoted=True)
    for number, article in enumerate(contents.articles):
        name = _UNSAFE.sub(" ", article.title).strip()[:80]
        yield f"Articles/Articles/{number:04} {name}.html", [article_page(article).encode()]
    if not for_spreadsheets:
        yield own.MANIFEST, [msgspec.json.encode(_manifest(contents))]
        yield own.MESSAGES, _array(extra for t in threads() for extra in _message_extras(t))
        yield own.CONVERSATIONS, _array(map(_conversation_extra, threads()))
        for name, whole in contents.own.items():
            yield name, [msgspec.json.encode(whole)]
    for media in contents.media:
        yield media.name, media.pieces()


def _tables(contents: Contents) -> Iterator[tuple[Form, Sequence[msgspec.Struct], str]]:
    if contents.profile is not None:
        yield FORMS["profile"], [contents.profile], ""
    for family, values in contents.sides.items():
        if values:
            yield FORMS[family], values, ""
    if contents.connections:
        yield FORMS["connections"], contents.connections, _PREAMBLE


def _lines(
    names: Sequence[str],
    rows: Iterable[list[str]],
    disarm: Callable[[str], str] | None,
    preamble: str = "",
    *,
    quoted: bool = False,
) -> Iterator[bytes]:
    """The bytes of a CSV, many rows at a time: one by one they would cost thrice as much."""
    held = [preamble + line(names, quoted=quoted)]
    size = 0
    for row in rows:
        held.append(line(row if disarm is None else map(disarm, row), quoted=quoted))
        size += len(held[-1])
        if size >= _PIECE:
            yield "".join(held).encode("utf-8", "replace")
            held.clear()
            size = 0
    yield "".join(held).encode("utf-8", "replace")


def _array(items: Iterable[msgspec.Struct]) -> Iterator[bytes]:
    """A JSON array with one item a line, so that it can be read without being held."""
    encode = msgspec.json.Encoder().encode
    left = iter(items)
    yield b"[\n"
    between = b""
    while some := list(islice(left, 500)):
        yield between + b",\n".join(map(encode, some))
        between = b",\n"
    yield b"\n]\n"


def _manifest(contents: Contents) -> Manifest:
    owner = contents.owner
    return Manifest(made_at=contents.made_at, host=contents.host, name=owner.name, slug=owner.slug)


def _invited(invitation: Invitation) -> list[str]:
    return [
        invitation.inviter.name,
        invitation.invitee.name,
        "" if invitation.sent_at is None else write_us(invitation.sent_at),
        invitation.message,
        "INCOMING" if invitation.incoming else "OUTGOING",
        profile_url(invitation.inviter.slug),
        profile_url(invitation.invitee.slug),
    ]


def _newest_first(thread: Thread) -> Iterator[Message]:
    """Drafts are what comes next, so they stand first."""
    yield from reversed(thread.drafts)
    yield from reversed(thread.messages)


def _thread_rows(thread: Thread) -> Iterator[list[str]]:
    only_drafts = "No" if thread.conversation.messages else "Yes"
    for message in _newest_first(thread):
        people = message.recipients
        yield [
            message.conversation,
            thread.conversation.title,
            message.sender.name,
            profile_url(message.sender.slug),
            ",".join(p.name for p in people),
            ",".join(profile_url(p.slug) for p in people if p.slug is not None),
            "" if message.at is None else write_zoned(message.at),
            message.subject,
            message.content,
            message.folder,
            ",".join(message.attachments),
            "Yes" if message.draft else "No",
            only_drafts if message.draft else "No",
        ]


def _message_extras(thread: Thread) -> Iterator[MessageExtra]:
    for m in _newest_first(thread):
        everyone = all(map(_tells, m.recipients)) and any(p.name for p in m.recipients)
        yield MessageExtra(
            conversation=m.conversation,
            id=m.id,
            at=m.at if m.at is not None and m.at % 1000 else None,
            identity=m.identity,
            occurrence=m.occurrence,
            note=m.note,
            sponsored=m.sponsored,
            sender=None if _tells(m.sender) else m.sender,
            recipients=None if everyone or not m.recipients else m.recipients,
            attachments=m.attachments if any("," in a for a in m.attachments) else None,
        )


def _conversation_extra(thread: Thread) -> ConversationExtra:
    conversation = thread.conversation
    return ConversationExtra(
        conversation.id, conversation.people, conversation.place, conversation.unread
    )


def _tells(person: Who) -> bool:
    """Whether a row says all of who this is, also within a list of names."""
    if person.slug is None:
        return person.name == HIDDEN_NAME
    plain = _PLAIN_NAME.fullmatch(person.name) is not None and person.name != HIDDEN_NAME
    return plain and slug(profile_url(person.slug)) == person.slug
