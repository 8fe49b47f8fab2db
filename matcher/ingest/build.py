"""Fields and a text to a record and its contact: cleaned, masked, split into sections, language told."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from matcher.ingest.language import detect, named
from matcher.ingest.limits import TEXT_LENGTH
from matcher.ingest.parsed import Notice
from matcher.ingest.sections import split
from matcher.ingest.source import Source, required, usable
from matcher.ingest.values import Fields
from matcher.privacy.cpr import mask_cpr
from matcher.privacy.mask import FILLER
from matcher.privacy.redact import merged, redact
from matcher.records import (
    Candidate,
    Contact,
    Employer,
    EmploymentType,
    Kind,
    Language,
    Posting,
    Record,
    Section,
)

_TITLE = 200
WEEK = 168
"""Hours of a week: nobody works more."""
_POSTCODE = re.compile(r"(?:DK-?\s?)?(\d{3,4})(?!\d)", re.IGNORECASE)
_ADDRESS_POSTCODE = re.compile(r"(?<!\d)(\d{4}) [A-ZÆØÅ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A text as it may be stored and matched: of the same length, masked, in sections."""

    text: str
    sections: tuple[Section, ...]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A record ready to be saved, and what of its source was left out."""

    record: Record
    contact: Contact
    notices: tuple[Notice, ...] = field(default=())


def prepare(text: str, kind: Kind, *, language: Language | None = None) -> Prepared:
    r"""Return the masked text with its sections and language; nothing is stored and every offset holds.

    >>> prepare("Profil\nRing 28 61 07 43", "candidate").text
    'Profil\nRing ███████████'
    """
    return _prepared(redact(usable(text), kind=kind).text, kind, language)


def build(kind: Kind, id: str, raw: Mapping[str, object], source: Source) -> Built:
    """Return the record of one row or document; refuse it where what it must have is missing."""
    fields = Fields(raw)
    builders: dict[Kind, Callable[[str, Fields, Source], tuple[Record, Contact]]] = {
        "candidate": _candidate,
        "posting": _posting,
        "employer": _employer,
    }
    record, contact = builders[kind](id, fields, source)
    return Built(record=record, contact=contact, notices=tuple(fields.notices))


def _candidate(id: str, fields: Fields, source: Source) -> tuple[Candidate, Contact]:
    known = Contact(
        names=_several(fields, "name"),
        phones=_several(fields, "phone"),
        emails=_several(fields, "email"),
        addresses=_several(fields, "address"),
    )
    redacted = redact(_text(fields, source), kind="candidate", known=known)
    prepared = _prepared(redacted.text, "candidate", _language(fields))
    facts, contact = _facts(fields, ("programme", "institution", "municipality"), redacted.contact)
    record = Candidate(
        id=id,
        text=prepared.text,
        language=prepared.language,
        sections=prepared.sections,
        programme=facts["programme"],
        institution=facts["institution"],
        finished=fields.date("finished"),
        municipality=facts["municipality"],
        postcode=_postcode(fields) or _postcode_in(redacted.contact.addresses),
        max_km=fields.number("max_km", most=2000),
        weeks_unemployed=fields.whole("weeks_unemployed"),
        available_from=fields.date("available_from"),
        registered=fields.date("registered"),
        wanted_types=cast("tuple[EmploymentType, ...]", fields.several_fixed("wanted_types", of="employment_type")),
        wanted_municipalities=tuple(mask_cpr(usable(name)) for name in fields.texts("wanted_municipalities")),
        most_hours=fields.number("most_hours", most=WEEK),
    )
    return record, contact


def _posting(id: str, fields: Fields, source: Source) -> tuple[Posting, Contact]:
    text = _text(fields, source)
    title = fields.text("title") or (_first_line(text) if source.line is None else "")
    if not title:
        raise source.refusal("missing_field", field="title")
    redacted = redact(text, kind="posting", keep=(fields.text("employer"), title))
    prepared = _prepared(redacted.text, "posting", _language(fields))
    names = ("title", "employer", "sector", "municipality")
    facts, contact = _facts(fields, names, redacted.contact, title=title[:_TITLE])
    record = Posting(
        id=id,
        title=facts["title"] or title,
        text=prepared.text,
        language=prepared.language,
        sections=prepared.sections,
        employer=facts["employer"],
        sector=facts["sector"],
        municipality=facts["municipality"],
        postcode=_postcode(fields),
        employment_type=cast("EmploymentType", fields.fixed("employment_type") or "unknown"),
        openings=fields.whole("openings", least=1) or 1,
        published=fields.date("published"),
        deadline=fields.date("deadline"),
        hours=fields.number("hours", most=WEEK),
    )
    return record, contact


def _employer(id: str, fields: Fields, source: Source) -> tuple[Employer, Contact]:
    name = required(fields, "name", source)
    redacted = redact(usable(fields.text("text")), kind="employer", keep=(name,))
    facts, contact = _facts(fields, ("name", "sector", "municipality"), redacted.contact)
    notes: dict[str, tuple[str, ...]] = {}
    for list_name in ("hires", "hosts"):
        masked = [redact(usable(note), kind="employer", keep=(name,)) for note in fields.texts(list_name)]
        notes[list_name] = tuple(note.text for note in masked)
    record = Employer(
        id=id,
        name=facts["name"] or name,
        cvr=_cvr(fields),
        sector=facts["sector"],
        municipality=facts["municipality"],
        postcode=_postcode(fields),
        text=redacted.text,
        hires=notes["hires"],
        hosts=notes["hosts"],
    )
    return record, contact


def _prepared(masked: str, kind: Kind, language: Language | None) -> Prepared:
    spoken = language or detect(masked)
    return Prepared(text=masked, sections=split(masked, kind, spoken), language=spoken)


def _text(fields: Fields, source: Source) -> str:
    text = usable(required(fields, "text", source))
    if len(text) > TEXT_LENGTH:
        raise source.refusal("text_too_long", found=len(text), limit=TEXT_LENGTH)
    if not any(sign.isalnum() for sign in text):
        raise source.refusal("missing_field", field="text")
    return text


def _facts(
    fields: Fields, names: Iterable[str], contact: Contact, **given: str
) -> tuple[dict[str, str | None], Contact]:
    """Short facts as they may be stored: whatever identifies somebody goes from them to the contact too."""
    facts: dict[str, str | None] = {}
    for name in names:
        value = usable(given.get(name) or fields.text(name))
        redacted = redact(value, kind="posting", keep=(value,))
        facts[name] = redacted.text or None
        contact = merged(contact, redacted.contact)
    return facts, contact


def _several(fields: Fields, name: str) -> tuple[str, ...]:
    """Ways to reach somebody, without CPR numbers: those are kept nowhere."""
    values = [fields.text(name)] if name == "name" else fields.texts(name)
    bare = (mask_cpr(usable(value)).replace(FILLER, "").strip(" ,;-") for value in values)
    return tuple(dict.fromkeys(value for value in bare if value))


def _language(fields: Fields) -> Language | None:
    written = fields.text("language")
    language = named(written) if written else None
    if written and language is None:
        fields.ignore("language", written, "language")
    return language


def _postcode(fields: Fields) -> str | None:
    written = fields.text("postcode")
    if match := _POSTCODE.match(written):
        return match.group(1).zfill(4)
    return mask_cpr(usable(written))[:20] or None


def _postcode_in(addresses: Iterable[str]) -> str | None:
    """The postcode of the first address that a CV gives."""
    found = (_ADDRESS_POSTCODE.search(address) for address in addresses)
    return next((match.group(1) for match in found if match), None)


def _cvr(fields: Fields) -> str | None:
    from stdnum.dk import cvr
    from stdnum.exceptions import ValidationError

    written = fields.text("cvr")
    if not written:
        return None
    try:
        return str(cvr.validate(written))
    except ValidationError:
        fields.ignore("cvr", written, "cvr")
        return None


def _first_line(text: str) -> str:
    lines = (line.strip().lstrip("#*").strip(" *") for line in text.splitlines())
    return next((line for line in lines if any(sign.isalnum() for sign in line)), "")
