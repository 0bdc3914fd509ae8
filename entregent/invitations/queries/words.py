"""Every statement over the shapes of notes, and over what is held against senders."""

from sqlalchemy import bindparam, delete, func, select

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..tables import note_bands, note_shapes, note_uses, sender_standing

_of_shape = note_uses.c.shape_id == bindparam("shape")

ADD_SHAPE = statement(insert_row(note_shapes))
ADD_BAND = statement(upsert_row(note_bands))
FIND_BANDS = statement(
    select(note_bands.c.shape_id).where(in_list(note_bands.c.band, "bands")).distinct()
)
FIND_SHAPES = statement(
    select(note_shapes.c.shape_id, note_shapes.c.words).where(
        in_list(note_shapes.c.shape_id, "ids")
    )
)
ADD_USE = statement(upsert_row(note_uses, update=["invitation_id", "at"]))
USES = statement(
    select(note_uses).where(_of_shape).order_by(note_uses.c.sender_id, note_uses.c.receiver_id)
)
COUNT_USES = statement(
    select(
        note_uses.c.shape_id,
        func.count().label("members"),
        func.count(note_uses.c.sender_id.distinct()).label("senders"),
    )
    .where(in_list(note_uses.c.shape_id, "ids"))
    .group_by(note_uses.c.shape_id)
)
COUNT_OWN_USES = statement(
    select(note_uses.c.shape_id, note_uses.c.sender_id, func.count().label("members"))
    .where(in_list(note_uses.c.shape_id, "ids"), in_list(note_uses.c.sender_id, "senders"))
    .group_by(note_uses.c.shape_id, note_uses.c.sender_id)
)
FORGET_USES = statement(delete(note_uses).where(note_uses.c.at <= bindparam("before")))
FORGET_SHAPES = statement(
    delete(note_shapes).where(
        note_shapes.c.at <= bindparam("before"),
        note_shapes.c.shape_id.not_in(select(note_uses.c.shape_id)),
    )
)
FORGET_BANDS = statement(
    delete(note_bands).where(note_bands.c.shape_id.not_in(select(note_shapes.c.shape_id)))
)

SAY_AGAINST = statement(upsert_row(sender_standing, update=["kind", "invitation_id", "why", "at"]))
TAKE_BACK = statement(
    delete(sender_standing).where(
        sender_standing.c.member_id == bindparam("sender"),
        sender_standing.c.by_id == bindparam("me"),
    )
)
SAID_BY = statement(
    select(sender_standing.c.kind).where(
        sender_standing.c.member_id == bindparam("sender"),
        sender_standing.c.by_id == bindparam("me"),
    )
)
SAID_AGAINST = statement(
    select(func.count())
    .select_from(sender_standing)
    .where(
        sender_standing.c.member_id == bindparam("sender"),
        sender_standing.c.at > bindparam("since"),
    )
)
