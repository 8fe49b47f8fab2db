"""Passages keep what they were read as."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; records indexed before are read again, for what they were indexed with has another name."""
    op.add_column("passage", sa.Column("span", sa.Text))
