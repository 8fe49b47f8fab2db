"""The facts of one pair, from which every text about it is told: demands with what meets them, each with its quotes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from matcher.competences.concepts import concepts_by_id
from matcher.competences.facts import degrees
from matcher.engine import Engine, Subject
from matcher.explain import Compared, Reading, compared
from matcher.fit import NO_CONCEPT, concept_places, kinship
from matcher.labour.learning import Learning, learning_of
from matcher.records import Candidate, Competence, Demand, Match, Posting, Reason, Span
from matcher.speech import LEVELS
from matcher.telling.quotes import Quote

Standing = Literal["covered", "partly", "implied", "missing"]
"""How a demand stands. "implied": only a programme says so, the CV does not."""
Kin = Literal["near", "same", "narrower", "broader"]
"""How the competence's concept stands to the demand's; "near": the vocabulary relates them in no way."""
KINS: tuple[Kin, ...] = ("near", "same", "narrower", "broader")

SURE = 0.6
"""A demand in words that no vocabulary knows, read with less confidence than this, may be none."""
TRUSTED = 0.8
"""A concept that was linked by meaning is taken at its word from this sureness on."""
NEED_THEIR_LIKE = frozenset({"education", "language", "licence"})
"""Kinds of demands that something of another kind may resemble but cannot meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandFact:
    """One demand held against the candidate. `number`: its place in the posting; `said`: the CV's words for it.

    `held` is the competence that the reason quotes, or the one that a programme implies (then nothing is quoted).
    """

    number: int
    reason: Reason
    demand: Demand
    asked: Quote
    held: Competence | None = None
    said: Quote | None = None

    @property
    def must(self) -> bool:
        """Whether the posting needs it rather than wishes for it."""
        return self.reason.strength == "must"

    @property
    def standing(self) -> Standing:
        """Covered, partly so, only implied by a programme, or missing."""
        return "implied" if self.reason.implied_by else self.reason.status

    @property
    def concept(self) -> str | None:
        """What the vocabulary surely has for it."""
        return _trusted(self.demand)

    @property
    def nature(self) -> str:
        """Its kind; words beside a degree are an education only if they name one, else what their concept is."""
        kind = self.demand.kind or "open"
        if kind == "education" and any(degrees(self.asked.text, 0, len(self.asked.text))):
            return kind
        if kind not in ("education", "open"):
            return kind
        return concepts_by_id()[self.concept].kind if self.concept else "open"

    @property
    def sure(self) -> bool:
        """Whether the posting surely demands this."""
        return self.nature != "open" or (1.0 if self.demand.confidence is None else self.demand.confidence) >= SURE

    @property
    def learning(self) -> Learning:
        """How it is usually come by; a degree is one whatever its subject, unless the words are the concept's own."""
        named = self.demand.sureness is None or self.nature != "education"
        return learning_of(self.concept if named else None, self.nature)

    @property
    def name(self) -> str:
        """What is the same demand in other words: its concept, or its words."""
        return self.concept or self.asked.shown.casefold()

    @property
    def kin(self) -> Kin:
        """How what the candidate has stands to what is asked, by the vocabulary; only a degree is part of a degree."""
        if self.nature == "education" and (self.held is None or self.held.kind != "education"):
            return "near"
        places = concept_places()
        asked = places.get(self.concept or "", NO_CONCEPT)
        held = places.get(_trusted(self.held) or "", NO_CONCEPT) if self.held else NO_CONCEPT
        return KINS[int(kinship()[asked, held])]

    @property
    def solid(self) -> bool:
        """Whether it is covered by something of its kind: a degree by a degree, a language by that language."""
        if self.standing != "covered" or self.held is None:
            return False
        if self.nature not in NEED_THEIR_LIKE or self.kin in ("same", "narrower"):
            return True
        return self.nature == "education" and self.held.kind == "education"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFact:
    """A language that the posting asks for, and what the CV says of it at its best; None where it says nothing."""

    demand: DemandFact
    held: Competence | None
    said: Quote | None

    @property
    def too_low(self) -> bool:
        """Whether the CV names a clearly lower level than the posting."""
        asked, held = self.demand.demand.level or "", (self.held.level or "") if self.held else ""
        return asked in LEVELS and held in LEVELS and LEVELS[held] < LEVELS[asked]

    @property
    def untold(self) -> bool:
        """Whether the posting names a level and the CV only the language."""
        return bool(self.held and self.demand.demand.level and not self.held.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is told of a pair. `day`: the day it is told on; `programmes`: ids of those that the CV names."""

    posting: Posting
    candidate: Candidate
    match: Match
    day: date
    demands: tuple[DemandFact, ...]
    languages: tuple[LanguageFact, ...] = ()
    programmes: tuple[str, ...] = ()

    def standing(self, *wanted: Standing) -> tuple[DemandFact, ...]:
        """Return the sure demands that stand so, each once: musts first, then in the order of the posting."""
        found = (fact for fact in self.demands if fact.sure and fact.standing in wanted)
        return _once(sorted(found, key=lambda fact: (not fact.must, fact.number)))

    @property
    def unsure(self) -> tuple[DemandFact, ...]:
        """What may be no demand at all."""
        return tuple(fact for fact in self.demands if not fact.sure)


def facts_of(engine: Engine, posting: str | Posting, candidate: str, *, day: date) -> Facts:
    """Return the facts of a pair; the candidate is stored, the posting stored or only in memory."""
    asking = engine.subject("posting", posting)
    offering = engine.subject("candidate", candidate)
    [match] = engine.scored(asking.rows, "candidate", [candidate], 1)
    return facts_between(engine, asking, offering, match, day=day)


def facts_between(engine: Engine, asking: Subject, offering: Subject, match: Match, *, day: date) -> Facts:
    """Return the facts of a scored pair whose sides have been read."""
    posting, candidate = cast("Posting", asking.record), cast("Candidate", offering.record)
    found = compared(posting, asking.reading, candidate, offering.reading, cover=engine.prior.cover)
    demands = tuple(_fact(number, each, posting, candidate) for number, each in enumerate(found))
    return Facts(
        posting=posting,
        candidate=candidate,
        match=replace(match, demands=tuple(each.reason for each in found)),
        day=day,
        demands=demands,
        languages=tuple(_language(fact, candidate, offering.reading) for fact in demands if fact.nature == "language"),
        programmes=tuple(dict.fromkeys(span.programme for span in _competences(offering.reading) if span.programme)),
    )


def _fact(number: int, found: Compared, posting: Posting, candidate: Candidate) -> DemandFact:
    offered = found.offered
    quoted = offered is not None and found.reason.candidate_evidence is not None
    return DemandFact(
        number=number,
        reason=found.reason,
        demand=cast("Demand", found.asked.span),
        asked=Quote.read("posting", posting.text, found.asked),
        held=cast("Competence", offered.span) if offered else None,
        said=Quote.read("candidate", candidate.text, offered) if offered and quoted else None,
    )


def _once(facts: Iterable[DemandFact]) -> tuple[DemandFact, ...]:
    """Leave out what the posting says again, as far as it stands as before."""
    first: dict[tuple[str, Standing], DemandFact] = {}
    for fact in facts:
        first.setdefault((fact.name, fact.standing), fact)
    return tuple(first.values())


def _trusted(span: Span) -> str | None:
    return span.concept if span.sureness is None or span.sureness >= TRUSTED else None


def _language(fact: DemandFact, candidate: Candidate, reading: Reading) -> LanguageFact:
    same = [span for span in _competences(reading) if span.concept == fact.concept and not span.programme]
    best = max(same, key=lambda span: LEVELS.get(span.level or "", 0.0), default=None)
    said = Quote.read("candidate", candidate.text, best) if best else None
    return LanguageFact(demand=fact, held=best, said=said)


def _competences(reading: Reading) -> list[Competence]:
    return [passage.span for passage in reading.passages if isinstance(passage.span, Competence)]
