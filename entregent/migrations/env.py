"""Runs migrations on the connection that `server/schema.py` hands over."""

from alembic import context

from entregent.server.tables import metadata


def run() -> None:
    """Migrates within one transaction."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=False)
    with context.begin_transaction():
        context.run_migrations()


run()
