"""Entries and drafts to write, all invented."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from matcher.ledger.lines import Entry, Person
from matcher.ledger.verdicts import Draft

AT = datetime(2026, 6, 15, 8, 30, tzinfo=UTC)


def an_entry(candidate: str = "c1", **content: object) -> Entry:
    return Entry(kind="export", content={"candidate": Person(candidate), "account": "a1", **content})


def a_draft(**fields: Any) -> Draft:
    draft = Draft(posting="p1", candidate="c1", verdict="propose", reason="competences", account="a1")
    return replace(draft, **fields)
