"""Secrets that are handed out once: a session's cookie, the link that proves an address."""

import hashlib
import secrets
from typing import NamedTuple

from entregent.kit.ids import MAX_ID

# How personal access tokens begin, by which those that leaked are found.
TOKEN_PREFIX = "entregent_"  # noqa: S105 (no secret)


class Token(NamedTuple):
    """A secret handed out once: whose it is, which one, and what proves it."""

    member_id: int
    id: int
    secret: str

    def __str__(self) -> str:
        return f"{self.member_id}.{self.id}.{self.secret}"

    @property
    def hash(self) -> str:
        """What we keep of it."""
        return hash_secret(self.secret)


def new_token(member_id: int, identifier: int) -> Token:
    """A token with a fresh secret of 256 bits."""
    return Token(member_id, identifier, secrets.token_urlsafe(32))


def read_token(text: str) -> Token | None:
    """The token behind `<member>.<id>.<secret>`, or None for anything else."""
    parts = text.split(".")
    if len(parts) != 3 or len(text) > 128:
        return None
    member, identifier, secret = parts
    for number in (member, identifier):
        if not (number.isascii() and number.isdigit() and len(number) <= 19):
            return None
    if not secret or not secret.isascii() or int(member) > MAX_ID or int(identifier) > MAX_ID:
        return None
    return Token(int(member), int(identifier), secret)


def hash_secret(secret: str) -> str:
    """A secret of 256 bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
