"""Tables of the service: who may do what, what was decided and by whom, and what people corrected.

Times are ISO 8601 in UTC as text, so that they sort and read the same in SQLite and PostgreSQL.
"""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from matcher.storage.columns import NAME
from matcher.storage.tables import METADATA

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("candidate", NAME),
    Column("active", Boolean, nullable=False),
    Column("created", Text, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("token", LargeBinary),
    Column("token_until", Text),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Text),
    Column("subject", Text, unique=True),
)
"""`sessions` counts up to end all sessions; `token` is the hash of a one-time link; `subject` the name an OIDC issuer
gives."""

API_KEY = Table(
    "api_key",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("account", NAME, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("created", Text, nullable=False),
    Column("used", Text),
    Column("revoked", Text),
)

DECISION = Table(
    "decision",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", NAME, nullable=False),
    Column("content", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
"""The decision log: each line's digest covers the one before."""

DECISION_ABOUT = Table(
    "decision_about",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("kind", NAME, primary_key=True),
    Column("id", NAME, primary_key=True),
    Index("decision_about_id", "kind", "id"),
)
"""Whom and what a line of the log is about, to find it by; a pseudonym stands for a person in `content`."""

PSEUDONYM = Table(
    "pseudonym",
    METADATA,
    Column("pseudonym", NAME, primary_key=True),
    Column("candidate", NAME, nullable=False, unique=True),
)
"""Who is meant in the log; erasing a person erases the line here, and the chain stays whole."""

VERDICT = Table(
    "verdict",
    METADATA,
    Column("posting", NAME, primary_key=True),
    Column("candidate", NAME, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("account", NAME, nullable=False),
    Column("at", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("verdict_candidate", "candidate"),
)
"""What a person decided on a pair; `version` counts up, so that a second decision at once is noticed."""

CORRECTION = Table(
    "correction",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("kind", NAME, nullable=False),
    Column("id", NAME, nullable=False),
    Column("action", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("concept", Text),
    Column("strength", Text),
    Column("account", NAME, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("kind", "id", "start", "end", "label", name="correction_place"),
)
"""What a person changed in the reading of a document."""

RECEIVED = Table(
    "received",
    METADATA,
    Column("kind", NAME, primary_key=True),
    Column("id", NAME, primary_key=True),
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
)
"""When a record came and when its content last changed: the clock of retention."""

REQUEST = Table(
    "request",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("account", NAME, nullable=False),
    Column("candidate", NAME),
    Column("wanted", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("answered", Text, nullable=False),
    Column("by", NAME, nullable=False),
    Index("request_candidate", "candidate"),
)
"""What people ask of people; `answered` and `by` are empty until somebody followed up."""

POSTING_STATE = Table(
    "posting_state",
    METADATA,
    Column("posting", NAME, primary_key=True),
    Column("state", Text, nullable=False),
    Column("account", NAME, nullable=False),
    Column("at", Text, nullable=False),
)
"""A posting that a person closed or marked filled."""
