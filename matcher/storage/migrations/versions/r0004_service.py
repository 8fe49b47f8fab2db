"""The service: accounts, the decision log, verdicts and corrections."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables; nothing was decided before."""
    _create_accounts()
    _create_log()
    _create_decisions()
    _create_clock()


def _create_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("candidate", NAME),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("sessions", sa.Integer, nullable=False),
        sa.Column("token", sa.LargeBinary),
        sa.Column("token_until", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Text),
        sa.Column("subject", sa.Text, unique=True),
    )
    op.create_table(
        "api_key",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("account", NAME, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("created", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("used", "revoked")),
    )


def _create_log() -> None:
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("previous", "digest")),
    )
    op.create_table(
        "decision_about",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, NAME, primary_key=True) for name in ("kind", "id")),
    )
    op.create_index("decision_about_id", "decision_about", ["kind", "id"])
    op.create_table(
        "pseudonym",
        sa.Column("pseudonym", NAME, primary_key=True),
        sa.Column("candidate", NAME, nullable=False, unique=True),
    )


def _create_decisions() -> None:
    op.create_table(
        "verdict",
        *(sa.Column(name, NAME, primary_key=True) for name in ("posting", "candidate")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("verdict", "reason", "note")),
        sa.Column("account", NAME, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("verdict_candidate", "verdict", ["candidate"])
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, NAME, nullable=False) for name in ("kind", "id")),
        sa.Column("action", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end")),
        sa.Column("label", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("concept", "strength")),
        sa.Column("account", NAME, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.UniqueConstraint("kind", "id", "start", "end", "label", name="correction_place"),
    )
    op.create_table(
        "posting_state",
        sa.Column("posting", NAME, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("account", NAME, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )


def _create_clock() -> None:
    """When records came is not known of those that are there: they count from now on."""
    op.create_table(
        "received",
        *(sa.Column(name, NAME, primary_key=True) for name in ("kind", "id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("first", "last")),
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for kind in ("candidate", "posting", "employer"):
        rows = f"INSERT INTO received SELECT '{kind}', id, :now, :now FROM {kind}"  # noqa: S608 - our own names
        op.get_bind().execute(sa.text(rows), {"now": now})
