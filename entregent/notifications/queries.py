"""Every statement over notifications."""

from sqlalchemy import Integer, bindparam, delete, distinct, func, or_, select, update

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from .tables import devices, digests, endpoints, notice_people, notice_settings, notices

_mine = notices.c.member_id == bindparam("owner_id")
_this = notices.c.notice_id == bindparam("notice")
_my_people = notice_people.c.member_id == bindparam("owner_id")
_its_people = notice_people.c.notice_id == bindparam("notice")

FIND_TOPIC = statement(
    select(notices)
    .where(_mine, notices.c.kind == bindparam("of_kind"), notices.c.topic == bindparam("of_topic"))
    .with_for_update()
)
KEEP = statement(
    upsert_row(notices, update=["thing", "detail", "faces", "people", "at", "seen", "read"])
)
SET_FACES = statement(
    update(notices)
    .where(_mine, _this)
    .values(faces=bindparam("new_faces"), people=bindparam("new_people"))
)
DROP = statement(delete(notices).where(_mine, _this))
DROP_ALL = statement(delete(notices).where(_mine))
PAGE = statement(
    select(notices)
    .where(
        _mine,
        or_(
            notices.c.at < bindparam("after_at"),
            (notices.c.at == bindparam("after_at")) & (notices.c.notice_id < bindparam("after_id")),
        ),
    )
    .order_by(notices.c.at.desc(), notices.c.notice_id.desc())
    .limit(bindparam("limit", type_=Integer))
)
TOPICS = statement(
    select(notices.c.notice_id).where(
        _mine,
        in_list(notices.c.kind, "kinds"),
        notices.c.topic == bindparam("of_topic"),
        notices.c.read == 0,
    )
)
UNREAD_ABOUT = statement(
    select(notices.c.member_id, notices.c.notice_id).where(
        in_list(notices.c.member_id, "ids"),
        notices.c.kind == bindparam("of_kind"),
        in_list(notices.c.topic, "topics"),
        notices.c.read == 0,
    )
)
SEE_UPTO = statement(
    update(notices)
    .where(_mine, notices.c.seen == 0, notices.c.at <= bindparam("upto"))
    .values(seen=1)
    .returning(notices.c.notice_id)
)
READ_SOME = statement(
    update(notices)
    .where(_mine, in_list(notices.c.notice_id, "ids"), notices.c.read == 0)
    .values(seen=1, read=1)
    .returning(notices.c.notice_id)
)
READ_ALL = statement(
    update(notices)
    .where(_mine, notices.c.read == 0)
    .values(seen=1, read=1)
    .returning(notices.c.notice_id)
)
UNREAD_SOME = statement(
    update(notices)
    .where(_mine, in_list(notices.c.notice_id, "ids"), notices.c.read == 1)
    .values(read=0)
    .returning(notices.c.notice_id)
)
UNSEEN_OF_NOBODY = statement(
    select(func.count())
    .select_from(notices)
    .where(_mine, notices.c.seen == 0, notices.c.people == 0)
)
UNSEEN_PEOPLE = statement(
    select(func.count(distinct(notice_people.c.person_id))).where(
        _my_people, notice_people.c.seen == 0
    )
)
UNSEEN_OF_NOBODY_OF = statement(
    select(notices.c.member_id, func.count().label("number"))
    .where(in_list(notices.c.member_id, "members"), notices.c.seen == 0, notices.c.people == 0)
    .group_by(notices.c.member_id)
)
UNSEEN_PEOPLE_OF = statement(
    select(
        notice_people.c.member_id,
        func.count(distinct(notice_people.c.person_id)).label("number"),
    )
    .where(in_list(notice_people.c.member_id, "members"), notice_people.c.seen == 0)
    .group_by(notice_people.c.member_id)
)
UNSEEN = statement(
    select(notices)
    .where(_mine, notices.c.seen == 0)
    .order_by(notices.c.at.desc(), notices.c.notice_id.desc())
    .limit(bindparam("limit", type_=Integer))
)

ADD_PERSON = statement(upsert_row(notice_people, update=["at", "seen"]))
PEOPLE = statement(
    select(notice_people.c.person_id, notice_people.c.at)
    .where(_my_people, _its_people)
    .order_by(notice_people.c.at.desc(), notice_people.c.person_id)
)
# "+ 0" keeps SQLite from walking all that the member has not seen.
SEE_PEOPLE = statement(
    update(notice_people)
    .where(_my_people, in_list(notice_people.c.notice_id, "ids"), notice_people.c.seen + 0 == 0)
    .values(seen=1)
)
TOPICS_WITH = statement(
    select(notices.c.kind, notices.c.topic)
    .join(
        notice_people,
        (notice_people.c.member_id == notices.c.member_id)
        & (notice_people.c.notice_id == notices.c.notice_id),
    )
    .where(_my_people, notice_people.c.person_id == bindparam("person"))
    .order_by(notices.c.notice_id)
)
DROP_PERSON = statement(
    delete(notice_people).where(
        _my_people, _its_people, notice_people.c.person_id == bindparam("person")
    )
)
DROP_PEOPLE = statement(delete(notice_people).where(_my_people, _its_people))
DROP_ALL_PEOPLE = statement(delete(notice_people).where(_my_people))

OLD = statement(
    select(notices.c.member_id, notices.c.notice_id)
    .where(notices.c.at < bindparam("before"))
    .limit(bindparam("limit", type_=Integer))
)

SETTINGS = statement(
    select(notice_settings.c.chosen).where(notice_settings.c.member_id == bindparam("owner_id"))
)
SETTINGS_AMONG = statement(
    select(notice_settings).where(in_list(notice_settings.c.member_id, "members"))
)
KEEP_SETTINGS = statement(upsert_row(notice_settings, update=["chosen"]))
DROP_SETTINGS = statement(
    delete(notice_settings).where(notice_settings.c.member_id == bindparam("owner_id"))
)

DIGEST = statement(select(digests).where(digests.c.member_id == bindparam("owner_id")))
LOCK_DIGEST = statement(
    select(digests).where(digests.c.member_id == bindparam("owner_id")).with_for_update()
)
KEEP_DIGEST = statement(upsert_row(digests, update=["due_at", "told_at", "before"]))
DROP_DIGEST = statement(delete(digests).where(digests.c.member_id == bindparam("owner_id")))

_my_devices = devices.c.member_id == bindparam("owner_id")
DEVICES = statement(
    select(devices).where(_my_devices).order_by(devices.c.device_id.desc()).limit(20)
)
WITH_DEVICES = statement(
    select(devices.c.member_id).distinct().where(in_list(devices.c.member_id, "members"))
)
FIND_ENDPOINT = statement(
    select(endpoints.c.member_id, endpoints.c.device_id)
    .where(endpoints.c.endpoint_key == bindparam("of_key"))
    .with_for_update()
)
KEEP_ENDPOINT = statement(upsert_row(endpoints, update=["member_id", "device_id"]))
DROP_ENDPOINT = statement(
    delete(endpoints).where(
        endpoints.c.endpoint_key == bindparam("of_key"),
        endpoints.c.device_id == bindparam("device"),
    )
)
ADD_DEVICE = statement(insert_row(devices))
DROP_DEVICE = statement(
    delete(devices).where(_my_devices, devices.c.device_id == bindparam("device"))
)
