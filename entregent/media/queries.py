"""Every statement over files, their uses and their bytes."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import (
    BindParameter,
    Integer,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.sql import ColumnElement

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from .tables import blob_claims, blobs, media, media_uses, shown_media

_mine = media.c.member_id == bindparam("owner_id")
_this = media.c.media_id == bindparam("media")
_limit = bindparam("limit", type_=Integer)

ADD = statement(insert_row(media))
FIND = statement(select(media).where(_mine, _this))
LOCK = statement(select(media).where(_mine, _this).with_for_update())
FIND_REPEATED = statement(select(media).where(_mine, media.c.client_id == bindparam("repeated")))
SOME = statement(select(media).where(_mine, in_list(media.c.media_id, "ids")))
EVERY = statement(select(media).where(_mine).order_by(media.c.media_id))
STORED = statement(select(func.coalesce(func.sum(media.c.stored), 0)).where(_mine))
SET = statement(
    update(media)
    .where(_mine, _this)
    .values(
        state=bindparam("new_state"),
        stored=bindparam("new_stored"),
        tries=bindparam("new_tries"),
        expires_at=bindparam("new_expires_at"),
        kept=bindparam("new_kept"),
    )
)
SET_EXPIRY = statement(
    update(media).where(_mine, _this).values(expires_at=bindparam("new_expires_at"))
)
DROP = statement(delete(media).where(_mine, _this))
STATE_OF = statement(select(media.c.state).where(_this))
EXPIRED = statement(
    select(media.c.member_id, media.c.media_id)
    .where(media.c.expires_at <= bindparam("before"))
    .order_by(media.c.expires_at)
    .limit(_limit)
)

_my_use = (
    media_uses.c.member_id == bindparam("owner_id"),
    media_uses.c.media_id == bindparam("media"),
)
ADD_USE = statement(upsert_row(media_uses))
USES_OF = statement(
    select(media_uses.c.kind, media_uses.c.ref)
    .where(*_my_use)
    .order_by(media_uses.c.kind, media_uses.c.ref)
)
DROP_USE = statement(
    delete(media_uses).where(
        *_my_use,
        media_uses.c.kind == bindparam("of_kind"),
        media_uses.c.ref == bindparam("of_ref"),
    )
)

_here = (
    shown_media.c.place_id == bindparam("place"),
    shown_media.c.kind == bindparam("of_kind"),
    shown_media.c.ref == bindparam("of_ref"),
)
SHOW = statement(upsert_row(shown_media, update=["position", "member_id", "kept"]))
SHOWN = statement(
    select(shown_media)
    .where(
        in_list(shown_media.c.place_id, "places"),
        shown_media.c.kind == bindparam("of_kind"),
        in_list(shown_media.c.ref, "refs"),
    )
    .order_by(shown_media.c.ref, shown_media.c.position)
)
SHOWN_ONE = statement(
    select(shown_media).where(*_here, shown_media.c.media_id == bindparam("media"))
)
SET_SHOWN = statement(
    update(shown_media)
    .where(*_here, shown_media.c.media_id == bindparam("media"))
    .values(kept=bindparam("new_kept"))
)
Shown = Literal["picture", "animation", "video", "voice", "audio", "file"]


def is_shown(
    place: ColumnElement[int], kind: str, ref: ColumnElement[str], kinds: Iterable[Shown]
) -> ColumnElement[bool]:
    """Whether a use shows something of one of these kinds."""
    said = ('"voice":true' if one == "voice" else f'"kind":"{one}"' for one in kinds)
    return exists().where(
        shown_media.c.place_id == place,
        shown_media.c.kind == literal_column(f"'{kind}'"),
        shown_media.c.ref == ref,
        or_(*(shown_media.c.kept.contains(one) for one in said)),
    )


HIDE = statement(delete(shown_media).where(*_here, shown_media.c.media_id == bindparam("media")))

_blob: BindParameter[str] = bindparam("key")
KEEP_BLOB = statement(upsert_row(blobs))
LOCK_BLOB = statement(select(blobs.c.going).where(blobs.c.blob_key == _blob).with_for_update())
KNOWN = statement(select(blobs.c.blob_key).where(in_list(blobs.c.blob_key, "keys")))
SET_GOING = statement(update(blobs).where(blobs.c.blob_key == _blob).values(going=1))
FORGET_BLOB = statement(delete(blobs).where(blobs.c.blob_key == _blob, blobs.c.going == 1))
GOING = statement(select(blobs.c.blob_key).where(blobs.c.going == 1).limit(_limit))
CLAIM = statement(upsert_row(blob_claims))
CLAIMED = statement(select(blob_claims.c.media_id).where(blob_claims.c.blob_key == _blob).limit(1))
UNCLAIM = statement(
    delete(blob_claims).where(
        blob_claims.c.blob_key == _blob,
        blob_claims.c.member_id == bindparam("owner_id"),
        blob_claims.c.media_id == bindparam("media"),
    )
)
