"""Two records of one person become one."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, cast

from matcher.errors import InvalidMerge
from matcher.indexing import forget
from matcher.ingest.originals import forget_original
from matcher.ledger import anchors
from matcher.ledger.lines import Line
from matcher.ports import Store
from matcher.privacy.erasure import ORIGINALS
from matcher.records import Candidate, Contact

TextOf = Literal["kept", "gone"]
_OF_THE_TEXT = ("text", "language", "sections")


class MergeDesk(Protocol):
    """What merging needs of the database."""

    def merge(self, kept: Candidate, contact: Contact, gone: str, *, account: str, at: datetime | None = None) -> Line:
        """Store `kept` with all that was held of `gone`, which is deleted; `UnknownId` if either is not there."""
        ...


@dataclass(frozen=True, slots=True)
class Merged:
    """The one record that is left, and what of it came from the other."""

    record: Candidate
    taken: tuple[str, ...]


def merge(
    store: Store, desk: MergeDesk, home: Path, *, kept: str, gone: str, account: str, text_of: TextOf = "kept"
) -> Merged:
    """Merge `gone` into `kept`: verdicts, placements, corrections and the account move, then `gone` is deleted.

    Of the facts those of `kept` stand, and those of `gone` where `kept` says nothing; one CV stays, that of `text_of`.
    """
    if kept == gone:
        raise InvalidMerge("same", id=kept)
    first, second = (cast("Candidate", store.get("candidate", id)) for id in (kept, gone))
    merged = together(first, second, text_of=text_of)
    contact = _contacts(store.contact("candidate", kept), store.contact("candidate", gone))
    forget_original(home / ORIGINALS, "candidate", kept if text_of == "gone" else gone)
    try:
        line = desk.merge(merged.record, contact, gone, account=account)
    finally:
        forget(home, "candidate", gone)
    if text_of == "gone":
        forget_original(home / ORIGINALS, "candidate", gone)
    anchors.keep(home, line)
    return merged


def together(kept: Candidate, gone: Candidate, *, text_of: TextOf = "kept") -> Merged:
    """Return the record that two become, before anything is stored."""
    names = [field.name for field in fields(Candidate) if field.name not in ("id", *_OF_THE_TEXT)]
    taken = {name: getattr(gone, name) for name in names if getattr(kept, name) in (None, ())}
    taken = {name: value for name, value in taken.items() if value not in (None, ())}
    if text_of == "gone":
        taken |= {name: getattr(gone, name) for name in _OF_THE_TEXT}
    return Merged(replace(kept, **taken), tuple(taken))


def _contacts(kept: Contact, gone: Contact) -> Contact:
    both = {field.name: (*getattr(kept, field.name), *getattr(gone, field.name)) for field in fields(Contact)}
    return Contact(**{name: tuple(dict.fromkeys(values)) for name, values in both.items()})
