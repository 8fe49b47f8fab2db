"""Quotes are quotes: every piece of evidence stands in the text it is said to come from."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.engine import Engine
from matcher.explain import MOST_DEMANDS, Reading, reasons
from matcher.ports import Passage
from matcher.records import Candidate, Competence, Demand, Posting, Reason
from tests.builders import a_posting, bare
from tests.engine.phrases import COVER, directions

SAME, APART = directions(2)
POSTING = Posting(id="p", title="Etnograf", text="Du kan SQL.\nErfaring med  etnografi er en fordel.", language="da")
CV = Candidate(id="c", text="Cand.scient. i teknoantropologi. Jeg laver feltarbejde.", language="da")
SQL = Demand(label="SQL", evidence="SQL", start=7, end=10)
ETHNOGRAPHY = Demand(label="etnografi", evidence="etnografi", start=26, end=35, strength="nice")
FIELDWORK = Competence(label="feltarbejde", evidence="feltarbejde", start=43, end=54, source="job")
IMPLIED = Competence(
    label="etnografi", evidence="Cand.scient. i teknoantropologi", start=0, end=31, programme="msc-techno-anthropology"
)
Said = tuple[Competence | Demand, NDArray[np.float32]]


def reading(record: Candidate | Posting, *said: Said) -> Reading:
    """What was read in a record: spans with a vector each; what a programme implies has no place in the text."""
    passages, vectors = [], {}
    for number, (span, vector) in enumerate(said):
        implied = isinstance(span, Competence) and span.programme is not None
        place = (0, 0) if implied else (span.start, span.end)
        key = bytes([number])
        passages.append(
            Passage(unit="implied" if implied else "phrase", start=place[0], end=place[1], key=key, span=span)
        )
        vectors[key] = vector
    return Reading.of(record, passages, vectors)


def explained(demands: Sequence[Said], competences: Sequence[Said]) -> tuple[Reason, ...]:
    return reasons(POSTING, reading(POSTING, *demands), CV, reading(CV, *competences), cover=COVER)


def test_a_demand_that_the_cv_meets_is_covered_with_a_quote_from_each_side() -> None:
    [reason] = explained([(ETHNOGRAPHY, SAME)], [(FIELDWORK, SAME)])

    assert (reason.competence, reason.strength, reason.status) == ("etnografi", "nice", "covered")
    assert (reason.posting_evidence, reason.candidate_evidence) == ("etnografi", "feltarbejde")
    assert reason.similarity is not None
    assert COVER.covered <= reason.similarity <= 1
    assert reason.implied_by is None


def test_a_demand_between_the_thresholds_is_partly_covered_and_still_quoted() -> None:
    unsure = replace(COVER, covered=0.99, partly=0.25)
    demands, competences = reading(POSTING, (ETHNOGRAPHY, SAME)), reading(CV, (FIELDWORK, SAME))
    [reason] = reasons(POSTING, demands, CV, competences, cover=unsure)

    assert (reason.status, reason.candidate_evidence) == ("partly", "feltarbejde")


def test_a_demand_that_nothing_comes_near_is_missing_without_a_quote() -> None:
    [reason] = explained([(SQL, SAME)], [(FIELDWORK, APART)])

    assert (reason.status, reason.candidate_evidence, reason.implied_by) == ("missing", None, None)
    assert reason.similarity is not None
    assert reason.similarity < COVER.partly


def test_without_a_single_competence_every_demand_is_missing_and_nothing_was_compared() -> None:
    found = explained([(SQL, SAME), (ETHNOGRAPHY, APART)], [])

    assert [(reason.status, reason.similarity) for reason in found] == [("missing", None)] * 2
    assert [reason.posting_evidence for reason in found] == ["SQL", "etnografi"]


def test_without_demands_there_are_no_reasons() -> None:
    assert explained([], [(FIELDWORK, SAME)]) == ()


def test_what_a_programme_implies_covers_partly_at_most_and_is_never_quoted() -> None:
    [reason] = explained([(ETHNOGRAPHY, SAME)], [(IMPLIED, SAME)])

    assert (reason.status, reason.candidate_evidence) == ("partly", None)
    assert reason.implied_by == "msc-techno-anthropology"
    assert reason.similarity is not None
    assert reason.similarity >= COVER.covered, "it would be covered, had the CV said it"


def test_what_the_cv_says_is_quoted_even_where_a_programme_implies_more() -> None:
    half = directions(2).sum(axis=0) / 2
    [reason] = explained([(ETHNOGRAPHY, SAME)], [(IMPLIED, SAME), (FIELDWORK, half)])

    assert (reason.candidate_evidence, reason.implied_by) == ("feltarbejde", None)


def test_what_is_implied_and_unrelated_leaves_a_demand_missing() -> None:
    [reason] = explained([(SQL, SAME)], [(IMPLIED, APART), (FIELDWORK, APART)])

    assert (reason.status, reason.candidate_evidence, reason.implied_by) == ("missing", None, None)


def test_of_two_competences_the_nearer_one_is_quoted() -> None:
    near = replace(FIELDWORK, label="Jeg", evidence="Jeg", start=33, end=36)
    [reason] = explained([(ETHNOGRAPHY, SAME)], [(FIELDWORK, APART), (near, SAME)])

    assert reason.candidate_evidence == "Jeg"


def test_a_long_posting_is_explained_by_its_first_demands() -> None:
    assert len(explained([(SQL, SAME)] * (MOST_DEMANDS + 5), [(FIELDWORK, SAME)])) == MOST_DEMANDS


def test_every_quote_stands_in_its_document(engine: Engine) -> None:
    for match in engine.match_posting("p1"):
        candidate = engine.candidate(match.candidate)
        for reason in match.demands:
            assert reason.posting_evidence in engine.posting("p1").text
            assert reason.candidate_evidence is None or reason.candidate_evidence in candidate.text


def test_demands_come_from_tasks_and_requirements_in_the_order_of_the_posting(engine: Engine) -> None:
    [best, *_] = engine.match_posting("p1")

    assert [reason.posting_evidence for reason in best.demands] == [
        "beregner svejste rammer for udmattelse",
        "SolidWorks",
        "maskiningeniør",
        "Ansys",
    ]
    assert [reason.strength for reason in best.demands] == ["must", "must", "must", "nice"]


def test_a_quote_comes_with_a_demand_that_is_met_and_with_no_other(engine: Engine) -> None:
    found = [reason for match in engine.match_posting("p1") for reason in match.demands]

    assert {reason.status for reason in found} >= {"covered", "missing"}
    for reason in found:
        quoted = reason.candidate_evidence is not None
        assert quoted == (reason.status != "missing" and reason.implied_by is None)


def test_the_engineer_covers_more_demands_than_the_nurse(engine: Engine) -> None:
    covered = {
        match.candidate: sum(reason.status == "covered" for reason in match.demands)
        for match in engine.match_posting("p1")
    }

    assert covered["engineer"] > covered["nurse-en"]


def test_a_pair_has_the_same_reasons_from_either_side(engine: Engine) -> None:
    from_posting = {match.candidate: match.demands for match in engine.match_posting("p1")}

    for id, demands in from_posting.items():
        [own] = [match for match in engine.match_candidate(id) if match.posting == "p1"]
        assert own.demands == demands


def test_a_posting_without_headings_still_has_demands(engine: Engine) -> None:
    engine.store.save(bare(a_posting("plain", text="Vi søger en, der kan beregne svejste rammer i Ansys.")))

    assert engine.match_posting("plain")[0].demands
