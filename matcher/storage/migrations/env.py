"""What Alembic runs for each command: our transaction, our tables."""

from alembic import context

from matcher.storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
