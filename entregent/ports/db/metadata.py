"""The one catalogue of tables; every slice's `tables.py` adds its own to it."""

from sqlalchemy import MetaData, Text

# Stable names, so that migrations can speak of constraints on both databases.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Text that is sorted or searched by its beginning: compared byte by byte, on PostgreSQL too,
# whatever language the cluster was made for.
ordered_text = Text().with_variant(Text(collation="C"), "postgresql")
