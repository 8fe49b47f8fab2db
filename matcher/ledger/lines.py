"""Lines of the decision log and the chain they make.

A candidate stands in a line under a pseudonym, an account under its id, which is random. Neither names nor free text
belong in a line: it can never be changed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

Event = Literal[
    "list_shown",
    "pair_shown",
    "verdict",
    "correction",
    "erasure",
    "retention",
    "merge",
    "posting_state",
    "request",
    "rules",
    "export",
    "login",
    "account",
]
"""What a line is about."""

START = bytes(32)
"""What the first line follows."""

About = tuple[str, str]
"""Kind and id of a record that a line is about; a candidate's id is a pseudonym."""


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate in the content of an entry; the line holds a pseudonym instead."""

    candidate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be written: content as JSON values and `Person`s. `about`: other records to find the line by."""

    kind: Event
    content: Mapping[str, object]
    about: tuple[About, ...] = ()

    def persons(self) -> list[str]:
        """Ids of the candidates in the content, each once."""
        return list(dict.fromkeys(_persons(self.content)))

    def written(self, pseudonyms: Mapping[str, str]) -> str:
        """Return the content as canonical JSON, each person under a pseudonym."""
        return canonical(_replaced(self.content, pseudonyms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log. `at`: ISO 8601 in UTC; `content`: canonical JSON; the digests are 32 bytes each."""

    number: int
    at: str
    kind: str
    content: str
    previous: bytes
    digest: bytes

    @property
    def facts(self) -> dict[str, Any]:
        """The content, read."""
        return dict(json.loads(self.content))

    def follows(self, number: int, previous: bytes) -> bool:
        """Whether this line comes right after line `number` with the digest `previous`, and is as it was written."""
        sealed = digest_of(self.number, self.at, self.kind, self.content, previous)
        return self.number == number + 1 and self.previous == previous and self.digest == sealed


def line_after(last: Line | None, *, at: str, kind: str, content: str) -> Line:
    """Return the line that follows `last`, None where it is the first."""
    number, previous = (1, START) if last is None else (last.number + 1, last.digest)
    digest = digest_of(number, at, kind, content, previous)
    return Line(number=number, at=at, kind=kind, content=content, previous=previous, digest=digest)


def digest_of(number: int, at: str, kind: str, content: str, previous: bytes) -> bytes:
    """Return SHA-256 over a line and the digest of the one before it, written as a JSON list."""
    return hashlib.sha256(canonical([number, at, kind, content, previous.hex()]).encode()).digest()


def canonical(value: object) -> str:
    """Return JSON in ASCII with sorted keys and no spaces: equal for equal values. nan and infinity are refused."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def moment(at: datetime | None = None) -> str:
    """Return a time (now if None) as the log writes it; times in UTC sort as their texts do."""
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _persons(value: object) -> Iterator[str]:
    if isinstance(value, Person):
        yield value.candidate
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _persons(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _persons(item)


def _replaced(value: object, pseudonyms: Mapping[str, str]) -> object:
    if isinstance(value, Person):
        return pseudonyms[value.candidate]
    if isinstance(value, Mapping):
        return {name: _replaced(item, pseudonyms) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(item, pseudonyms) for item in value]
    return value
