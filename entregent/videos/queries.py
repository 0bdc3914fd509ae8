"""Every statement over videos and what is said beneath them."""

from sqlalchemy import (
    BigInteger,
    Integer,
    Text,
    and_,
    bindparam,
    delete,
    func,
    not_,
    or_,
    select,
    update,
)

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from .model import FILM
from .tables import (
    video_likes,
    video_replies,
    video_traces,
    video_tracks,
    video_views,
    videos,
)

_limit = bindparam("limit", type_=Integer)
_after = bindparam("after", type_=BigInteger)
_me = bindparam("me", type_=BigInteger)
_video = bindparam("video", type_=BigInteger)
_reply = bindparam("reply", type_=BigInteger)

# -- videos --------------------------------------------------------------------------------------

_of_author = videos.c.author_id == bindparam("author")
_one = and_(_of_author, videos.c.video_id == _video)
_shown = and_(
    _of_author, in_list(videos.c.state, "states"), in_list(videos.c.audience, "audiences")
)
ADD = statement(insert_row(videos))
FIND = statement(select(videos).where(_one))
PAGE = statement(
    select(videos)
    .where(_shown, videos.c.video_id < _after)
    .order_by(videos.c.video_id.desc())
    .limit(_limit)
)
COUNT = statement(select(func.count()).select_from(videos).where(_shown))
EVERY = statement(select(videos).where(_of_author))
SET_STATE = statement(
    update(videos)
    .where(_one)
    .values(
        state=bindparam("new_state", type_=Text),
        published_at=bindparam("new_published_at", type_=BigInteger),
    )
)
SET_WORDS = statement(
    update(videos)
    .where(_one)
    .values(
        title=bindparam("new_title", type_=Text),
        text=bindparam("new_text", type_=Text),
        language=bindparam("new_language", type_=Text),
        audience=bindparam("new_audience", type_=Text),
        replies=bindparam("new_replies", type_=Text),
    )
)
DROP = statement(delete(videos).where(_one))

# -- what is said beneath them -------------------------------------------------------------------

_beneath = video_replies.c.video_id == _video
_this = and_(_beneath, video_replies.c.reply_id == _reply)
# Nobody whom a block hides from the reader, and nothing beneath what such a one said.
_unhidden = and_(
    not_(in_list(video_replies.c.member_id, "hidden")),
    not_(in_list(video_replies.c.starter_id, "hidden")),
)
_readable = and_(
    or_(
        video_replies.c.state == "live",
        and_(video_replies.c.member_id == _me, video_replies.c.state != "removed"),
    ),
    _unhidden,
)
# The place of what was removed stays where others have answered it.
_listed = and_(
    _beneath,
    video_replies.c.parent_id == bindparam("parent"),
    or_(video_replies.c.state == "removed", _readable),
)
ADD_REPLY = statement(insert_row(video_replies))
REPLY = statement(select(video_replies).where(_this))
REPLIES = statement(
    select(video_replies)
    .where(_listed, video_replies.c.reply_id > _after)
    .order_by(video_replies.c.reply_id)
    .limit(_limit)
)
COUNT_LISTED = statement(select(func.count()).select_from(video_replies).where(_listed))
CHAPTERS = statement(
    select(video_replies)
    .where(_beneath, video_replies.c.plays == FILM, video_replies.c.state == "live", _unhidden)
    .order_by(video_replies.c.thread_id, video_replies.c.reply_id)
    .limit(_limit)
)
COUNT_REPLIES = statement(
    select(video_replies.c.video_id, func.count().label("number"))
    .where(
        in_list(video_replies.c.video_id, "ids"),
        video_replies.c.state == "live",
        _unhidden,
    )
    .group_by(video_replies.c.video_id)
)
COUNT_ANSWERS = statement(
    select(video_replies.c.parent_id, func.count().label("number"))
    .where(_beneath, in_list(video_replies.c.parent_id, "ids"), _readable)
    .group_by(video_replies.c.parent_id)
)
ANY_ANSWER = statement(
    select(video_replies.c.reply_id).where(_beneath, video_replies.c.parent_id == _reply).limit(1)
)
PLAYING = statement(
    select(video_replies.c.reply_id).where(_beneath, in_list(video_replies.c.plays, "kinds"))
)
SAID_BY = statement(select(video_replies).where(_beneath, video_replies.c.member_id == _me))
SET_REPLY = statement(
    update(video_replies)
    .where(_this)
    .values(
        state=bindparam("new_state", type_=Text),
        text=bindparam("new_text", type_=Text),
        plays=bindparam("new_plays", type_=Integer),
    )
)
DROP_REPLY = statement(delete(video_replies).where(_this))

# -- what is counted -----------------------------------------------------------------------------

_liked = and_(video_likes.c.video_id == _video, video_likes.c.reply_id == _reply)
LIKE = statement(upsert_row(video_likes))
UNLIKE = statement(delete(video_likes).where(_liked, video_likes.c.member_id == _me))
DROP_LIKES = statement(delete(video_likes).where(_liked))
COUNT_LIKES = statement(
    select(video_likes.c.video_id, video_likes.c.reply_id, func.count().label("number"))
    .where(in_list(video_likes.c.video_id, "ids"), in_list(video_likes.c.reply_id, "replies"))
    .group_by(video_likes.c.video_id, video_likes.c.reply_id)
)
MY_LIKES = statement(
    select(video_likes.c.video_id, video_likes.c.reply_id).where(
        in_list(video_likes.c.video_id, "ids"),
        in_list(video_likes.c.reply_id, "replies"),
        video_likes.c.member_id == _me,
    )
)
SEE = statement(upsert_row(video_views))
VIEW = statement(
    select(video_views.c.at).where(video_views.c.video_id == _video, video_views.c.member_id == _me)
)
COUNT_VIEWS = statement(
    select(video_views.c.video_id, func.count().label("number"))
    .where(in_list(video_views.c.video_id, "ids"))
    .group_by(video_views.c.video_id)
)

# -- subtitles -----------------------------------------------------------------------------------

_tracks = and_(video_tracks.c.video_id == _video, video_tracks.c.reply_id == _reply)
_track = and_(_tracks, video_tracks.c.language == bindparam("language", type_=Text))
KEEP_TRACK = statement(upsert_row(video_tracks, update=["number", "cues"]))
TRACK = statement(select(video_tracks.c.cues).where(_track))
TRACKS = statement(
    select(
        video_tracks.c.video_id,
        video_tracks.c.reply_id,
        video_tracks.c.language,
        video_tracks.c.number,
    )
    .where(in_list(video_tracks.c.video_id, "ids"), in_list(video_tracks.c.reply_id, "replies"))
    .order_by(video_tracks.c.language)
)
EVERY_TRACK = statement(
    select(video_tracks.c.language, video_tracks.c.cues)
    .where(_tracks)
    .order_by(video_tracks.c.language)
)
DROP_TRACK = statement(delete(video_tracks).where(_track))
DROP_TRACKS = statement(delete(video_tracks).where(_tracks))

# -- where members have left something -----------------------------------------------------------

TRACE = statement(upsert_row(video_traces))
TRACES = statement(select(video_traces).where(video_traces.c.member_id == _me))
DROP_TRACES = statement(delete(video_traces).where(video_traces.c.member_id == _me))
DROP_TRACES_TO = statement(
    delete(video_traces).where(
        in_list(video_traces.c.member_id, "members"),
        video_traces.c.author_id == bindparam("author"),
        video_traces.c.video_id == _video,
    )
)
PEOPLE_AT = {
    table.name: statement(select(table.c.member_id).where(table.c.video_id == _video).distinct())
    for table in (video_replies, video_likes, video_views)
}
DROP_AT = {
    table.name: statement(delete(table).where(table.c.video_id == _video))
    for table in (video_replies, video_likes, video_views, video_tracks)
}
DROP_OF = {
    table.name: statement(delete(table).where(table.c.video_id == _video, table.c.member_id == _me))
    for table in (video_likes, video_views)
}
