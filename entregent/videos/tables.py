"""Tables of videos. Owner: the author; of the conversation beneath one and all that is counted, the
video; of where somebody has left something, the member."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text

from entregent.ports.db import metadata

videos = Table(
    "videos",
    metadata,
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    Column("video_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),  # processing, live, refused
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("audience", Text, nullable=False),  # everyone, connections
    Column("replies", Text, nullable=False),  # all, connections, none
    Column("published_at", BigInteger, nullable=False),
    info={"owner": "author_id"},
    sqlite_with_rowid=False,
)

video_replies = Table(
    "video_replies",
    metadata,
    Column("video_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reply_id", BigInteger, primary_key=True, autoincrement=False),
    Column("parent_id", BigInteger, nullable=False),  # 0: answers the video itself
    Column("thread_id", BigInteger, nullable=False),  # the reply it stands beneath, or itself
    Column("starter_id", BigInteger, nullable=False),  # whose that reply is
    Column("answered_id", BigInteger, nullable=False),  # whom it answers
    Column("member_id", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # processing, live, refused, removed
    Column("text", Text, nullable=False),
    Column("plays", SmallInteger, nullable=False),  # 0 nothing, 1 a voice, 2 a film: a chapter
    Column("at", BigInteger, nullable=False),
    Index("ix_video_replies_parent", "video_id", "parent_id", "reply_id"),
    Index("ix_video_replies_plays", "video_id", "plays", "thread_id", "reply_id"),
    info={"owner": "video_id"},
    sqlite_with_rowid=False,
)

# Who likes the video (reply 0), or one of its replies.
video_likes = Table(
    "video_likes",
    metadata,
    Column("video_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reply_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "video_id"},
    sqlite_with_rowid=False,
)

video_views = Table(
    "video_views",
    metadata,
    Column("video_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "video_id"},
    sqlite_with_rowid=False,
)

video_tracks = Table(
    "video_tracks",
    metadata,
    Column("video_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reply_id", BigInteger, primary_key=True, autoincrement=False),  # 0: the video's own
    Column("language", Text, primary_key=True),
    Column("number", Integer, nullable=False),  # of cues
    Column("cues", Text, nullable=False),  # JSON list of `model.VideoCue`
    info={"owner": "video_id"},
    sqlite_with_rowid=False,
)

# The same from the other end: where a member has seen, liked or said something.
video_traces = Table(
    "video_traces",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    Column("video_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
