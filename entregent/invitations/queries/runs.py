"""Every statement over runs and their steps."""

from sqlalchemy import BigInteger, Integer, bindparam, delete, select, update

from entregent.ports.db import insert_row, statement

from ..tables import invitation_plans, invitation_runs, invitation_steps

_run = (
    invitation_runs.c.member_id == bindparam("me"),
    invitation_runs.c.run_id == bindparam("of_run"),
)
_steps = (
    invitation_steps.c.member_id == bindparam("me"),
    invitation_steps.c.run_id == bindparam("of_run"),
)
_limit = bindparam("limit", type_=Integer)

ADD_RUN = statement(insert_row(invitation_runs))
FIND_RUN = statement(select(invitation_runs).where(*_run))
RUNS = statement(
    select(invitation_runs)
    .where(invitation_runs.c.member_id == bindparam("me"))
    .order_by(invitation_runs.c.run_id.desc())
    .limit(_limit)
)
SET_RUN = statement(
    update(invitation_runs)
    .where(*_run)
    .values(done=bindparam("so_far"), skipped=bindparam("left_out"), room=bindparam("left"))
)
GOES_ON = statement(
    select(invitation_runs.c.run_id)
    .where(
        invitation_runs.c.member_id == bindparam("me"),
        invitation_runs.c.state.in_(("running", "undoing")),
    )
    .limit(1)
)
SET_RUN_STATE = statement(update(invitation_runs).where(*_run).values(state=bindparam("now_state")))
ADD_STEP = statement(insert_row(invitation_steps))
NEXT_STEPS = statement(
    select(invitation_steps)
    .where(*_steps, invitation_steps.c.state == bindparam("of_state"))
    .order_by(invitation_steps.c.invitation_id)
    .limit(_limit)
)
PAGE_OF_STEPS = statement(
    select(invitation_steps)
    .where(*_steps, invitation_steps.c.invitation_id > bindparam("after", type_=BigInteger))
    .order_by(invitation_steps.c.invitation_id)
    .limit(_limit)
)
SET_STEP = statement(
    update(invitation_steps)
    .where(*_steps, invitation_steps.c.invitation_id == bindparam("invitation"))
    .values(state=bindparam("now_state"), why=bindparam("reason"), at=bindparam("moment"))
)
_plan = (
    invitation_plans.c.member_id == bindparam("me"),
    invitation_plans.c.run_id == bindparam("of_run"),
)
ADD_PORTION = statement(insert_row(invitation_plans))
NEXT_PORTION = statement(
    select(invitation_plans).where(*_plan).order_by(invitation_plans.c.portion).limit(1)
)
DROP_PORTION = statement(
    delete(invitation_plans).where(*_plan, invitation_plans.c.portion == bindparam("number"))
)
DROP_PLAN = statement(delete(invitation_plans).where(*_plan))
DROP_PLANS = statement(
    delete(invitation_plans).where(invitation_plans.c.member_id == bindparam("me"))
)
DROP_RUNS = statement(delete(invitation_runs).where(invitation_runs.c.member_id == bindparam("me")))
DROP_STEPS = statement(
    delete(invitation_steps).where(invitation_steps.c.member_id == bindparam("me"))
)
