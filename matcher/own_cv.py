"""A CV that somebody hands in for themselves: read like any other, and put in the place of the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import cast

from matcher.errors import UnreadableFile
from matcher.ingest.build import WEEK, build
from matcher.ingest.originals import forget_original, keep_original, objections
from matcher.ingest.parsed import Notice
from matcher.ingest.sandbox import Sandbox
from matcher.ingest.service import singular
from matcher.ingest.source import Source, usable
from matcher.people import together
from matcher.ports import Change, Store
from matcher.privacy.cpr import mask_cpr
from matcher.privacy.redact import merged
from matcher.records import Candidate, Contact, EmploymentType

NAME_LETTERS = 100
"""Of the name of a file that was handed in; it is shown and never used."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as a browser sends it: the name is what the sender calls it."""

    name: str
    content: bytes

    @property
    def shown(self) -> str:
        """The last part of the name, on one line."""
        last = PurePosixPath(usable(self.name).replace("\\", "/")).name
        return mask_cpr("".join(sign for sign in last if sign.isprintable()))[-NAME_LETTERS:] or "cv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a CV. `notices`: what of it was left out."""

    record: Candidate
    change: Change
    notices: tuple[Notice, ...]


def receive(store: Store, candidate: str, file: HandedIn, *, originals: Path | None = None) -> Received:
    """Read a CV and store it under an id; what it does not say of facts and wishes stays as it was.

    `originals`: folder that keeps the file itself, if it holds no CPR number; None keeps none. Refuses with
    `UnreadableFile` what is no CV that can be read.
    """
    if not file.content:
        raise UnreadableFile("empty", file=file.shown)
    with Sandbox() as sandbox:
        parsed = sandbox.parse_bytes(file.shown, file.content)
    source = Source(file=Path(file.shown))
    built = build("candidate", candidate, {**singular(parsed.fields), "text": parsed.text}, source)
    record, contact = cast("Candidate", built.record), built.contact
    if candidate in store.ids("candidate"):
        record = together(record, cast("Candidate", store.get("candidate", candidate))).record
        contact = merged(contact, store.contact("candidate", candidate))
    notices = parsed.notices + built.notices
    [change] = store.save([(record, contact)])
    if originals is not None:
        with TemporaryDirectory() as folder:
            copy = Path(folder) / f"cv{Path(file.shown).suffix.lower()}"
            copy.write_bytes(file.content)
            against = objections(copy, parsed)
            if against:
                forget_original(originals, "candidate", candidate)
            else:
                keep_original(originals, "candidate", candidate, copy)
        notices += against
    return Received(record=record, change=change, notices=notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What work somebody wants, as they say it; empty and None for no wish."""

    types: tuple[EmploymentType, ...] = ()
    municipalities: tuple[str, ...] = ()
    most_hours: float | None = None
    max_km: float | None = None
    postcode: str | None = None

    @classmethod
    def of(cls, candidate: Candidate) -> "Wishes":
        """Return the wishes of a record."""
        return cls(
            types=candidate.wanted_types,
            municipalities=candidate.wanted_municipalities,
            most_hours=candidate.most_hours,
            max_km=candidate.max_km,
            postcode=candidate.postcode,
        )

    def on(self, candidate: Candidate) -> Candidate:
        """Return the record with these wishes in place of its own."""
        return replace(
            candidate,
            wanted_types=self.types,
            wanted_municipalities=tidy_names(self.municipalities),
            most_hours=self.most_hours,
            max_km=self.max_km,
            postcode=self.postcode,
        )


MOST_HOURS = WEEK
MOST_KM = 2000
MOST_NAMES = 100


def tidy_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of places, each once, without what may not be stored."""
    plain = (mask_cpr(usable(" ".join(name.split()))[:NAME_LETTERS]) for name in names)
    return tuple(dict.fromkeys(name for name in plain if name))[:MOST_NAMES]


def wish(store: Store, candidate: str, wishes: Wishes) -> Change:
    """Store somebody's wishes; `UnknownId` if there is no such record."""
    record = cast("Candidate", store.get("candidate", candidate))
    contact: Contact = store.contact("candidate", candidate)
    [change] = store.save([(wishes.on(record), contact)])
    return change
