"""Settings from the environment: `ENTREGENT_<NAME>` for each field of `kit.settings.Settings`."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from entregent.kit.settings import Settings


class BadSetting(Exception):
    """A setting that cannot be read, with a sentence that says which and why."""


def settings(environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """All settings. What is `given` (from the command line) wins over the environment."""
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        text = environment.get(f"ENTREGENT_{field.name.upper()}")
        if text is not None:
            found[field.name] = text
    found.update({name: value for name, value in given.items() if value is not None})
    try:
        read = msgspec.convert(found, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSetting(f"A setting cannot be read: {error}") from None
    data = Path(read.data).resolve()
    changes: dict[str, str] = {"data": str(data)}
    if not read.database:
        changes["database"] = f"sqlite:///{data / 'entregent.db'}"
    if not read.blobs:
        changes["blobs"] = (data / "blobs").as_uri()
    if not read.mail:
        changes["mail"] = (data / "mail").as_uri()
    return msgspec.structs.replace(read, **changes)
