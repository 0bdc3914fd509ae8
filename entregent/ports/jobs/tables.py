"""The table of jobs. Owner: the member whom the job concerns, 0 for the house itself."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from entregent.ports.db import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("owner_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("id", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    # When it is due; while it is leased, when the lease ends; for a dead one, never.
    Column("run_at", BigInteger, nullable=False),
    Column("lease", BigInteger, nullable=False),  # 0: nobody runs it
    Column("again_at", BigInteger, nullable=False),  # enqueued once more while it ran; 0: no
    Column("tries", Integer, nullable=False),
    Column("error", Text, nullable=False),  # of the last try
    Column("died_at", BigInteger, nullable=False),  # 0: alive
    info={"owner": "owner_id"},
)
Index("ix_jobs_run_at", jobs.c.run_at)
