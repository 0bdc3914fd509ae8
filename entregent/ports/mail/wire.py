"""Text in the forms that mail has for it (RFC 2045, 2047, 5322).

Written here because the standard library folds headers differently from one release of Python to
the next, and what a letter looks like must not depend on that.
"""

import binascii
import re
from base64 import b64encode

WORD_BYTES = 45  # As many as fit, in base64, into an encoded word of 75 characters.
LONGEST_PLAIN = 900
LONGEST_LINE = 76
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


def words(text: str) -> str:
    """A header's text: as it is where that is safe, else as encoded words on lines of their own."""
    if text.isascii() and "=?" not in text and len(text) <= LONGEST_PLAIN:
        return text
    pieces: list[bytes] = [b""]
    for character in text:
        encoded = character.encode()
        if len(pieces[-1]) + len(encoded) > WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += encoded
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in pieces)


def mailbox(name: str, address: str) -> str:
    """A name and an address."""
    if not name:
        return address
    if name.isascii() and "=?" not in name and len(name) <= LONGEST_PLAIN - len(address):
        if not _ATOMS.fullmatch(name):
            name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return f"{name} <{address}>"
    return f"{words(name)}\r\n <{address}>"


def part(kind: str, text: str, *, among_others: bool = False) -> str:
    """A text with the headers that describe it; `kind` is plain or html."""
    plain = text.isascii() and all(len(line) <= LONGEST_LINE for line in text.split("\n"))
    # Quoted-printable knows no bare `=`, so no text can imitate the boundary between parts.
    if plain and not among_others:
        encoding, body = "7bit", text.replace("\n", "\r\n")
    else:
        encoding = "quoted-printable"
        body = binascii.b2a_qp(text.encode(), istext=True).decode().replace("\n", "\r\n")
    return (
        f'Content-Type: text/{kind}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{body}"
        + ("" if body[-1:] == "\n" else "\r\n")
    )


def alternatives(text: str, html: str, boundary: str) -> str:
    """The same as text and as HTML."""
    forms = (part("plain", text, among_others=True), part("html", html, among_others=True))
    inner = "".join(f"--{boundary}\r\n{form}" for form in forms)
    return (
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
        f"{inner}--{boundary}--\r\n"
    )
