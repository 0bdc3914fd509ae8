"""What happens to files."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id

from .model import Media, Use


class MediaChanged(Event, tag="media.changed"):
    """One of the member's own files is received, ready, refused, or described otherwise."""

    media: Media


class MediaRemoved(Event, tag="media.removed"):
    """One of the member's own files is no more."""

    id: Id


class MediaSettled(Fact):
    """A file looks different where it is used: ready, refused, or described otherwise."""

    member_id: int
    media_id: int
    uses: list[Use]
