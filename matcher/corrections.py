"""What people change in the reading of a document: demands of a posting, competences of a candidate.

A correction belongs to words at a place (`start`, `end`: code points of the record's text, and the `label` that was
read there). Where the document was replaced since, it holds for what is read with the same label. What was added
stands nowhere in the text: `start == end == 0`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal, Protocol, TypeVar, get_args

from matcher.competences.concepts import ESCO, Concept, concepts_by_id, folded, read_vocabulary
from matcher.errors import InvalidCorrection, Phrase
from matcher.ledger.lines import Entry, Line, Person
from matcher.records import Competence, Demand, Kind, Strength

Action = Literal["add", "drop", "must", "nice", "confirm"]
"""To a demand: add, drop, must, nice. To a competence: add, drop, confirm."""
ACTIONS: Mapping[Kind, tuple[Action, ...]] = {
    "posting": ("add", "drop", "must", "nice"),
    "candidate": ("add", "drop", "confirm"),
}
MOST_LETTERS = 200
"""Of what a person adds: a competence, no essay."""

S = TypeVar("S", bound=Competence | Demand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One change to a reading. `strength`: of an added demand; `concept`: what it means, None for what the words say.

    `account` is who made it, `at` when (in UTC).
    """

    kind: Kind
    id: str
    action: Action
    label: str
    start: int = 0
    end: int = 0
    concept: str | None = None
    strength: Strength | None = None
    account: str = ""
    at: datetime | None = None

    def __post_init__(self) -> None:
        for field, allowed in (("kind", tuple(ACTIONS)), ("action", ACTIONS.get(self.kind, ()))):
            if (found := getattr(self, field)) not in allowed:
                raise InvalidCorrection(found=found, wanted=", ".join(allowed))
        if not self.label.strip() or len(self.label) > MOST_LETTERS or "\0" in self.label:
            raise InvalidCorrection(
                found=self.label[:40] or "''", wanted=Phrase("correction.label", {"most": MOST_LETTERS})
            )
        if self.strength not in (None, *get_args(Strength)):
            raise InvalidCorrection(found=self.strength, wanted=", ".join(get_args(Strength)))
        if self.concept is not None and self.concept not in concepts_by_id():
            raise InvalidCorrection(found=self.concept, wanted=Phrase("correction.concept"))
        if not 0 <= self.start <= self.end or (self.action == "add" and self.end):
            raise InvalidCorrection(found=f"{self.start}-{self.end}", wanted=Phrase("correction.place"))

    @property
    def place(self) -> tuple[int, int, str]:
        """What it is about; a later correction of the same place takes its place."""
        return self.start, self.end, self.label


def corrected(spans: Sequence[S], corrections: Sequence[Correction]) -> list[S | None]:
    """Return the spans as people corrected them, in their order; None for one that was dropped."""
    result: list[S | None] = list(spans)
    for correction in corrections:
        for at in _meant(spans, correction):
            result[at] = _changed(spans[at], correction)
    return result


def added(corrections: Sequence[Correction]) -> list[Competence | Demand]:
    """Return what people added, by label."""
    wanted = sorted((each for each in corrections if each.action == "add"), key=lambda each: each.label)
    return [_added(each) for each in wanted]


def without_effect(spans: Sequence[S], corrections: Sequence[Correction]) -> list[Correction]:
    """Return the corrections of what is no longer read, to be shown to whoever made them."""
    return [each for each in corrections if each.action != "add" and not _meant(spans, each)]


def _meant(spans: Sequence[S], correction: Correction) -> list[int]:
    """Places in `spans` of what a correction is about: at its place, or else with the same words or concept."""
    if correction.action == "add":
        return []
    exact = [at for at, span in enumerate(spans) if (span.start, span.end, span.label) == correction.place]
    if exact:
        return exact
    words = folded(correction.label)
    same = [at for at, span in enumerate(spans) if folded(span.label) == words]
    return same or [at for at, span in enumerate(spans) if correction.concept and span.concept == correction.concept]


def _changed(span: S, correction: Correction) -> S | None:
    if correction.action == "drop":
        return None
    if correction.action == "confirm":
        return replace(span, confidence=1.0, by_person="confirmed")
    if isinstance(span, Demand):
        strength: Strength = "nice" if correction.action == "nice" else "must"
        return replace(span, strength=strength, confidence=1.0, by_person="strength")
    return span


def _added(correction: Correction) -> Competence | Demand:
    concept = concepts_by_id()[correction.concept] if correction.concept else _named().get(folded(correction.label))
    span = Demand if correction.kind == "posting" else Competence
    made = span(
        label=correction.label,
        evidence="",
        start=0,
        end=0,
        confidence=1.0,
        concept=concept.id if concept else None,
        uri=ESCO + concept.esco if concept and concept.esco else None,
        kind=concept.kind if concept else "open",
        by_person="added",
    )
    if isinstance(made, Demand):
        return replace(made, strength=correction.strength or "must")
    return replace(made, source="skills")


@cache
def _named() -> Mapping[str, Concept]:
    """The vocabulary by every name; a name of several concepts tells none of them."""
    found: dict[str, Concept] = {}
    twice: set[str] = set()
    for concept in read_vocabulary():
        for form in {folded(form) for form in concept.forms}:
            if form in found:
                twice.add(form)
            found[form] = concept
    return {form: concept for form, concept in found.items() if form not in twice}


def logged(correction: Correction, *, withdrawn: bool = False) -> Entry:
    """Return the line of the decision log for a correction: all but its words, which can be erased."""
    is_person = correction.kind == "candidate"
    content: dict[str, object] = {
        "kind": correction.kind,
        "id": Person(correction.id) if is_person else correction.id,
        "action": "withdraw" if withdrawn else correction.action,
        "start": correction.start,
        "end": correction.end,
        "concept": correction.concept,
        "strength": correction.strength,
        "account": correction.account,
    }
    return Entry(kind="correction", content=content, about=() if is_person else (("posting", correction.id),))


class CorrectionDesk(Protocol):
    """Where corrections are kept."""

    def correct(self, correction: Correction) -> Line:
        """Keep a correction in place of an earlier one of the same place, or raise `UnknownId`."""
        ...

    def withdraw(self, correction: Correction) -> Line | None:
        """Forget the correction of a place; None, and no line, if there was none."""
        ...
