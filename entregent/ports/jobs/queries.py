"""Every statement over the jobs."""

from sqlalchemy import ColumnElement, Integer, bindparam, case, delete, func, select, update

from entregent.ports.db import in_list, statement, upsert_row

from .tables import jobs

_THIS = (
    jobs.c.owner_id == bindparam("owner"),
    jobs.c.kind == bindparam("of_kind"),
    jobs.c.key == bindparam("of_key"),
)
_HELD = (*_THIS, jobs.c.lease == bindparam("held"))
_DEAD: ColumnElement[bool] = jobs.c.died_at > 0
_RUNNING: ColumnElement[bool] = jobs.c.lease > 0

# One that waits runs at the earlier of both moments, one that runs will run again, and one that
# has died gets a second life. The newer payload counts.
ENQUEUE = statement(
    upsert_row(
        jobs,
        update=["payload", "died_at"],
        do={
            "run_at": lambda new: case(
                (_DEAD, new.run_at),
                (_RUNNING, jobs.c.run_at),
                (new.run_at < jobs.c.run_at, new.run_at),
                else_=jobs.c.run_at,
            ),
            "again_at": lambda new: case((_RUNNING, new.run_at), else_=0),
            "tries": lambda _: case((_DEAD, 0), else_=jobs.c.tries),
        },
    )
)
DUE = statement(
    select(
        jobs.c.owner_id, jobs.c.kind, jobs.c.key, jobs.c.payload, jobs.c.tries, jobs.c.id,
        jobs.c.lease,
    )
    .where(jobs.c.run_at <= bindparam("now"), in_list(jobs.c.kind, "kinds"))
    .order_by(jobs.c.run_at, jobs.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)  # fmt: skip
NEXT = statement(select(func.min(jobs.c.run_at)).where(in_list(jobs.c.kind, "kinds")))
LEASE = statement(
    update(jobs)
    .where(*_THIS)
    .values(lease=bindparam("token"), run_at=bindparam("until"), tries=jobs.c.tries + 1)
)
RENEW = statement(update(jobs).where(*_HELD).values(run_at=bindparam("until")))
HELD = statement(select(jobs.c.again_at).where(*_HELD))
DELETE = statement(delete(jobs).where(*_HELD))
LET_GO = statement(
    update(jobs)
    .where(*_HELD)
    .values(
        lease=0,
        again_at=0,
        run_at=bindparam("at"),
        tries=bindparam("tried"),
        error=bindparam("reason"),
        died_at=bindparam("died"),
    )
)
DEAD = statement(
    select(
        jobs.c.owner_id, jobs.c.kind, jobs.c.key, jobs.c.payload, jobs.c.tries, jobs.c.error,
        jobs.c.died_at,
    )
    .where(_DEAD)
    .order_by(jobs.c.died_at, jobs.c.id)
    .limit(bindparam("limit", type_=Integer))
)  # fmt: skip
REVIVE = statement(
    update(jobs).where(*_THIS, _DEAD).values(run_at=bindparam("at"), tries=0, died_at=0)
)
