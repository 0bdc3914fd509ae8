"""Every statement over stories."""

from sqlalchemy import (
    BigInteger,
    Integer,
    SmallInteger,
    Text,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from entregent.network import hidden_from, is_connected, is_followed
from entregent.ports.db import greatest, in_list, insert_row, statement, upsert_row

from .tables import (
    highlights,
    stories,
    story_acts,
    story_circles,
    story_mutes,
    story_prompts,
    story_settings,
    story_tray,
    story_views,
)

_limit = bindparam("limit", type_=Integer)
_after = bindparam("after", type_=BigInteger)
_one = and_(
    stories.c.author_id == bindparam("author"),
    stories.c.story_id == bindparam("story"),
)
_head = (
    stories.c.author_id,
    stories.c.story_id,
    stories.c.state,
    stories.c.published_at,
    stories.c.expires_at,
    stories.c.who,
    stories.c.ref,
    stories.c.hidden,
    stories.c.replies,
    stories.c.mask,
    stories.c.placeholder,
)
_live = and_(stories.c.state == "live", stories.c.expires_at > bindparam("now"))

# -- stories -------------------------------------------------------------------------------------

ADD = statement(insert_row(stories))
FIND = statement(select(stories).where(_one))
LIVE_HEADS = statement(select(*_head).where(in_list(stories.c.author_id, "authors"), _live))
# Whose stories are not simply for all connections.
ODD = statement(
    select(stories.c.author_id)
    .where(
        in_list(stories.c.author_id, "authors"),
        _live,
        or_(stories.c.who.not_in(("connections", "everyone")), stories.c.hidden != "[]"),
    )
    .distinct()
)
LIVE_OF = statement(
    select(stories)
    .where(stories.c.author_id == bindparam("author"), _live)
    .order_by(stories.c.story_id)
)
COMING_OF = statement(
    select(stories)
    .where(
        stories.c.author_id == bindparam("author"),
        stories.c.state.in_(("processing", "refused")),
    )
    .order_by(stories.c.story_id)
)
SOME = statement(
    select(stories).where(
        stories.c.author_id == bindparam("author"), in_list(stories.c.story_id, "ids")
    )
)
EVERY = statement(select(stories).where(stories.c.author_id == bindparam("author")))
_past = and_(stories.c.author_id == bindparam("author"), stories.c.state == "archived")
ARCHIVE = statement(
    select(stories)
    .where(_past, stories.c.story_id < _after)
    .order_by(stories.c.story_id.desc())
    .limit(_limit)
)
COUNT_ARCHIVE = statement(select(func.count()).select_from(stories).where(_past))
SET_STATE = statement(
    update(stories)
    .where(_one)
    .values(
        state=bindparam("new_state", type_=Text),
        published_at=bindparam("new_published_at", type_=BigInteger),
        expires_at=bindparam("new_expires_at", type_=BigInteger),
        placeholder=bindparam("new_placeholder", type_=Text),
    )
)
SET_AUDIENCE = statement(
    update(stories)
    .where(_one)
    .values(
        who=bindparam("new_who", type_=Text),
        ref=bindparam("new_ref", type_=Text),
        hidden=bindparam("new_hidden", type_=Text),
        replies=bindparam("new_replies", type_=Text),
    )
)
SET_FRAMES = statement(
    update(stories)
    .where(_one)
    .values(mask=bindparam("new_mask", type_=Integer), frames=bindparam("new_frames", type_=Text))
)
DROP = statement(delete(stories).where(_one))

# Whose row holds what is told to too many to be put into the row of each.
EVERYBODY = 0

# -- the row -------------------------------------------------------------------------------------

_mine = story_tray.c.member_id == bindparam("me")
_muted = exists().where(
    story_mutes.c.member_id == bindparam("me"), story_mutes.c.author_id == story_tray.c.author_id
)
_is_muted = case((_muted, 1), else_=0).label("muted")
_how_far = case(
    (is_connected(story_tray.c.author_id), 0), (is_followed(story_tray.c.author_id), 1), else_=2
).label("far")
# Who tells something, in the order of the row; all of it is the member's own.
AROUND = statement(
    select(
        _is_muted,
        func.min(case((story_tray.c.number < story_tray.c.listed, 0), else_=1)).label("seen"),
        _how_far,
        (-func.max(story_tray.c.story_id)).label("latest"),
        story_tray.c.author_id,
    )
    .where(
        _mine,
        story_tray.c.expires_at > bindparam("now"),
        story_tray.c.listed > 0,
        (story_tray.c.author_id + 0).not_in(hidden_from()),
    )
    .group_by(story_tray.c.author_id)
)
# Who of those tells something whose stories are in everybody's row.
PULLED = statement(
    select(_is_muted, _how_far, story_tray.c.author_id)
    .where(
        story_tray.c.member_id == EVERYBODY,
        story_tray.c.expires_at > bindparam("now"),
        story_tray.c.author_id != bindparam("me"),
        or_(is_connected(story_tray.c.author_id), is_followed(story_tray.c.author_id)),
        story_tray.c.author_id.not_in(hidden_from()),
    )
    .distinct()
)
TRAY_OF = statement(select(story_tray).where(_mine, in_list(story_tray.c.author_id, "authors")))
_of_many = and_(
    in_list(story_tray.c.member_id, "ids"), story_tray.c.author_id == bindparam("author")
)
TRAYS_OF = statement(select(story_tray).where(_of_many))
LIST = statement(upsert_row(story_tray, update=["listed", "expires_at"]))
SEE = statement(
    upsert_row(story_tray, do={"number": lambda new: greatest(story_tray.c.number, new.number)})
)
UNLIST = statement(delete(story_tray).where(_of_many, story_tray.c.story_id == bindparam("story")))
DROP_OLD = statement(
    delete(story_tray).where(
        in_list(story_tray.c.member_id, "ids"), story_tray.c.expires_at < bindparam("before")
    )
)

# -- viewers -------------------------------------------------------------------------------------

_story = story_views.c.story_id == bindparam("story")
VIEW = statement(
    upsert_row(
        story_views,
        update=["viewing"],
        do={"number": lambda new: greatest(story_views.c.number, new.number)},
    )
)
COUNT_VIEWS = statement(
    select(story_views.c.story_id, story_views.c.number, func.count().label("people"))
    .where(in_list(story_views.c.story_id, "ids"))
    .group_by(story_views.c.story_id, story_views.c.number)
)
COUNT_PRIVATE = statement(
    select(func.count()).select_from(story_views).where(_story, story_views.c.viewing == 2)
)
VIEWS = statement(
    select(story_views)
    .where(_story, story_views.c.viewing < 2, story_views.c.view_id < _after)
    .order_by(story_views.c.view_id.desc())
    .limit(_limit)
)
DROP_VIEWS = statement(delete(story_views).where(_story))

# -- what they did -------------------------------------------------------------------------------

_at_story = story_acts.c.story_id == bindparam("story")
_at_frame = and_(_at_story, story_acts.c.number == bindparam("frame", type_=SmallInteger))
_act = and_(
    _at_frame,
    story_acts.c.member_id == bindparam("me"),
    story_acts.c.what == bindparam("deed", type_=Text),
)
DO = statement(upsert_row(story_acts, update=["at", "choice", "text"]))
UNDO = statement(delete(story_acts).where(_act))
MY_ACTS = statement(
    select(story_acts).where(
        in_list(story_acts.c.story_id, "ids"), story_acts.c.member_id == bindparam("me")
    )
)
COUNT_ACTS = statement(
    select(
        story_acts.c.story_id,
        story_acts.c.number,
        story_acts.c.what,
        story_acts.c.choice,
        func.count().label("people"),
    )
    .where(in_list(story_acts.c.story_id, "ids"))
    .group_by(story_acts.c.story_id, story_acts.c.number, story_acts.c.what, story_acts.c.choice)
)
LIKES_BY = statement(
    select(story_acts.c.member_id, story_acts.c.number).where(
        _at_story, in_list(story_acts.c.member_id, "ids"), story_acts.c.what == "like"
    )
)
ANSWERS = statement(
    select(story_acts)
    .where(
        _at_frame,
        story_acts.c.what == bindparam("deed", type_=Text),
        story_acts.c.act_id < _after,
    )
    .order_by(story_acts.c.act_id.desc())
    .limit(_limit)
)
COUNT_ANSWERS = statement(
    select(func.count())
    .select_from(story_acts)
    .where(_at_frame, story_acts.c.what == bindparam("deed", type_=Text))
)
_deed = and_(_at_frame, story_acts.c.what == bindparam("deed", type_=Text))
_asked = select(story_acts.c.member_id).where(_deed)
ASKED = statement(_asked)
SOME_ASKED = statement(_asked.limit(_limit))
DROP_ASKED = statement(delete(story_acts).where(_deed, in_list(story_acts.c.member_id, "ids")))
DROP_ACTS = statement(delete(story_acts).where(_at_story))
DROP_ACTS_ON = statement(delete(story_acts).where(_at_frame))

# -- what members want ---------------------------------------------------------------------------

MUTE = statement(upsert_row(story_mutes))
UNMUTE = statement(
    delete(story_mutes).where(
        story_mutes.c.member_id == bindparam("me"), story_mutes.c.author_id == bindparam("author")
    )
)
MUTED_BY = statement(
    select(story_mutes.c.member_id).where(
        in_list(story_mutes.c.member_id, "ids"), story_mutes.c.author_id == bindparam("author")
    )
)
MUTES_AMONG = statement(
    select(story_mutes).where(
        in_list(story_mutes.c.member_id, "ids"), in_list(story_mutes.c.author_id, "authors")
    )
)
SETTINGS_OF = statement(select(story_settings).where(in_list(story_settings.c.member_id, "ids")))
SETTINGS = statement(
    select(story_settings.c.settings).where(story_settings.c.member_id == bindparam("me"))
)
SET_SETTINGS = statement(upsert_row(story_settings, update=["settings"]))
CIRCLE = statement(
    select(story_circles.c.other_id)
    .where(story_circles.c.member_id == bindparam("me"))
    .order_by(story_circles.c.other_id)
)
CIRCLES_WITH = statement(
    select(story_circles.c.member_id).where(
        in_list(story_circles.c.member_id, "authors"),
        story_circles.c.other_id == bindparam("me"),
    )
)
ADD_CLOSE = statement(upsert_row(story_circles))
DROP_CLOSE = statement(
    delete(story_circles).where(
        story_circles.c.member_id == bindparam("me"), in_list(story_circles.c.other_id, "ids")
    )
)
PROMPT = statement(
    select(story_prompts.c.prompt).where(story_prompts.c.name == bindparam("name", type_=Text))
)
SET_PROMPT = statement(upsert_row(story_prompts, update=["prompt"]))
DROP_PROMPT = statement(
    delete(story_prompts).where(story_prompts.c.name == bindparam("name", type_=Text))
)

# -- what stays ----------------------------------------------------------------------------------

_kept = and_(
    highlights.c.author_id == bindparam("author"), highlights.c.highlight_id == bindparam("key")
)
ADD_HIGHLIGHT = statement(upsert_row(highlights, update=["title", "frames"]))
HIGHLIGHT = statement(select(highlights).where(_kept))
HIGHLIGHTS = statement(
    select(highlights)
    .where(highlights.c.author_id == bindparam("author"))
    .order_by(highlights.c.highlight_id.desc())
)
DROP_HIGHLIGHT = statement(delete(highlights).where(_kept))

DROP_OF = {
    table.name: statement(delete(table).where(table.c.member_id == bindparam("me")))
    for table in (story_tray, story_mutes, story_settings, story_circles)
}
