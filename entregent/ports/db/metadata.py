"""The one catalogue of tables; every slice's `tables.py` adds its own to it."""

from sqlalchemy import MetaData

# Stable names, so that migrations can speak of constraints on both databases.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
