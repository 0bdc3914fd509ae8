"""Tables of invitations. Owner: the member; each invitation is stored once for each of its ends."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text

from entregent.ports.db import metadata

invitations = Table(
    "invitations",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("box", Text, nullable=False),  # received, sent, archive
    Column("other_id", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", SmallInteger, nullable=False),  # `model.PENDING` and so on
    Column("settled_at", BigInteger),
    # What only the receiver knows; at the sender's end all of it is nought.
    Column("wrote", SmallInteger, nullable=False),  # `model.NOTHING` and so on
    Column("mutuals", Integer, nullable=False),
    Column("same", SmallInteger, nullable=False),
    Column("marks", SmallInteger, nullable=False),
    Column("closeness", Integer, nullable=False),
    Column("rate", SmallInteger, nullable=False),
    Column("shape_id", BigInteger),  # of the note's words
    Column("alike", Integer, nullable=False),  # of an archive: how many wrote almost the same
    Column("held", Text),  # why it is kept back
    Column("replied_at", BigInteger),
    Column("import_id", BigInteger),  # the archive that it came with
    Index(
        "ix_invitations_box", "member_id", "box", "state", "at", "id",
        "wrote", "mutuals", "same", "marks",
    ),  # the rest covers: pages of groups and their counts are read from the index alone
    Index("ix_invitations_closeness", "member_id", "box", "state", "closeness", "at", "id"),
    Index("ix_invitations_other", "member_id", "other_id", "box"),
    Index("ix_invitations_age", "state", "at"),
    info={"owner": "member_id"},
)  # fmt: skip

# Notes in almost the same words have one shape: the words of the first, without names.
note_shapes = Table(
    "note_shapes",
    metadata,
    Column("shape_id", BigInteger, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "shape_id"},
)

# Where a shape is looked for: each of the bands of its sketch.
note_bands = Table(
    "note_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("shape_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "band"},
    sqlite_with_rowid=False,
)

# Who sent words of a shape to whom.
note_uses = Table(
    "note_uses",
    metadata,
    Column("shape_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sender_id", BigInteger, primary_key=True, autoincrement=False),
    Column("receiver_id", BigInteger, primary_key=True, autoincrement=False),
    Column("invitation_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "shape_id"},
    sqlite_with_rowid=False,
)

# Who said of a sender "I don't know this person", or reported them.
sender_standing = Table(
    "sender_standing",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),  # the sender
    Column("by_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # unknown, report
    Column("invitation_id", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

invitation_settings = Table(
    "invitation_settings",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Text, nullable=False),  # what to know before one writes
    Column("door", Text, nullable=False),  # everyone, shared, email, nobody
    Column("paused_until", BigInteger),
    Column("digest_hours", Text, nullable=False),  # JSON list; empty: at once
    Column("suggested", SmallInteger, nullable=False),
    info={"owner": "member_id"},
)

invitation_rules = Table(
    "invitation_rules",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("enabled", SmallInteger, nullable=False),
    Column("condition", Text, nullable=False),  # JSON of `conditions.Condition`
    Column("verb", Text, nullable=False),
    Column("reply_id", BigInteger),
    info={"owner": "member_id"},
)

saved_replies = Table(
    "saved_replies",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # reply, question
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    info={"owner": "member_id"},
)

# Answers that wait to be looked at and sent, one by one.
reply_queue = Table(
    "reply_queue",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("invitation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", BigInteger, nullable=False),
    Column("verb", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_reply_queue_place", "member_id", "place"),
    info={"owner": "member_id"},
)

# What was done to many at once, and to each of them.
invitation_runs = Table(
    "invitation_runs",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("run_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # bulk, rules, arrival
    Column("verb", Text),
    Column("box", Text, nullable=False),
    Column("state", Text, nullable=False),  # running, done, stopped, undoing, undone
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("counts", Text, nullable=False),  # JSON: how many by verb
    Column("texts", Text, nullable=False),  # JSON: what is said, by verb or rule
    Column("room", Integer),  # how many connections more there could be, when last counted
    Column("created_at", BigInteger, nullable=False),
    info={"owner": "member_id"},
)
# What is still to be done, in portions, each as JSON of `actions.planning`: gone once it is done.
invitation_plans = Table(
    "invitation_plans",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("run_id", BigInteger, primary_key=True, autoincrement=False),
    Column("portion", Integer, primary_key=True, autoincrement=False),
    Column("plan", Text, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
invitation_steps = Table(
    "invitation_steps",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("run_id", BigInteger, primary_key=True, autoincrement=False),
    Column("invitation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("rule_id", BigInteger),
    Column("rule_name", Text),
    Column("verb", Text, nullable=False),
    Column("was", SmallInteger, nullable=False),  # the state before
    Column("state", Text, nullable=False),  # done, skipped, undone
    Column("why", Text),
    Column("at", BigInteger, nullable=False),
    Index("ix_invitation_steps_state", "member_id", "run_id", "state", "invitation_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
