"""Alembic's entry: always online, on the connection the store hands in."""

from alembic import context

from station.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
