"""Alembic's entry: always online, on the connection the service hands in."""

from alembic import context

from sync.central.schema import VERSION_TABLE
from sync.central.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
