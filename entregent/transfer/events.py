"""What happens to imports, as members' logs carry it."""

import msgspec

from entregent.kit.events import Event

from .model import Import


class ImportProgressed(Event, tag="import.progressed"):
    """An import began, went on, ended or was taken back."""

    import_: Import = msgspec.field(name="import")
