"""Candidates say what work they want, postings how many hours they are."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; nobody who was read before has said anything."""
    for name in ("wanted_types", "wanted_municipalities"):
        op.add_column("candidate", sa.Column(name, sa.Text, nullable=False, server_default="[]"))
    op.add_column("candidate", sa.Column("most_hours", sa.Float))
    op.add_column("posting", sa.Column("hours", sa.Float))
