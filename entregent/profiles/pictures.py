"""A member's photo and cover: put, taken away, and who sees them."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.media import Use, attach, kept_of, release
from entregent.ports.db import Transaction

from . import queries
from .actions import may_see_picture, profile_of, tell_face
from .events import ProfileChanged
from .model import Picture, PictureKind, Profile


def put_picture(tx: Transaction, me: int, kind: PictureKind, media_id: Id) -> Profile:
    """Shows a picture of the member's own. The one before stays theirs for a while, unseen, so
    that putting it back undoes this."""
    use = Use(kind, str(me))
    before = {str(key) for key, _ in kept_of(tx, use)}
    (media,) = attach(tx, me, [media_id], use)
    if media.state != "ready":
        raise Refusal("profiles.picture_not_ready", status=409, field="media_id")
    if media.kind != "picture":
        raise Refusal("profiles.not_a_picture", field="media_id")
    release(tx, use, before - {media.id})
    _keep(tx, me, kind)
    return profile_of(tx, me, me)


def drop_picture(tx: Transaction, me: int, kind: PictureKind) -> Profile:
    """Shows none any more. Repeating it changes nothing."""
    use = Use(kind, str(me))
    if kept_of(tx, use):
        release(tx, use)
        _keep(tx, me, kind)
    return profile_of(tx, me, me)


def follow_picture(tx: Transaction, use: Use) -> None:
    """A picture on a profile has changed. One that is no more has gone with its member, and the
    rest of the profile goes, too."""
    if kept_of(tx, use):
        _keep(tx, use.place, "photo" if use.kind == "photo" else "cover")


def may_see_photo(tx: Transaction, viewer: int | None, ref: str) -> bool:
    """The door of photos."""
    return may_see_picture(tx, viewer, Use("photo", ref).place, "photo")


def may_see_cover(tx: Transaction, viewer: int | None, ref: str) -> bool:
    """The door of covers."""
    return may_see_picture(tx, viewer, Use("cover", ref).place, "cover")


def _keep(tx: Transaction, me: int, kind: PictureKind) -> None:
    """Has the profile know what is attached to it, and tells those who see it."""
    picture = None
    for media_id, kept in kept_of(tx, Use(kind, str(me))):
        found = Picture(media_id=media_id, key=kept.key, placeholder=kept.placeholder)
        picture = msgspec.json.encode(found).decode()
    tx.run(queries.SET_PICTURE[kind], owner_id=me, picture=picture, now=tx.now)
    tx.emit(ProfileChanged(member_id=me))
    tell_face(tx, me)
