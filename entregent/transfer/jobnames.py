"""What transfer does later, by name."""

from entregent.ports.jobs import Job


class BringImport(Job, tag="transfer.bring_import"):
    """A file that waits to be imported."""

    member_id: int
    import_id: int


class UndoImport(Job, tag="transfer.undo_import"):
    """An import that is to be taken back."""

    member_id: int
    import_id: int


class SweepSpool(Job, tag="transfer.sweep_spool"):
    """Copies of files that nobody needs any more."""
