"""Wire types of explanations: the texts about a pair, each statement with its quotes, and what the candidate lacks."""

from collections.abc import Mapping, Sequence
from typing import Self

from api.schemas import Wire
from matcher.bands import Band
from matcher.gaps import Gap, Opening
from matcher.labour.learning import Effort, Way
from matcher.records import Strength
from matcher.telling.facts import DemandFact, Facts, Standing
from matcher.telling.quotes import Side
from matcher.telling.texts import Audience, Basis, Telling


class QuoteOut(Wire):
    """Words of the posting or the CV with their place, in code points; `cut`: only the beginning is shown."""

    side: Side
    start: int
    end: int
    text: str
    cut: bool


class StatementOut(Wire):
    """One thing told, what it rests on, and the numbers of the demands it is about."""

    text: str
    basis: Basis
    quotes: list[QuoteOut]
    about: list[int]


class ParagraphOut(Wire):
    """Statements under a heading; `key` is the same in both languages."""

    key: str
    heading: str
    statements: list[StatementOut]


class TellingOut(Wire):
    """A text about a pair for one audience."""

    audience: Audience
    language: str
    title: str
    paragraphs: list[ParagraphOut]
    text: str


class LackOut(Wire):
    """A demand that is missing or only partly there, and where it is usually learnt, by whose judgement."""

    demand: int
    competence: str
    posting_evidence: str
    strength: Strength
    standing: Standing
    way: Way
    effort: Effort
    note: str
    source: str

    @classmethod
    def lacking(cls, fact: DemandFact, language: str, **more: object) -> Self:
        """Return a demand with its note in "da" or "en"."""
        return cls.model_validate(
            {
                "demand": fact.number,
                "competence": fact.reason.competence,
                "posting_evidence": fact.reason.posting_evidence,
                "strength": fact.reason.strength,
                "standing": fact.standing,
                "way": fact.learning.way,
                "effort": fact.learning.effort,
                "note": fact.learning.note(language),
                "source": fact.learning.source,
                **more,
            }
        )


class GapOut(LackOut):
    """What a candidate lacks, and the pair's score and band if it were covered."""

    score_with: float
    band_with: Band

    @classmethod
    def told(cls, gap: Gap, language: str) -> Self:
        """Return a gap with its note in "da" or "en"."""
        return cls.lacking(gap.demand, language, score_with=gap.score, band_with=gap.band)


class OpeningOut(LackOut):
    """A competence that alone would bring postings into band good or better; worded as the first of them does."""

    postings: list[str]

    @classmethod
    def told(cls, opening: Opening, language: str) -> Self:
        """Return an opening with its note in "da" or "en"."""
        return cls.lacking(opening.demand, language, postings=list(opening.postings))


class ExplanationOut(Wire):
    """A pair explained: three texts from the same facts, and the gaps."""

    posting: str
    candidate: str
    model: str
    score: float
    band: str | None
    texts: dict[Audience, TellingOut]
    gaps: list[GapOut]

    @classmethod
    def explaining(
        cls, facts: Facts, model: str, texts: Mapping[Audience, Telling], gaps: Sequence[Gap], language: str
    ) -> Self:
        """Return an explanation on the wire."""
        return cls(
            posting=facts.posting.id,
            candidate=facts.candidate.id,
            model=model,
            score=facts.match.score,
            band=facts.match.band,
            texts={audience: TellingOut.of(telling) for audience, telling in texts.items()},
            gaps=[GapOut.told(gap, language) for gap in gaps],
        )
