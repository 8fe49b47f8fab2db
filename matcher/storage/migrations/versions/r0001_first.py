"""The first tables. Revisions are history: they repeat what tables.py says and never import it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create every table."""
    _create_records()
    _create_passages()
    _create_history()


def _create_records() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("programme", "institution")),
        sa.Column("finished", sa.Date),
        *(sa.Column(name, sa.Text) for name in ("municipality", "postcode")),
        sa.Column("max_km", sa.Float),
        sa.Column("weeks_unemployed", sa.Integer),
        *(sa.Column(name, sa.Date) for name in ("available_from", "registered")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("sections", "text")),
    )
    op.create_table(
        "posting",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "language")),
        *(sa.Column(name, sa.Text) for name in ("employer", "sector", "municipality", "postcode")),
        sa.Column("employment_type", sa.Text, nullable=False),
        sa.Column("openings", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Date) for name in ("published", "deadline")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("sections", "text")),
    )
    op.create_table(
        "employer",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("cvr", "sector", "municipality", "postcode")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("hires", "hosts", "text")),
    )
    op.create_table(
        "contact",
        sa.Column("kind", NAME, primary_key=True),
        sa.Column("id", NAME, primary_key=True),
        sa.Column("details", sa.Text, nullable=False),
    )


def _create_passages() -> None:
    op.create_table(
        "indexed",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("id", NAME, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("encoder", sa.Text, nullable=False),
        sa.UniqueConstraint("kind", "id", name="indexed_kind_id"),
    )
    op.create_table(
        "vector",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("encoder", sa.Text, nullable=False),
        sa.Column("components", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "passage",
        sa.Column("document", sa.Integer, sa.ForeignKey("indexed.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("key", sa.LargeBinary, sa.ForeignKey("vector.key"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("passage_key", "passage", ["key"])


def _create_history() -> None:
    op.create_table(
        "placement",
        sa.Column("date", sa.Date, primary_key=True),
        *(sa.Column(name, NAME, primary_key=True) for name in ("posting", "candidate", "outcome")),
        sa.Column("instrument", sa.Text),
        sa.Column("exposed", sa.Boolean),
        *(sa.Column(name, sa.Float) for name in ("propensity", "score")),
    )
    op.create_index("placement_candidate", "placement", ["candidate"])
    meta = op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(meta, [{"name": name, "value": 0} for name in ("generation", "removals", "scrubbed")])
