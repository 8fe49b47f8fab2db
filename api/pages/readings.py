"""What was read in a CV, as its owner sees it: one row for each competence, with their own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, get_args

from matcher.assemble import desk
from matcher.competences.concepts import concepts_by_id, folded
from matcher.corrections import Action, Correction
from matcher.engine import Engine
from matcher.ledger.log import DecisionLog
from matcher.privacy.mask import FILLER
from matcher.records import ByPerson, Competence

MOST_QUOTES = 3
QUOTE_LETTERS = 140

Change = Literal["confirm", "drop"]
Group = Literal["named", "said", "implied"]
"""Competences that the vocabulary knows, other words of the CV, and what only a study programme implies."""
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One competence: `quotes` are the CV's words for it, `implied` whether only a programme says so."""

    key: str
    label: str
    kind: str
    quotes: tuple[str, ...]
    implied: bool
    by_person: ByPerson | None
    spans: tuple[Competence, ...]

    @property
    def group(self) -> Group:
        """Under which heading it stands."""
        if self.implied:
            return "implied"
        return "said" if self.spans[0].concept is None and self.by_person != "added" else "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """All rows in reading order, and what the owner removed."""

    rows: tuple[ReadRow, ...]
    dropped: tuple[Correction, ...]

    @property
    def groups(self) -> dict[Group, tuple[ReadRow, ...]]:
        """The rows under their headings; a heading without rows is left out."""
        found = {group: tuple(row for row in self.rows if row.group == group) for group in GROUPS}
        return {group: rows for group, rows in found.items() if rows}

    @property
    def programmes(self) -> tuple[str, ...]:
        """Ids of the study programmes that the CV names, and that imply something."""
        spans = (span for row in self.rows for span in row.spans)
        return tuple(dict.fromkeys(span.programme for span in spans if span.programme))

    def row(self, key: str) -> ReadRow | None:
        """Return the row of a key; None where it is not read any more."""
        return next((row for row in self.rows if row.key == key), None)


def readout(engine: Engine, candidate: str, language: str) -> Readout:
    """Return what is read in a stored CV now, with corrections; `UnknownId` if there is none."""
    engine.candidate(candidate)
    engine.refresh()
    spans = [passage.span for passage in engine.store.passages("candidate", candidate)]
    groups: dict[str, list[Competence]] = {}
    for span in spans:
        if isinstance(span, Competence):
            groups.setdefault(_key(span), []).append(span)
    corrections = engine.store.corrections("candidate", [candidate]).get(candidate, ())
    dropped: dict[str, Correction] = {}
    for each in corrections:
        if each.action == "drop":
            dropped.setdefault(_key(each), each)
    rows = [_row(key, found, language) for key, found in groups.items()]
    return Readout(rows=tuple(rows), dropped=tuple(dropped.values()))


def change(engine: Engine, log: DecisionLog, candidate: str, row: ReadRow, action: Change, account: str) -> None:
    """Confirm or remove a competence wherever it was read; what was added and is removed was never there."""
    book = desk(engine.store)
    for span in row.spans:
        made = _correction(candidate, action, span, account)
        if span.by_person == "added" and action == "drop":
            line = book.withdraw(made)
        elif span.by_person == "added":
            continue
        else:
            line = book.correct(made)
        if line is not None:
            log.anchor(line)
    engine.refresh()


def restore(engine: Engine, log: DecisionLog, candidate: str, label: str, account: str) -> bool:
    """Take back what was removed under a label; False where nothing was."""
    corrections = engine.store.corrections("candidate", [candidate]).get(candidate, ())
    chosen = next((each for each in corrections if each.action == "drop" and each.label == label), None)
    if chosen is None:
        return False
    for each in corrections:
        if each.action == "drop" and _key(each) == _key(chosen):
            line = desk(engine.store).withdraw(replace(each, account=account, at=_now()))
            if line is not None:
                log.anchor(line)
    engine.refresh()
    return True


def add(
    engine: Engine, log: DecisionLog, candidate: str, label: str, account: str, *, concept: str | None = None
) -> None:
    """Add a competence that the CV does not say; `InvalidCorrection` for what is none.

    `concept`: the one of the vocabulary that is meant, None for what the words say.
    """
    added = Correction(
        kind="candidate",
        id=candidate,
        action="add",
        label=" ".join(label.split()),
        concept=concept,
        account=account,
        at=_now(),
    )
    log.anchor(desk(engine.store).correct(added))
    engine.refresh()


def _key(read: Competence | Correction) -> str:
    """What is the same competence: its concept, or else its words."""
    return read.concept or folded(read.label)


def _correction(candidate: str, action: Action, span: Competence, account: str) -> Correction:
    return Correction(
        kind="candidate",
        id=candidate,
        action=action,
        label=span.label,
        start=0 if span.by_person == "added" else span.start,
        end=0 if span.by_person == "added" else span.end,
        concept=span.concept,
        account=account,
        at=_now(),
    )


def _row(key: str, spans: Sequence[Competence], language: str) -> ReadRow:
    first = spans[0]
    said = [span for span in spans if span.programme is None and span.evidence]
    concept = concepts_by_id().get(first.concept or "")
    names = {folded(name) for name in (concept.da, concept.en)} if concept else set()
    known = concept is not None and (first.by_person != "added" or folded(first.label) in names)
    return ReadRow(
        key=key,
        label=(concept.da if language == "da" else concept.en) if known and concept else first.label,
        kind=(concept.kind if concept else None) or first.kind or "open",
        quotes=_quotes(span.evidence for span in said),
        implied=not said and first.by_person != "added",
        by_person=next((span.by_person for span in spans if span.by_person), None),
        spans=tuple(spans),
    )


def _quotes(evidence: Iterable[str]) -> tuple[str, ...]:
    """The words of the CV on one line each, shortened; words with something masked in them stay out."""
    plain = dict.fromkeys(" ".join(words.split()) for words in evidence if FILLER not in words)
    cut = (words if len(words) <= QUOTE_LETTERS else words[: QUOTE_LETTERS - 1] + "…" for words in plain)
    return tuple(cut)[:MOST_QUOTES]


def _now() -> datetime:
    return datetime.now(UTC)
