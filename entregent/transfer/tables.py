"""The imports of each member. Owner: the member."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text, UniqueConstraint

from entregent.ports.db import metadata

imports = Table(
    "imports",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("import_id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the file, so that it is known when it comes again
    Column("spool", Text, nullable=False),  # our copy of the file; empty: it is somebody's own
    Column("state", Text, nullable=False),  # reading, done, refused, undoing, undone
    Column("run", BigInteger, nullable=False),  # which run may write; a new one ends the last
    Column("runs", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("added", Text, nullable=False),  # JSON of `model.Added`
    Column("filled", Text, nullable=False),  # JSON: what it wrote into the profile
    Column("counts", Text),  # JSON: what the archive holds
    Column("report", Text),  # JSON of `linkedin.Report`
    Column("refusal", Text),  # JSON: code and parameters of the sentence
    Column("owner_slug", Text),  # the member's own address, as the archive has it
    Column("newest_at", BigInteger, nullable=False),  # the last date in the archive
    Column("started_at", BigInteger, nullable=False),
    Column("heard_at", BigInteger, nullable=False),  # the last sign of life
    Column("finished_at", BigInteger),
    UniqueConstraint("member_id", "client_id"),
    info={"owner": "member_id"},
)
