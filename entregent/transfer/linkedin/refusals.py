"""Why a whole file is refused; each is a stable code with a sentence in the catalogues."""

from entregent.kit.errors import Refusal


def not_an_archive() -> Refusal:
    return Refusal("transfer.not_an_archive", field="file")


def empty() -> Refusal:
    return Refusal("transfer.empty", field="file")


def encrypted() -> Refusal:
    return Refusal("transfer.encrypted", field="file")


def incomplete() -> Refusal:
    """It begins like a ZIP and has no end: most often a download that was cut off."""
    return Refusal("transfer.incomplete", field="file")


def corrupt(name: str = "") -> Refusal:
    if name:
        return Refusal("transfer.corrupt_file", field="file", name=name)
    return Refusal("transfer.corrupt", field="file")


def unsupported_compression(name: str) -> Refusal:
    return Refusal("transfer.unsupported_compression", field="file", name=name)


def too_large(name: str = "") -> Refusal:
    if name:
        return Refusal("transfer.too_large_file", field="file", status=413, name=name)
    return Refusal("transfer.too_large", field="file", status=413)


def too_many_files(limit: int) -> Refusal:
    return Refusal("transfer.too_many_files", field="file", status=413, limit=limit)


def too_many_rows(name: str, limit: int) -> Refusal:
    return Refusal("transfer.too_many_rows", field="file", status=413, name=name, limit=limit)


def nothing_found() -> Refusal:
    return Refusal("transfer.nothing_found", field="file")


def unreadable() -> Refusal:
    """The operating system does not let us read it, or it went away meanwhile."""
    return Refusal("transfer.unreadable", field="file")
