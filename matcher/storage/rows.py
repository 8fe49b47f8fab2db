"""Records and contacts as rows and back, and the digest that tells whether their content changed."""

import hashlib
import json
import math
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from matcher.errors import InvalidRecord
from matcher.records import Candidate, Contact, Employer, Kind, Placement, Posting, Record

RECORD_TYPES: dict[Kind, type[Record]] = {"candidate": Candidate, "posting": Posting, "employer": Employer}
KINDS: dict[type[Record], Kind] = {record_type: kind for kind, record_type in RECORD_TYPES.items()}

LONG = ("text", "sections")
"""Columns that an outline leaves out."""
UNREAD = "…"
"""Text of an outline."""

LARGEST_INTEGER = 2**31 - 1
"""What an integer column of PostgreSQL holds."""


def record_row(record: Record, digest: bytes) -> dict[str, Any]:
    """Return the columns of a record."""
    return {column.name: getattr(record, column.name) for column in fields(record)} | {"digest": digest}


def record_of(kind: Kind, row: RowMapping) -> Record:
    """Return the record that `record_row` took apart."""
    record_type = RECORD_TYPES[kind]
    return record_type(**{column.name: row[column.name] for column in fields(record_type)})


def outline_of(kind: Kind, row: RowMapping) -> Record:
    """Return the record without what is in `LONG`."""
    record_type = RECORD_TYPES[kind]
    known = {column.name: row[column.name] for column in fields(record_type) if column.name not in LONG}
    return record_type(text=UNREAD, **known)


def contact_details(contact: Contact) -> str:
    """Return the filled fields of a contact as JSON."""
    return json.dumps(_content(contact), ensure_ascii=False)


def contact_of(details: str) -> Contact:
    """Return the contact that `contact_details` wrote."""
    filled = json.loads(details)
    return Contact(**{name.name: tuple(filled[name.name]) for name in fields(Contact) if name.name in filled})


def digest_of(record: Record, contact: Contact) -> bytes:
    """Return 32 bytes that are equal for equal content and, as SHA-256 goes, for no other.

    Fields that hold their default are left out, so that a field added later does not make every record look changed.
    """
    content = [KINDS[type(record)], _content(record), _content(contact)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).digest()


def refuse_unstorable(value: Record | Contact | Placement) -> None:
    """Raise `InvalidRecord` for what not every database gives back: NUL, lone surrogates, nan, huge numbers."""
    for field in fields(value):
        if not storable(getattr(value, field.name)):
            raise InvalidRecord(record=type(value).__name__, field=field.name)


def storable(value: object) -> bool:
    """Whether every database gives back this text, number, date, flag, section or tuple of these as it is."""
    match value:
        case str():
            return "\0" not in value and (value.isascii() or _is_unicode(value))
        case float():
            return math.isfinite(value)
        case int():
            return abs(value) <= LARGEST_INTEGER
        case tuple():
            return all(storable(item) for item in value)
        case _ if is_dataclass(value):
            return all(storable(getattr(value, field.name)) for field in fields(value))
        case _:
            return True


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _content(value: object) -> object:
    """Return what JSON can say of a value, equal for equal values: 5 and 5.0 are one number."""
    if is_dataclass(value):
        return {f.name: _content(getattr(value, f.name)) for f in fields(value) if not _is_default(f, value)}
    if isinstance(value, tuple):
        return [_content(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _is_default(field: "Field[Any]", owner: object) -> bool:
    return field.default is not MISSING and bool(getattr(owner, field.name) == field.default)
