"""Every statement over imports."""

from sqlalchemy import Integer, bindparam, func, select, update

from entregent.ports.db import insert_row, statement

from .tables import imports

_mine = imports.c.member_id == bindparam("me")
_this = (_mine, imports.c.import_id == bindparam("of_import"))

ADD = statement(insert_row(imports))
FIND = statement(select(imports).where(*_this))
FIND_BY_CLIENT = statement(select(imports).where(_mine, imports.c.client_id == bindparam("key")))
RUNNING = statement(
    select(imports)
    .where(_mine, imports.c.state.in_(["reading", "undoing"]))
    .order_by(imports.c.import_id)
)
ALL = statement(
    select(imports)
    .where(_mine)
    .order_by(imports.c.import_id.desc())
    .limit(bindparam("limit", type_=Integer))
)
SLUG = statement(
    select(imports.c.owner_slug)
    .where(_mine, imports.c.owner_slug.is_not(None), imports.c.state == "done")
    .order_by(imports.c.import_id.desc())
    .limit(1)
)
NEWEST = statement(
    select(func.coalesce(func.max(imports.c.newest_at), 0)).where(
        _mine, imports.c.state == "done", imports.c.import_id != bindparam("of_import")
    )
)
START = statement(
    update(imports)
    .where(*_this)
    .values(run=bindparam("token"), runs=imports.c.runs + 1, heard_at=bindparam("at"))
)
SURVEYED = statement(
    update(imports)
    .where(*_this)
    .values(
        total=bindparam("of_all", type_=Integer),
        done=0,
        counts=bindparam("figures"),
        owner_slug=bindparam("slug"),
        newest_at=bindparam("newest"),
        heard_at=bindparam("at"),
    )
)
WENT_ON = statement(
    update(imports)
    .where(*_this)
    .values(
        done=bindparam("so_far", type_=Integer), added=bindparam("sums"), heard_at=bindparam("at")
    )
)
FILLED = statement(
    update(imports).where(*_this).values(filled=bindparam("fields"), added=bindparam("sums"))
)
FINISH = statement(
    update(imports)
    .where(*_this)
    .values(
        state=bindparam("new_state"),
        report=bindparam("told"),
        refusal=bindparam("why"),
        finished_at=bindparam("at"),
        heard_at=bindparam("at"),
        spool="",
    )
)
SET_STATE = statement(
    update(imports)
    .where(*_this)
    .values(
        state=bindparam("new_state"),
        finished_at=bindparam("ended"),
        heard_at=bindparam("at"),
        done=0,
        total=0,
    )
)
SPOOLED = statement(select(imports.c.spool).where(imports.c.spool != ""))
