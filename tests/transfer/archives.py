"""Archives made for tests: a ZIP from names and texts, and rows as LinkedIn writes them."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from entregent.transfer.linkedin import Archive, open_source, read
from entregent.transfer.linkedin.model import Message, Owner

OWNER = "https://www.linkedin.com/in/ana-ruiz"
ZOE = "https://www.linkedin.com/in/zo%C3%AB-brandt"
M10 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER"
)
M9 = M10.replace(",RECIPIENT PROFILE URLS", "")
PROFILE = "First Name,Last Name,Headline\nAna,Ruiz,Engineer\n"


def zipped(
    files: Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]],
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        # The same name twice is what some tests are about.
        warnings.simplefilter("ignore")
        for name, content in pairs:
            archive.writestr(name, content)
    return out.getvalue()


def archive_of(
    files: Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]], hint: Owner | None = None
) -> Archive:
    """What the reader makes of a ZIP of these files."""
    return read(open_source(io.BytesIO(zipped(files))), hint)


def messages_of(archive: Archive) -> list[Message]:
    """All messages, as the conversations come, oldest first in each."""
    return [message for thread in archive.threads() for message in thread.messages]


def row(
    content: str = "hello",
    *,
    conversation: str = "2-YQ==",
    title: str = "",
    sender: tuple[str, str] = ("Zoë Brandt", ZOE),
    to: tuple[str, str] = ("Ana Ruiz", OWNER),
    date: str = "2024-01-02 10:00:00 UTC",
    subject: str = "",
    folder: str = "INBOX",
    more: Sequence[str] = (),
) -> str:
    """One row with ten columns or more, every cell quoted."""
    cells = (conversation, title, *sender, *to, date, subject, content, folder, *more)
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def messages_csv(*rows: str, header: str = M10) -> str:
    """A messages.csv of these rows."""
    return "\n".join((header, *rows)) + "\n"
