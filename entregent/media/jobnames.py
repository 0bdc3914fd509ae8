"""What media does later, by name."""

from entregent.ports.jobs import Job


class WorkOnPicture(Job, tag="media.work_on_picture"):
    """A file that was received and claims to be a picture, or none of what takes long."""

    member_id: int
    media_id: int


class WorkOnFilm(Job, tag="media.work_on_film"):
    """The same for what claims to be sound or film: these wait for each other."""

    member_id: int
    media_id: int


class WorkOnLongFilm(Job, tag="media.work_on_long_film"):
    """The same for a film that may take longer than a message's: it waits with them."""

    member_id: int
    media_id: int


class DropBytes(Job, tag="media.drop_bytes"):
    """Bytes that nothing refers to any more, and what waited of an upload."""

    keys: list[str]
    media_id: int = 0


class Sweep(Job, tag="media.sweep"):
    """Files that nobody used in time, and what interrupted work left behind."""


class FindStrays(Job, tag="media.find_strays"):
    """Bytes in the store that nobody knows of."""
