"""The tables. A record's columns are the fields of its dataclass, and its digest; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from matcher.records import Kind
from matcher.storage.columns import COMPONENTS, NAME, SECTIONS, STRINGS

METADATA = MetaData()

CANDIDATE = Table(
    "candidate",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("programme", Text),
    Column("institution", Text),
    Column("finished", Date),
    Column("municipality", Text),
    Column("postcode", Text),
    Column("max_km", Float),
    Column("weeks_unemployed", Integer),
    Column("available_from", Date),
    Column("registered", Date),
    Column("wanted_types", STRINGS, nullable=False, server_default="[]"),
    Column("wanted_municipalities", STRINGS, nullable=False, server_default="[]"),
    Column("most_hours", Float),
    Column("sections", SECTIONS, nullable=False),
    Column("text", Text, nullable=False),
)

POSTING = Table(
    "posting",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("employer", Text),
    Column("sector", Text),
    Column("municipality", Text),
    Column("postcode", Text),
    Column("employment_type", Text, nullable=False),
    Column("openings", Integer, nullable=False),
    Column("published", Date),
    Column("deadline", Date),
    Column("hours", Float),
    Column("sections", SECTIONS, nullable=False),
    Column("text", Text, nullable=False),
)

EMPLOYER = Table(
    "employer",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("cvr", Text),
    Column("sector", Text),
    Column("municipality", Text),
    Column("postcode", Text),
    Column("hires", STRINGS, nullable=False),
    Column("hosts", STRINGS, nullable=False),
    Column("text", Text, nullable=False),
)

RECORD_TABLES: dict[Kind, Table] = {"candidate": CANDIDATE, "posting": POSTING, "employer": EMPLOYER}

CONTACT = Table(
    "contact",
    METADATA,
    Column("kind", NAME, primary_key=True),
    Column("id", NAME, primary_key=True),
    Column("details", Text, nullable=False),
)
"""`details`: the filled fields of `Contact` as a JSON object, so that a new field needs no migration."""

INDEXED = Table(
    "indexed",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("kind", NAME, nullable=False),
    Column("id", NAME, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("encoder", Text, nullable=False),
    UniqueConstraint("kind", "id", name="indexed_kind_id"),
)
"""Of which content and with which encoder a record's passages were made."""

VECTOR = Table(
    "vector",
    METADATA,
    Column("key", LargeBinary, primary_key=True),
    Column("encoder", Text, nullable=False),
    Column("components", COMPONENTS, nullable=False),
)

PASSAGE = Table(
    "passage",
    METADATA,
    Column("document", Integer, ForeignKey(INDEXED.c.number, ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("key", LargeBinary, ForeignKey(VECTOR.c.key), nullable=False),
    Column("span", Text),
    Index("passage_key", "key"),
    sqlite_with_rowid=False,
)

PLACEMENT = Table(
    "placement",
    METADATA,
    Column("date", Date, primary_key=True),
    Column("posting", NAME, primary_key=True),
    Column("candidate", NAME, primary_key=True),
    Column("outcome", NAME, primary_key=True),
    Column("instrument", Text),
    Column("exposed", Boolean),
    Column("propensity", Float),
    Column("score", Float),
    Index("placement_candidate", "candidate"),
)

META = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", BigInteger, nullable=False))
"""Three counters, see `matcher.storage.counters`."""
