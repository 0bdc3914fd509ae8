"""Every statement over reports, decisions, hosts and their log."""

from sqlalchemy import Integer, bindparam, delete, func, or_, select, update

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from .model import DECIDED, TAKEN_BACK, WAITS
from .tables import audit_log, decisions, hosts, report_cases, reports

# -- reports -------------------------------------------------------------------------------------

_about = reports.c.person_id == bindparam("person")

ADD_REPORT = statement(insert_row(reports, "decision_id"))
TAKE_BACK = statement(
    update(reports)
    .where(
        _about,
        reports.c.state == WAITS,
        reports.c.kind == "invitation",
        reports.c.reporter_id == bindparam("reporter"),
    )
    .values(state=TAKEN_BACK)
)
COUNT_WAITING = statement(
    select(
        func.count().label("waiting"),
        func.count(reports.c.reporter_id.distinct()).label("reporters"),
        func.max(reports.c.at).label("last_at"),
    ).where(_about, reports.c.state == WAITS)
)
COUNT_REASONS = statement(
    select(reports.c.person_id, reports.c.reason, func.count().label("times"))
    .where(in_list(reports.c.person_id, "people"), reports.c.state == WAITS)
    .group_by(reports.c.person_id, reports.c.reason)
    .order_by(reports.c.person_id, func.count().desc(), reports.c.reason)
)
PAGE_OF_REPORTS = statement(
    select(reports)
    .where(_about, reports.c.report_id < bindparam("before"))
    .order_by(reports.c.report_id.desc())
    .limit(bindparam("limit", type_=Integer))
)
WAITING_UP_TO = statement(
    select(reports.c.report_id, reports.c.reporter_id)
    .where(_about, reports.c.state == WAITS, reports.c.report_id <= bindparam("last"))
    .order_by(reports.c.report_id)
)
SETTLE = statement(
    update(reports)
    .where(_about, reports.c.state == WAITS, reports.c.report_id <= bindparam("last"))
    .values(state=DECIDED, decision_id=bindparam("decision"))
)

# -- the queue -----------------------------------------------------------------------------------

KEEP_CASE = statement(
    upsert_row(report_cases, update=["waiting", "reporters", "appeals", "last_at", "open"])
)
FIND_CASE = statement(select(report_cases).where(report_cases.c.person_id == bindparam("person")))
PAGE_OF_CASES = statement(
    select(report_cases)
    .where(
        report_cases.c.open == bindparam("is_open"),
        or_(
            report_cases.c.last_at < bindparam("after_at"),
            (report_cases.c.last_at == bindparam("after_at"))
            & (report_cases.c.person_id < bindparam("after_id")),
        ),
    )
    .order_by(report_cases.c.last_at.desc(), report_cases.c.person_id.desc())
    .limit(bindparam("limit", type_=Integer))
)
COUNT_CASES = statement(
    select(func.count())
    .select_from(report_cases)
    .where(report_cases.c.open == bindparam("is_open"))
)

# -- decisions -----------------------------------------------------------------------------------

_on = decisions.c.person_id == bindparam("person")
_this = decisions.c.decision_id == bindparam("decision")

ADD_DECISION = statement(
    insert_row(
        decisions,
        "reversed_at",
        "reversed_by",
        "appeal",
        "appealed_at",
        "answer",
        "answered_at",
    )
)
FIND_DECISION = statement(select(decisions).where(_on, _this))
LOCK_DECISION = statement(select(decisions).where(_on, _this).with_for_update())
DECISIONS_ON = statement(
    select(decisions).where(_on).order_by(decisions.c.decision_id.desc()).limit(200)
)
REVERSE = statement(
    update(decisions)
    .where(_on, _this)
    .values(
        reversed_at=bindparam("moment"),
        reversed_by=bindparam("by"),
        answer=bindparam("words"),
        answered_at=bindparam("moment"),
    )
)
APPEAL = statement(
    update(decisions)
    .where(_on, _this)
    .values(appeal=bindparam("words"), appealed_at=bindparam("moment"))
)
ANSWER = statement(
    update(decisions)
    .where(_on, _this)
    .values(answer=bindparam("words"), answered_at=bindparam("moment"))
)
COUNT_APPEALS = statement(
    select(func.count().label("appeals"), func.max(decisions.c.appealed_at).label("last_at")).where(
        _on, decisions.c.appealed_at.is_not(None), decisions.c.answered_at.is_(None)
    )
)

# -- hosts and their log -------------------------------------------------------------------------

FIND_HOST = statement(select(hosts.c.member_id).where(hosts.c.member_id == bindparam("member")))
ALL_HOSTS = statement(select(hosts).order_by(hosts.c.granted_at, hosts.c.member_id).limit(200))
ADD_HOST = statement(upsert_row(hosts))
DROP_HOST = statement(delete(hosts).where(hosts.c.member_id == bindparam("member")))
WRITE_DOWN = statement(insert_row(audit_log))
PAGE_OF_LOG = statement(
    select(audit_log)
    .where(audit_log.c.entry_id < bindparam("before"))
    .order_by(audit_log.c.entry_id.desc())
    .limit(bindparam("limit", type_=Integer))
)
