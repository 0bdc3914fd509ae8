"""The first schema."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Makes every table."""
    op.create_table(
        "absence_answers",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("absence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("stranger", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "absence_id", "other_id", name=op.f("pk_absence_answers")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_absence_answers_at", "absence_answers", ["member_id", "at"], unique=False)
    op.create_table(
        "absences",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("absence_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_absences")),
    )
    op.create_table(
        "accounts",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("density", sa.Text(), nullable=False),
        sa.Column("shortcuts", sa.Text(), nullable=False),
        sa.Column("receipts", sa.SmallInteger(), nullable=False),
        sa.Column("presence", sa.SmallInteger(), nullable=False),
        sa.Column("undo_seconds", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("restricted_until", sa.BigInteger(), nullable=True),
        sa.Column("suspended_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_accounts")),
    )
    op.create_table(
        "asked_people",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "person_id", name=op.f("pk_asked_people")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit_log",
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_log")),
    )
    op.create_index(
        "ix_audit_log_person",
        "audit_log",
        ["person_id", "entry_id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_table(
        "blob_claims",
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("media_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("blob_key", "member_id", "media_id", name=op.f("pk_blob_claims")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "blobs",
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("going", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("blob_key", name=op.f("pk_blobs")),
    )
    op.create_table(
        "blocks",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mine", sa.SmallInteger(), nullable=False),
        sa.Column("theirs", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "boxes",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("undo_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_boxes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bulk_parts",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bulk_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ids", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "bulk_id", "part", name=op.f("pk_bulk_parts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bulks",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bulk_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "bulk_id", name=op.f("pk_bulks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "commands",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "client_id", name=op.f("pk_commands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "connections",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column(
            "name_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_connections")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_connections_since", "connections", ["member_id", "since", "other_id"], unique=False
    )
    op.create_table(
        "contact_emails",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("email", "member_id", "contact_id", name=op.f("pk_contact_emails")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contacts",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "name_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("linkedin_slug", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("connected_on", sa.BigInteger(), nullable=True),
        sa.Column("joined_id", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("member_id", "key", name=op.f("uq_contacts_member_id_key")),
    )
    op.create_index(
        "ix_contacts_name_key", "contacts", ["member_id", "name_key", "id"], unique=False
    )
    op.create_table(
        "conversations",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("history", sa.Text(), nullable=True),
        sa.Column("apart", sa.SmallInteger(), nullable=True),
        sa.Column("probation", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_conversations")),
    )
    op.create_table(
        "decisions",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("decision_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reversed_at", sa.BigInteger(), nullable=True),
        sa.Column("reversed_by", sa.BigInteger(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appealed_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "decision_id", name=op.f("pk_decisions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "devices",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("endpoint_key", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "device_id", name=op.f("pk_devices")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "digests",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_digests")),
    )
    op.create_table(
        "emails",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_emails")),
    )
    op.create_table(
        "endpoints",
        sa.Column("endpoint_key", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("endpoint_key", name=op.f("pk_endpoints")),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )
    op.create_table(
        "first_words",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("stranger", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "conversation_id", name=op.f("pk_first_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "followers",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_followers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "follows",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_follows")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_follows_at", "follows", ["member_id", "at", "other_id"], unique=False)
    op.create_table(
        "handles",
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_handles")),
    )
    op.create_table(
        "hidden_messages",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "conversation_id", "message_id", name=op.f("pk_hidden_messages")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "highlights",
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("highlight_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("frames", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("author_id", "highlight_id", name=op.f("pk_highlights")),
    )
    op.create_table(
        "hosts",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_hosts")),
    )
    op.create_table(
        "import_traces",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint(
            "member_id", "import_id", "conversation_id", name=op.f("pk_import_traces")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_import_traces_conversation",
        "import_traces",
        ["member_id", "conversation_id"],
        unique=False,
    )
    op.create_table(
        "imported_conversations",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("drafts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "source_key", name=op.f("pk_imported_conversations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imports",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("spool", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("filled", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("owner_slug", sa.Text(), nullable=True),
        sa.Column("newest_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "import_id", name=op.f("pk_imports")),
        sa.UniqueConstraint("member_id", "client_id", name=op.f("uq_imports_member_id_client_id")),
    )
    op.create_table(
        "invitation_plans",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("run_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("portion", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "run_id", "portion", name=op.f("pk_invitation_plans")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "invitation_rules",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.SmallInteger(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("reply_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_invitation_rules")),
    )
    op.create_table(
        "invitation_runs",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("run_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=True),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("room", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "run_id", name=op.f("pk_invitation_runs")),
    )
    op.create_table(
        "invitation_settings",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("digest_hours", sa.Text(), nullable=False),
        sa.Column("suggested", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_invitation_settings")),
    )
    op.create_table(
        "invitation_steps",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("run_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=True),
        sa.Column("rule_name", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("was", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "run_id", "invitation_id", name=op.f("pk_invitation_steps")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_invitation_steps_state",
        "invitation_steps",
        ["member_id", "run_id", "state", "invitation_id"],
        unique=False,
    )
    op.create_table(
        "invitations",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("wrote", sa.SmallInteger(), nullable=False),
        sa.Column("mutuals", sa.Integer(), nullable=False),
        sa.Column("same", sa.SmallInteger(), nullable=False),
        sa.Column("marks", sa.SmallInteger(), nullable=False),
        sa.Column("closeness", sa.Integer(), nullable=False),
        sa.Column("rate", sa.SmallInteger(), nullable=False),
        sa.Column("shape_id", sa.BigInteger(), nullable=True),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.Column("held", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.BigInteger(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_invitations")),
    )
    op.create_index("ix_invitations_age", "invitations", ["state", "at"], unique=False)
    op.create_index(
        "ix_invitations_box",
        "invitations",
        ["member_id", "box", "state", "at", "id", "wrote", "mutuals", "same", "marks"],
        unique=False,
    )
    op.create_index(
        "ix_invitations_closeness",
        "invitations",
        ["member_id", "box", "state", "closeness", "at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_invitations_other", "invitations", ["member_id", "other_id", "box"], unique=False
    )
    op.create_table(
        "jobs",
        sa.Column("owner_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("run_at", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.BigInteger(), nullable=False),
        sa.Column("again_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("died_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "kind", "key", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_run_at", "jobs", ["run_at"], unique=False)
    op.create_table(
        "labelled",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("label_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("view", sa.SmallInteger(), nullable=False),
        sa.Column("sort_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "label_id", "conversation_id", name=op.f("pk_labelled")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_labelled_page",
        "labelled",
        ["member_id", "label_id", "view", "sort_at", "conversation_id"],
        unique=False,
    )
    op.create_table(
        "labels",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_labels")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "left_conversations",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("back", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "conversation_id", name=op.f("pk_left_conversations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_domains",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_link_domains")),
    )
    op.create_table(
        "link_previews",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("preview", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link_previews")),
    )
    op.create_table(
        "log",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "seq", name=op.f("pk_log")),
    )
    op.create_table(
        "log_heads",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_log_heads")),
    )
    op.create_table(
        "mailbox",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("read_seq", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("last_author_id", sa.BigInteger(), nullable=True),
        sa.Column("snippet", sa.Text(), nullable=False),
        sa.Column("view", sa.SmallInteger(), nullable=False),
        sa.Column("box_id", sa.BigInteger(), nullable=False),
        sa.Column("placed", sa.SmallInteger(), nullable=False),
        sa.Column("sort_at", sa.BigInteger(), nullable=False),
        sa.Column("unread", sa.SmallInteger(), nullable=False),
        sa.Column("starred", sa.SmallInteger(), nullable=False),
        sa.Column("word", sa.SmallInteger(), nullable=False),
        sa.Column("mentioned", sa.SmallInteger(), nullable=False),
        sa.Column("notify", sa.SmallInteger(), nullable=False),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("returned", sa.SmallInteger(), nullable=False),
        sa.Column("held", sa.SmallInteger(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=True),
        sa.Column("cleared_seq", sa.Integer(), nullable=False),
        sa.Column("attached", sa.SmallInteger(), nullable=False),
        sa.Column("last_media", sa.Text(), nullable=True),
        sa.Column("writable", sa.SmallInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("drafted", sa.SmallInteger(), nullable=False),
        sa.Column("away", sa.SmallInteger(), nullable=False),
        sa.Column("was", sa.SmallInteger(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "conversation_id", name=op.f("pk_mailbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_mailbox_awaiting_me",
        "mailbox",
        ["member_id", "view", "word", "writable", "sort_at", "conversation_id"],
        unique=False,
        sqlite_where=sa.text("word = 1 AND view = 0 AND writable = 1"),
        postgresql_where=sa.text("word = 1 AND view = 0 AND writable = 1"),
    )
    op.create_index(
        "ix_mailbox_awaiting_them",
        "mailbox",
        ["member_id", "word", "writable", "sort_at", "conversation_id", "view"],
        unique=False,
        sqlite_where=sa.text("word = 2 AND view IN (0, 1, 5) AND writable = 1"),
        postgresql_where=sa.text("word = 2 AND view IN (0, 1, 5) AND writable = 1"),
    )
    op.create_index(
        "ix_mailbox_cleared",
        "mailbox",
        ["member_id", "cleared_seq"],
        unique=False,
        sqlite_where=sa.text("cleared_seq > 0"),
        postgresql_where=sa.text("cleared_seq > 0"),
    )
    op.create_index(
        "ix_mailbox_draft",
        "mailbox",
        ["member_id", "drafted", "sort_at", "conversation_id"],
        unique=False,
        sqlite_where=sa.text("drafted = 1"),
        postgresql_where=sa.text("drafted = 1"),
    )
    op.create_index(
        "ix_mailbox_remind",
        "mailbox",
        ["member_id", "remind_at"],
        unique=False,
        sqlite_where=sa.text("remind_at IS NOT NULL"),
        postgresql_where=sa.text("remind_at IS NOT NULL"),
    )
    op.create_index(
        "ix_mailbox_snoozed",
        "mailbox",
        ["member_id", "snoozed_until"],
        unique=False,
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_index(
        "ix_mailbox_starred",
        "mailbox",
        ["member_id", "starred", "sort_at", "conversation_id"],
        unique=False,
        sqlite_where=sa.text("starred = 1"),
        postgresql_where=sa.text("starred = 1"),
    )
    op.create_index(
        "ix_mailbox_unread",
        "mailbox",
        ["member_id", "view", "box_id", "unread", "sort_at", "conversation_id"],
        unique=False,
        sqlite_where=sa.text("unread = 1"),
        postgresql_where=sa.text("unread = 1"),
    )
    op.create_index(
        "ix_mailbox_view",
        "mailbox",
        ["member_id", "view", "box_id", "sort_at", "conversation_id"],
        unique=False,
    )
    op.create_table(
        "media",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("media_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "media_id", name=op.f("pk_media")),
        sa.UniqueConstraint("member_id", "client_id", name=op.f("uq_media_member_id_client_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_media_expires_at",
        "media",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("expires_at IS NOT NULL"),
        postgresql_where=sa.text("expires_at IS NOT NULL"),
    )
    op.create_table(
        "message_edits",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "at", name=op.f("pk_message_edits")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "message_words",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_message_words")),
    )
    op.create_table(
        "not_suggested",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_not_suggested")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note_bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shape_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "shape_id", name=op.f("pk_note_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note_shapes",
        sa.Column("shape_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shape_id", name=op.f("pk_note_shapes")),
    )
    op.create_table(
        "note_uses",
        sa.Column("shape_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sender_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("receiver_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shape_id", "sender_id", "receiver_id", name=op.f("pk_note_uses")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice_settings",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_notice_settings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notices",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("faces", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.SmallInteger(), nullable=False),
        sa.Column("read", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "notice_id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "member_id", "kind", "topic", name=op.f("uq_notices_member_id_kind_topic")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notices_at", "notices", ["member_id", "at", "notice_id"], unique=False)
    op.create_index(
        "ix_notices_unseen",
        "notices",
        ["member_id", "seen"],
        unique=False,
        sqlite_where=sa.text("seen = 0"),
        postgresql_where=sa.text("seen = 0"),
    )
    op.create_table(
        "pairs",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_pairs")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_words",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_person_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "profiles",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "name_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("open_to", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("audiences", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_profiles")),
    )
    op.create_index("ix_profiles_name_key", "profiles", ["name_key", "member_id"], unique=False)
    op.create_table(
        "reply_queue",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "invitation_id", name=op.f("pk_reply_queue")),
    )
    op.create_index("ix_reply_queue_place", "reply_queue", ["member_id", "place"], unique=False)
    op.create_table(
        "report_cases",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("reporters", sa.Integer(), nullable=False),
        sa.Column("appeals", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_report_cases")),
    )
    op.create_index(
        "ix_report_cases_open", "report_cases", ["open", "last_at", "person_id"], unique=False
    )
    op.create_table(
        "reports",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reporter_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("decision_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "report_id", name=op.f("pk_reports")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_reports_state", "reports", ["person_id", "state", "report_id"], unique=False
    )
    op.create_table(
        "routing_rules",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.SmallInteger(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("box_id", sa.BigInteger(), nullable=True),
        sa.Column("label_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_routing_rules")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "saved_filters",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_saved_filters")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "saved_replies",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_saved_replies")),
    )
    op.create_table(
        "scheduled_messages",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("scheduled_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("send_at", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.SmallInteger(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "scheduled_id", name=op.f("pk_scheduled_messages")),
        sa.UniqueConstraint(
            "member_id", "client_id", name=op.f("uq_scheduled_messages_member_id_client_id")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_progress",
        sa.Column("index_name", sa.Text(), nullable=False),
        sa.Column("last_row", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("index_name", name=op.f("pk_search_progress")),
    )
    op.create_table(
        "sender_policies",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("near", sa.Text(), nullable=False),
        sa.Column("far", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_sender_policies")),
    )
    op.create_table(
        "sender_standing",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "by_id", name=op.f("pk_sender_standing")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shown_media",
        sa.Column("place_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("media_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place_id", "kind", "ref", "media_id", name=op.f("pk_shown_media")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("replies", sa.Text(), nullable=False),
        sa.Column("mask", sa.Integer(), nullable=False),
        sa.Column("frames", sa.Text(), nullable=False),
        sa.Column("placeholder", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("author_id", "story_id", name=op.f("pk_stories")),
    )
    op.create_index(
        "ix_stories_state", "stories", ["author_id", "state", "expires_at"], unique=False
    )
    op.create_table(
        "story_acts",
        sa.Column("story_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("act_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.SmallInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "story_id", "member_id", "number", "what", name=op.f("pk_story_acts")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_story_acts_what", "story_acts", ["story_id", "number", "what", "act_id"], unique=False
    )
    op.create_table(
        "story_circles",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_story_circles")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_mutes",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "author_id", name=op.f("pk_story_mutes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_prompts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_story_prompts")),
    )
    op.create_table(
        "story_settings",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_story_settings")),
    )
    op.create_table(
        "story_tray",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("listed", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "author_id", "story_id", name=op.f("pk_story_tray")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_story_tray_expires_at", "story_tray", ["member_id", "expires_at"], unique=False
    )
    op.create_table(
        "story_views",
        sa.Column("story_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("viewer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("view_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("viewing", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "viewer_id", name=op.f("pk_story_views")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_views_view_id", "story_views", ["story_id", "view_id"], unique=False)
    op.create_table(
        "video_likes",
        sa.Column("video_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("video_id", "reply_id", "member_id", name=op.f("pk_video_likes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "video_replies",
        sa.Column("video_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("starter_id", sa.BigInteger(), nullable=False),
        sa.Column("answered_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("plays", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("video_id", "reply_id", name=op.f("pk_video_replies")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_video_replies_parent",
        "video_replies",
        ["video_id", "parent_id", "reply_id"],
        unique=False,
    )
    op.create_index(
        "ix_video_replies_plays",
        "video_replies",
        ["video_id", "plays", "thread_id", "reply_id"],
        unique=False,
    )
    op.create_table(
        "video_traces",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("video_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "author_id", "video_id", name=op.f("pk_video_traces")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "video_tracks",
        sa.Column("video_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cues", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("video_id", "reply_id", "language", name=op.f("pk_video_tracks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "video_views",
        sa.Column("video_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("video_id", "member_id", name=op.f("pk_video_views")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "videos",
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("video_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("replies", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("author_id", "video_id", name=op.f("pk_videos")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "webhooks",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("off_because", sa.Text(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_webhooks")),
    )
    op.create_index("ix_webhooks_state", "webhooks", ["state", "member_id"], unique=False)
    op.create_table(
        "access_tokens",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["accounts.member_id"], name=op.f("fk_access_tokens_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_access_tokens")),
    )
    op.create_table(
        "contact_sources",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_contact_sources_member_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint(
            "member_id", "import_id", "contact_id", name=op.f("pk_contact_sources")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_contact_sources_contact", "contact_sources", ["member_id", "contact_id"], unique=False
    )
    op.create_table(
        "media_uses",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("media_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "media_id"],
            ["media.member_id", "media.media_id"],
            name=op.f("fk_media_uses_member_id_media_id"),
        ),
        sa.PrimaryKeyConstraint("member_id", "media_id", "kind", "ref", name=op.f("pk_media_uses")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("attachments", sa.Text(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("quote_seq", sa.Integer(), nullable=True),
        sa.Column("reactions", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_messages_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_messages")),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name=op.f("uq_messages_conversation_id_client_id")
        ),
    )
    op.create_index(
        "ix_messages_quote",
        "messages",
        ["conversation_id", "quote_seq"],
        unique=False,
        sqlite_where=sa.text("quote_seq IS NOT NULL"),
        postgresql_where=sa.text("quote_seq IS NOT NULL"),
    )
    op.create_table(
        "notice_people",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "notice_id"],
            ["notices.member_id", "notices.notice_id"],
            name=op.f("fk_notice_people_member_id_notice_id"),
        ),
        sa.PrimaryKeyConstraint(
            "member_id", "notice_id", "person_id", name=op.f("pk_notice_people")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_notice_people_unseen",
        "notice_people",
        ["member_id", "seen", "person_id"],
        unique=False,
        sqlite_where=sa.text("seen = 0"),
        postgresql_where=sa.text("seen = 0"),
    )
    op.create_table(
        "participants",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("delivered_seq", sa.Integer(), nullable=True),
        sa.Column("read_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_participants_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", "person_id", name=op.f("pk_participants")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "profile_words",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["profiles.member_id"], name=op.f("fk_profile_words_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "word", name=op.f("pk_profile_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_profile_words_word", "profile_words", ["word", "member_id"], unique=False)
    op.create_table(
        "proofs",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["accounts.member_id"], name=op.f("fk_proofs_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_proofs")),
    )
    op.create_table(
        "sessions",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["accounts.member_id"], name=op.f("fk_sessions_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_sessions")),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("webhook_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "webhook_id"],
            ["webhooks.member_id", "webhooks.id"],
            name=op.f("fk_webhook_deliveries_member_id_webhook_id"),
        ),
        sa.PrimaryKeyConstraint(
            "member_id", "webhook_id", "id", name=op.f("pk_webhook_deliveries")
        ),
    )
    op.create_index(
        "ix_webhook_deliveries_next",
        "webhook_deliveries",
        ["member_id", "webhook_id", "next_at"],
        unique=False,
    )
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE message_search USING fts5("
            "words, conversation_id UNINDEXED, seq UNINDEXED, "
            "detail=none, columnsize=0, tokenize='ascii')"
        )
        op.execute("CREATE VIRTUAL TABLE message_terms USING fts5vocab(message_search, row)")
    else:
        op.create_index(
            "ix_message_words_words",
            "message_words",
            [sa.text("array_to_tsvector(string_to_array(words, ' '))")],
            postgresql_using="gin",
        )
