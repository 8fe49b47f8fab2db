"""What is lacking, where it is learnt, and what the pair would score with it: the same pair, scored again."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.bands import band_of
from matcher.engine import Engine
from matcher.gaps import GOOD, gaps, opened_by, score_with, with_demands
from matcher.records import Candidate
from matcher.speech import NEED, tongues
from matcher.telling.facts import DemandFact, Facts, facts_of
from tests.builders import HEALTH_POSTING, WELDER_CV, a_candidate, a_posting, bare
from tests.telling.pairs import DAY

PAIRS = [(posting, candidate) for posting in ("p1", "p2") for candidate in ("engineer", "nurse")]


def lacking(facts: Facts) -> tuple[DemandFact, ...]:
    return facts.standing("partly", "implied", "missing")


def score(engine: Engine, posting: str, candidate: str, *met: DemandFact) -> float:
    asking, offering = engine.subject("posting", posting), engine.subject("candidate", candidate)
    return score_with(engine, offering.rows, asking, met)


@pytest.mark.parametrize(("posting", "candidate"), PAIRS)
def test_with_nothing_added_the_score_is_that_of_the_list(engine: Engine, posting: str, candidate: str) -> None:
    facts = facts_of(engine, posting, candidate, day=DAY)

    assert score(engine, posting, candidate) == facts.match.score


@pytest.mark.parametrize(("posting", "candidate"), PAIRS)
def test_a_competence_more_never_lowers_the_score(engine: Engine, posting: str, candidate: str) -> None:
    facts = facts_of(engine, posting, candidate, day=DAY)
    before = facts.match.score

    for number in range(len(facts.demands) + 1):
        after = score(engine, posting, candidate, *facts.demands[:number])
        assert after >= before
        before = after


def test_what_lacks_most_lifts_the_score_when_it_is_added(engine: Engine) -> None:
    found = gaps(engine, facts_of(engine, "p1", "nurse", day=DAY))

    assert found
    assert all(gap.score > facts_of(engine, "p1", "nurse", day=DAY).match.score for gap in found)


def test_gaps_are_what_is_not_covered_musts_first_and_then_by_what_they_lift(engine: Engine) -> None:
    facts = facts_of(engine, "p1", "nurse", day=DAY)
    found = gaps(engine, facts)

    assert {gap.demand for gap in found} == set(lacking(facts))
    assert [(gap.demand.must, gap.score) for gap in found] == sorted(
        ((gap.demand.must, gap.score) for gap in found), reverse=True
    )
    assert all(gap.band == band_of(gap.score) for gap in found)
    assert all(gap.learning == gap.demand.learning for gap in found)


def test_a_demand_that_was_added_is_covered_afterwards(engine: Engine) -> None:
    facts = facts_of(engine, "p1", "nurse", day=DAY)
    [fact, *_] = lacking(facts)
    asking, offering = engine.subject("posting", "p1"), engine.subject("candidate", "nurse")
    rows = with_demands(offering.rows, asking, [fact])
    asked = asking.reading.phrases
    logits = engine.prior.cover.logits(asked.vectors @ rows.phrases.vectors.T, asked, rows.phrases)

    assert int(logits[fact.number].argmax()) == len(rows.phrases) - 1, "nothing covers it better"
    assert 1 / (1 + np.exp(-logits[fact.number].max())) >= engine.prior.cover.covered


def test_only_phrases_and_tongues_change(engine: Engine) -> None:
    facts = facts_of(engine, "p1", "nurse", day=DAY)
    asking, offering = engine.subject("posting", "p1"), engine.subject("candidate", "nurse")
    rows = with_demands(offering.rows, asking, lacking(facts))
    same = replace(rows, phrases=offering.rows.phrases, tongues=offering.rows.tongues)

    assert len(rows.phrases) == len(offering.rows.phrases) + len(lacking(facts))
    assert np.array_equal(rows.norms, offering.rows.norms)
    assert all(getattr(same, name) is getattr(offering.rows, name) for name in ("chunks", "titles", "lexical", "norms"))


def test_a_candidate_in_whose_cv_nothing_was_read_can_have_gaps_too(engine: Engine) -> None:
    engine.store.save(bare(Candidate(id="blank", text="…", language="da")))
    facts = facts_of(engine, "p1", "blank", day=DAY)
    found = gaps(engine, facts)

    assert len(found) == len(lacking(facts)) > 0
    assert all(gap.score >= facts.match.score for gap in found)


def test_a_language_below_the_level_that_is_asked_is_a_gap_that_the_level_closes(engine: Engine) -> None:
    engine.store.save(
        bare(
            a_posting("german", text="Kvalifikationer\n- Du taler flydende tysk\n- Du tegner i SolidWorks\n"),
            a_candidate("beginner", WELDER_CV + "\nSprog\nTysk: begynder\n"),
        )
    )
    facts = facts_of(engine, "german", "beginner", day=DAY)
    [language] = [known for known in facts.languages if known.demand.concept == "german-language"]
    asking, offering = engine.subject("posting", "german"), engine.subject("candidate", "beginner")
    rows = with_demands(offering.rows, asking, [language.demand])
    place = tongues()["german-language"]

    assert language.too_low
    assert language.demand in [gap.demand for gap in gaps(engine, facts)]
    assert offering.rows.tongues[NEED, place] < asking.rows.tongues[NEED, place] == rows.tongues[NEED, place]


def test_a_level_beyond_what_is_needed_is_kept(engine: Engine) -> None:
    engine.store.save(
        bare(
            a_posting("german", text="Kvalifikationer\n- Du taler lidt tysk\n- Du tegner i SolidWorks\n"),
            a_candidate("native", WELDER_CV + "\nSprog\nTysk: modersmål\n"),
        )
    )
    facts = facts_of(engine, "german", "native", day=DAY)
    asking, offering = engine.subject("posting", "german"), engine.subject("candidate", "native")
    rows = with_demands(offering.rows, asking, facts.demands)

    assert rows.tongues[NEED, tongues()["german-language"]] == 6.0


def test_what_opens_postings_really_does(engine: Engine) -> None:
    for copy in range(3):
        engine.store.save(bare(a_posting(f"h{copy}", "Health consultant", HEALTH_POSTING)))
    for candidate in ("engineer", "nurse"):
        for opening in opened_by(engine, candidate):
            for posting in opening.postings:
                facts = facts_of(engine, posting, candidate, day=DAY)
                met = [fact for fact in lacking(facts) if fact.name == opening.demand.name]
                assert facts.match.band not in GOOD
                assert max(band_of(score(engine, posting, candidate, fact)) in GOOD for fact in met)


def test_openings_come_with_most_postings_first_and_count_each_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matcher.gaps.GOOD", frozenset({"strong", "good", "possible", "weak"}))
    assert opened_by(engine, "nurse") == (), "whoever is good already is opened nothing"

    monkeypatch.undo()
    engine.store.save(bare(a_posting("p3", text="Opgaver\n- Du tegner i SolidWorks\n- Du kører truck\n")))
    monkeypatch.setattr("matcher.gaps._good", lambda score: score > 0)
    monkeypatch.setattr("matcher.gaps.GOOD", frozenset())
    found = opened_by(engine, "nurse")

    counts = [len(opening.postings) for opening in found]
    assert counts == sorted(counts, reverse=True)
    assert all(len(set(opening.postings)) == len(opening.postings) for opening in found)
    [solidworks] = [opening for opening in found if opening.demand.concept == "solidworks"]
    assert set(solidworks.postings) == {"p1", "p3"}
