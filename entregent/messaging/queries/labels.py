"""Every statement over labels on conversations."""

from sqlalchemy import SmallInteger, bindparam, delete, update

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..tables import labelled

_one = (
    labelled.c.member_id == bindparam("owner_id"),
    labelled.c.label_id == bindparam("label"),
    labelled.c.conversation_id == bindparam("key"),
)
LABEL = statement(insert_row(labelled))
MOVE = statement(upsert_row(labelled, update=["view", "sort_at"]))
DROP = statement(delete(labelled).where(*_one[:2], in_list(labelled.c.conversation_id, "ids")))
UNLABEL = statement(delete(labelled).where(*_one))
FOLLOW = statement(  # where the conversation went
    update(labelled)
    .where(*_one)
    .values(view=bindparam("new_view", type_=SmallInteger), sort_at=bindparam("at"))
)
