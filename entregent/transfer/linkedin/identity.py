"""Which message of one export is which of another, and what the newer one adds.

Older exports lack line breaks and attachments, and lose the name and address of accounts that
were closed. So a message is its conversation, its date, and its letters without white space; of
messages that have all three in common, the first, the second and so on.
"""

import hashlib

import msgspec


def bare(content: str) -> str:
    """The letters of a message without any white space."""
    return "".join(content.split())


def identity(conversation: str, date: int | str, letters: str) -> int:
    """A stable 63-bit number for a message; `date` is the moment, or its text if unreadable."""
    told = f"{conversation}\0{date}\0{letters}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest()) >> 1


def path_of(attachment: str) -> str:
    """The part of an attachment's address that stays: what it is signed with changes."""
    return attachment.partition("?")[0]


class Known(msgspec.Struct, frozen=True):
    """What is already kept of a message."""

    content: str
    subject: str = ""
    attachments: tuple[str, ...] = ()
    sender_name: str = ""
    sender_slug: str | None = None


def enriched(known: Known, other: Known) -> Known:
    """The kept message with what another export of the same one adds; nothing is ever lost.

    Line breaks come with the text that has more of them, attachments with the longer list, names
    and addresses where there were none. Signatures of attachments are no news.
    """
    richer = other.content.count("\n") > known.content.count("\n")
    more_files = len(other.attachments) > len(known.attachments)
    nameless = known.sender_slug is None and known.sender_name in {"", "LinkedIn Member"}
    return Known(
        other.content if richer else known.content,
        known.subject or other.subject,
        other.attachments if more_files else known.attachments,
        (other.sender_name or known.sender_name) if nameless else known.sender_name,
        known.sender_slug or other.sender_slug,
    )
