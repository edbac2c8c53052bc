"""How Alembic reaches the database: with the connection of survey.store.database."""

from alembic import context

from survey.store.database import claim_job
from survey.store.tables import metadata

database = context.config.attributes["database"]
with database.write() as connection:
    claim_job(connection, "migrate")
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
