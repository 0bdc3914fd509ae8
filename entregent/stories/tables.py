"""Tables of stories. Owner: the author; of the row and what a viewer wants, the member; of what
viewers did, the story."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text

from entregent.ports.db import metadata

stories = Table(
    "stories",
    metadata,
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    Column("story_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("prompt", Text),  # JSON of `model.Texts`
    Column("state", Text, nullable=False),  # processing, refused, live, archived
    Column("hours", SmallInteger, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("ref", Text),
    Column("hidden", Text, nullable=False),  # JSON list of members
    Column("replies", Text, nullable=False),
    Column("mask", Integer, nullable=False),  # the numbers of its frames, one bit each
    Column("frames", Text, nullable=False),  # JSON list of `model.Drawn`
    Column("placeholder", Text),  # of the first picture
    Index("ix_stories_state", "author_id", "state", "expires_at"),
    info={"owner": "author_id"},
)

# What stands in a member's row, and up to which frame they have seen it.
story_tray = Table(
    "story_tray",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    Column("story_id", BigInteger, primary_key=True, autoincrement=False),
    Column("expires_at", BigInteger, nullable=False),
    # The number of its last frame, as far as the row knows; 0: seen elsewhere than in the row.
    Column("listed", SmallInteger, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Index("ix_story_tray_expires_at", "member_id", "expires_at"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

story_views = Table(
    "story_views",
    metadata,
    Column("story_id", BigInteger, primary_key=True, autoincrement=False),
    Column("viewer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("view_id", BigInteger, nullable=False),  # lists go by it: a cursor names nobody
    Column("number", SmallInteger, nullable=False),
    Column("viewing", SmallInteger, nullable=False),  # 0 name, 1 headline, 2 private
    Column("at", BigInteger, nullable=False),
    Index("ix_story_views_view_id", "story_id", "view_id"),
    info={"owner": "story_id"},
    sqlite_with_rowid=False,
)

# What viewers did with a frame: like, reply, tap.<sticker>, vote.<sticker>, answer.<sticker>.
story_acts = Table(
    "story_acts",
    metadata,
    Column("story_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("what", Text, primary_key=True),
    Column("act_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("choice", SmallInteger),  # of a poll; of an answer, whether it may be shown with a name
    Column("text", Text, nullable=False),
    Index("ix_story_acts_what", "story_id", "number", "what", "act_id"),
    info={"owner": "story_id"},
    sqlite_with_rowid=False,
)

story_mutes = Table(
    "story_mutes",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

story_settings = Table(
    "story_settings",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("settings", Text, nullable=False),  # JSON of `model.StorySettings`
    info={"owner": "member_id"},
)

# Who sees what a member tells their close circle.
story_circles = Table(
    "story_circles",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

highlights = Table(
    "highlights",
    metadata,
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    Column("highlight_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("frames", Text, nullable=False),  # JSON list of `model.FrameRef`
    info={"owner": "author_id"},
)

# What the house asks everybody: one row, "today".
story_prompts = Table(
    "story_prompts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("prompt", Text, nullable=False),  # JSON of `model.Prompt`
    info={"owner": "name"},
)
