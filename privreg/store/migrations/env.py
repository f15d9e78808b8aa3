"""What Alembic runs: the connection comes from `privreg.store.migrate`."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from alembic import context

from privreg.store.migrate import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
