"""Covers what tells who somebody is, and hands it back apart: text for the engine, contact for the consultant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.privacy.addresses import addresses
from matcher.privacy.contacts import email_spans, link_spans, phone_spans
from matcher.privacy.cpr import cpr_spans
from matcher.privacy.gender import gender_spans
from matcher.privacy.header import name_in_header, names_told
from matcher.privacy.mask import FILLER, HUSH, Spans, mask
from matcher.privacy.names import names_near, occurrences, people
from matcher.privacy.origin import told_spans
from matcher.privacy.protected import protected_spans
from matcher.records import Contact, Kind

__all__ = ["FILLER", "HUSH", "Redacted", "merged", "redact"]

_HEADER_LINES = 10
_PLACEHOLDER = re.compile(r"\[(?:EMAIL|E-MAIL|PHONE|MAIL|TELEFON|TLF)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text of the same length and the contact found in it.

    `FILLER` covers what identifies people, and in a CV `HUSH` the words that tell a sex by grammar alone.
    """

    text: str
    contact: Contact


def redact(text: str, *, kind: Kind, known: Contact | None = None, keep: Iterable[str] = ()) -> Redacted:
    """Mask CPR numbers, phones, e-mail and street addresses, personal pages and names; in a CV what is protected too.

    `known`: what fields beside the text already tell; it is masked wherever it stands and returned first.
    `keep`: names that are no person's (the employer's). Masking again changes nothing.
    """
    contact = known or Contact()
    keep = tuple(keep)
    while True:
        spans, contact = _pass(text, kind, contact, known or Contact(), keep)
        masked = mask(text, spans)
        if kind == "candidate":
            masked = mask(masked, gender_spans(text), HUSH)
        if masked == text:
            return Redacted(text=text, contact=contact)
        text = masked


def _pass(text: str, kind: Kind, contact: Contact, known: Contact, keep: tuple[str, ...]) -> tuple[Spans, Contact]:
    own = kind == "candidate"
    header_end = _header_end(text) if own else 0
    cpr = cpr_spans(text)
    bare = mask(text, cpr)
    emails, phones = email_spans(bare), phone_spans(bare)
    links = link_spans(bare, own=own, header_end=header_end)
    streets = addresses(bare)
    hidden = [*links, *(address.street for address in streets)]
    names = _own_names(text, known, _written(bare, emails)) if own else list(known.names)
    names += _others(bare, kind, [*emails, *phones], hidden, keep)
    spans = [*cpr, *emails, *phones, *hidden]
    spans += occurrences(bare, names, parts=own, header_end=header_end)
    spans += _literal(bare, (*known.phones, *known.emails, *known.addresses, *known.links))
    spans += [*protected_spans(bare, header_end=header_end), *told_spans(bare)] if own else []
    found = Contact(
        names=tuple(names),
        phones=_written(bare, phones),
        emails=_written(bare, emails),
        addresses=tuple(address.text for address in streets),
        links=_written(bare, links),
    )
    return spans, merged(contact, found)


def merged(first: Contact, second: Contact) -> Contact:
    """Both contacts in one, each value once, those of `first` first."""

    def both(name: str) -> tuple[str, ...]:
        values: dict[str, str] = {}
        for value in (*getattr(first, name), *getattr(second, name)):
            values.setdefault("".join(value.lower().split()), value)
        return tuple(values.values())

    names = both("names")
    words = {name: set(name.lower().split()) for name in names}
    return Contact(
        names=tuple(name for name in names if not any(words[name] < words[other] for other in names)),
        phones=both("phones"),
        emails=both("emails"),
        addresses=both("addresses"),
        links=both("links"),
    )


def _own_names(text: str, known: Contact, emails: tuple[str, ...]) -> list[str]:
    """The owner of a CV: as fields tell it, as the header writes it where both share a name, and as it says itself."""
    name = name_in_header(text, emails=(*known.emails, *emails))
    told = {word.lower() for known_name in known.names for word in known_name.split()}
    same = not told or told & {word.lower() for word in name.split()}
    return [*known.names, *([name] if name and same else []), *names_told(text)]


def _others(bare: str, kind: Kind, reachable: Spans, hidden: Spans, keep: tuple[str, ...]) -> list[str]:
    """People named beside a phone number or an e-mail address, and in short notes about people everybody."""
    covered = mask(bare, [*reachable, *hidden])
    anchors = [*reachable, *(match.span() for match in _PLACEHOLDER.finditer(bare))]
    near = names_near(covered, anchors, keep=keep, strict=kind == "candidate")
    return [*people(covered), *near] if kind == "employer" else near


def _written(text: str, spans: Spans) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(text[start:end].split()) for start, end in spans))


def _literal(text: str, values: Iterable[str]) -> Spans:
    """Where known values stand, however their white space and capitals are written."""
    spans: Spans = []
    for value in values:
        if len(value.strip()) > 4 and FILLER not in value:
            pattern = r"\s*".join(re.escape(part) for part in value.split())
            spans += [match.span() for match in re.finditer(rf"(?i)(?<!\w){pattern}(?!\w)", text)]
    return spans


def _header_end(text: str) -> int:
    """End of the first lines of a CV, where name, address and personal lines stand."""
    seen = 0
    for match in re.finditer(r"[^\n]*\n?", text):
        seen += bool(match.group().strip())
        if seen == _HEADER_LINES or match.end() == len(text):
            return match.end()
    return len(text)
