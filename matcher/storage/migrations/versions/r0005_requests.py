"""What people ask of people: to talk, another look, or to be on no list."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table; nobody asked before."""
    op.create_table(
        "request",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("account", NAME, nullable=False),
        sa.Column("candidate", NAME),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("wanted", "note", "at", "answered")),
        sa.Column("by", NAME, nullable=False),
    )
    op.create_index("request_candidate", "request", ["candidate"])
