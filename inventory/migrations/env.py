"""Runs migrations on the connection that `inventory.schema.migrate` hands over."""

from alembic import context

from inventory.tables import Base, is_ours

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True,
    include_object=is_ours,
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
