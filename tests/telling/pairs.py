"""Made-up pairs told of by hand: a posting and a CV, and facts whose quotes stand in them."""

from collections.abc import Sequence
from datetime import date

from matcher.bands import Band
from matcher.labour.recognition import recognise
from matcher.records import Candidate, Competence, Demand, Match, Posting, Reason, Status
from matcher.telling.facts import DemandFact, Facts, LanguageFact
from matcher.telling.quotes import Quote

POSTING = Posting(
    id="p7",
    title="Teknisk planlægger",
    language="da",
    text=(
        "Du beregner svejste rammer. Du kender SolidWorks og QGIS. Du har en kandidatgrad. Tysk på C1-niveau. "
        "Kørekort er en fordel. Tre års erfaring fra industrien. Ring til Bo på 98 12 34 56. Du trives i modvind."
    ),
)
CV = Candidate(
    id="k-31",
    language="da",
    programme="Cand.polyt. i design af mekaniske systemer",
    institution="Aalborg Universitet",
    municipality="Hjørring",
    postcode="9800",
    text=(
        "████ ██████, Vestergade 3. I mit studiejob regnede jeg på svejsninger af løfteåg og tegnede i SolidWorks. "
        "Tysk A2. Ét års erfaring fra et værksted. Cand.polyt. i design af mekaniske systemer. Fritid: kortlægning."
    ),
)
DAY = date(2026, 12, 1)
PROGRAMME = "msc-mechanical-design"


def quote_of(record: Posting | Candidate, words: str) -> Quote:
    start = record.text.index(words)
    return Quote.of("posting" if isinstance(record, Posting) else "candidate", record.text, start, start + len(words))


def asked(words: str, *, posting: Posting = POSTING, **fields: object) -> Demand:
    start = posting.text.index(words)
    place = {"label": words, "evidence": words, "start": start, "end": start + len(words), "kind": "method"}
    return Demand(**{**place, **fields})  # type: ignore[arg-type]


def held(words: str, *, candidate: Candidate = CV, **fields: object) -> Competence:
    start = candidate.text.index(words)
    place = {"label": words, "evidence": words, "start": start, "end": start + len(words), "source": "student_job"}
    return Competence(**{**place, **fields})  # type: ignore[arg-type]


def fact(
    demand: Demand,
    status: Status,
    competence: Competence | None = None,
    *,
    number: int = 0,
    posting: Posting = POSTING,
    candidate: Candidate = CV,
) -> DemandFact:
    """A demand as it stands; a competence that names a programme only implies it."""
    said = None if competence is None or competence.programme else quote_of(candidate, competence.evidence)
    return DemandFact(
        number=number,
        reason=Reason(
            competence=demand.label,
            strength=demand.strength,
            status=status,
            posting_evidence=demand.evidence,
            candidate_evidence=said.text if said else None,
            similarity=None if competence is None else 0.9,
            implied_by=competence.programme if competence else None,
        ),
        demand=demand,
        asked=quote_of(posting, demand.evidence),
        held=competence,
        said=said,
    )


def facts(
    *rows: tuple[Demand, Status, Competence | None],
    band: Band = "good",
    languages: Sequence[Competence] = (),
    posting: Posting = POSTING,
    candidate: Candidate = CV,
    contributions: dict[str, float] | None = None,
) -> Facts:
    """The facts of a pair, demand by demand; `languages` are those that the CV names."""
    demands = tuple(
        fact(demand, status, competence, number=number, posting=posting, candidate=candidate)
        for number, (demand, status, competence) in enumerate(rows)
    )
    spoken = {language.concept: language for language in languages}
    return Facts(
        posting=posting,
        candidate=candidate,
        match=Match(
            rank=1,
            posting=posting.id,
            candidate=candidate.id,
            score=0.6,
            contributions=contributions or {"base": -5.0, "dense": 2.0, "fit": -1.0},
            demands=tuple(each.reason for each in demands),
            band=band,
        ),
        day=DAY,
        demands=demands,
        languages=tuple(
            LanguageFact(
                demand=each,
                held=(known := spoken.get(each.demand.concept)),
                said=quote_of(candidate, known.evidence) if known else None,
            )
            for each in demands
            if each.nature == "language"
        ),
        programmes=(PROGRAMME,),
    )


WELDING = asked("beregner svejste rammer", kind="method")
SOLIDWORKS = asked("SolidWorks", kind="tool", concept="solidworks")
QGIS = asked("QGIS", kind="tool", concept="qgis")
DEGREE = asked("kandidatgrad", kind="education", level="master")
GERMAN = asked("Tysk på C1-niveau", kind="language", concept="german-language", level="C1")
LICENCE = asked("Kørekort", kind="licence", concept="driving-licence-b", strength="nice")
YEARS = asked("Tre års erfaring fra industrien", kind="experience", years=3.0)
WIND = asked("modvind", kind="open", confidence=0.31)
IMPLIED = held("Cand.polyt. i design af mekaniske systemer", source="education", programme=PROGRAMME)
LITTLE_GERMAN = held("Tysk A2", kind="language", concept="german-language", level="A2", source="skills")


def full_pair(band: Band = "good") -> Facts:
    """A pair with a demand of every standing, and every reservation there is."""
    return facts(
        (WELDING, "covered", held("svejsninger af løfteåg", last_year=2018)),
        (SOLIDWORKS, "covered", held("SolidWorks", concept="solidworks", kind="tool")),
        (QGIS, "partly", held("kortlægning", source="hobby")),
        (DEGREE, "covered", held("tegnede", kind="method")),
        (GERMAN, "covered", LITTLE_GERMAN),
        (LICENCE, "missing", None),
        (YEARS, "partly", held("Ét års erfaring fra et værksted", kind="experience", years=1.0, source="job")),
        (asked("industrien", kind="knowledge"), "partly", IMPLIED),
        (WIND, "missing", None),
        band=band,
        languages=[LITTLE_GERMAN],
    )


def nothing_fits() -> Facts:
    return facts((QGIS, "missing", None), (DEGREE, "missing", None), band="weak")


def everything_fits() -> Facts:
    return facts((SOLIDWORKS, "covered", held("SolidWorks", concept="solidworks", kind="tool")), band="strong")


def only_implied() -> Facts:
    return facts((QGIS, "partly", IMPLIED), band="possible")


def no_demands() -> Facts:
    return facts(band="possible")


MADE_UP = {made.__name__: made for made in (full_pair, nothing_fits, everything_fits, only_implied, no_demands)}

assert recognise(str(CV.programme), field=True) is not None
