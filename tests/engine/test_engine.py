"""What a user may rely on: the order, and that a pair's score is its own."""

from math import exp

import pytest

from matcher import assemble
from matcher.employers import suggest_employers
from matcher.engine import Engine
from matcher.errors import NothingToMatch, UnknownId
from matcher.records import Match
from matcher.settings import Settings
from tests.builders import NURSE_CV, WELDER_CV, WELDING_POSTING, a_candidate, a_posting, bare, health_posting


def order(matches: list[Match]) -> list[str]:
    return [match.candidate for match in matches]


def scores(matches: list[Match]) -> dict[str, float]:
    return {match.candidate: match.score for match in matches}


def test_the_engineer_leads_the_shortlist_of_the_engineering_posting(engine: Engine) -> None:
    assert order(engine.match_posting("p1"))[0] == "engineer"


def test_public_health_graduates_lead_the_shortlist_of_the_health_posting(engine: Engine) -> None:
    assert order(engine.match_posting("p2"))[-1] == "engineer"


def test_a_graduate_gets_the_posting_of_the_own_field_first(engine: Engine) -> None:
    assert [match.posting for match in engine.match_candidate("engineer")] == ["p1", "p2"]


def test_ranks_count_from_one_and_the_limit_holds(engine: Engine) -> None:
    assert [match.rank for match in engine.match_posting("p1", limit=2)] == [1, 2]


def test_a_score_does_not_change_when_others_come_and_go(engine: Engine) -> None:
    before = scores(engine.match_posting("p1"))
    engine.store.save(bare(*(a_candidate(f"new{n}", f"{WELDER_CV}\nLinje {n} om noget helt andet.") for n in range(9))))
    engine.store.delete("candidate", "nurse-da")
    after = scores(engine.match_posting("p1"))

    assert after["engineer"] == before["engineer"]
    assert after["nurse-en"] == before["nurse-en"]
    assert "nurse-da" not in after


def test_a_pair_has_the_same_score_from_either_side(engine: Engine) -> None:
    from_posting = scores(engine.match_posting("p2"))
    from_candidates = {
        id: match.score for id in from_posting for match in engine.match_candidate(id) if match.posting == "p2"
    }

    assert from_candidates == from_posting


def test_a_pasted_posting_scores_as_a_stored_one_and_is_not_stored(engine: Engine) -> None:
    pasted = engine.match_posting(a_posting("pasted"))

    assert scores(pasted) == scores(engine.match_posting("p1"))
    assert [match.demands for match in pasted] == [match.demands for match in engine.match_posting("p1")]
    assert list(engine.store.ids("posting")) == ["p1", "p2"]


def test_the_same_question_gets_the_same_answer_from_a_second_engine(engine: Engine, settings: Settings) -> None:
    assert assemble.engine(settings).match_posting("p1") == engine.match_posting("p1")


def test_equal_documents_are_ordered_by_id(engine: Engine) -> None:
    engine.store.save(bare(a_candidate("twin-b"), a_candidate("twin-a")))

    assert order(engine.match_posting("p1"))[:3] == ["engineer", "twin-a", "twin-b"]


def test_a_changed_document_is_compared_as_it_is_now(engine: Engine) -> None:
    assert order(engine.match_posting("p1"))[0] == "engineer"
    engine.store.save(bare(a_candidate("engineer", NURSE_CV), a_candidate("nurse-en", WELDER_CV)))

    assert order(engine.match_posting("p1"))[0] == "nurse-en"


def test_contributions_add_up_to_the_score(engine: Engine) -> None:
    for match in engine.match_posting("p1"):
        assert match.score == pytest.approx(1 / (1 + exp(-sum(match.contributions.values()))), abs=1e-12)


def test_names_and_contact_lines_do_not_move_a_score(engine: Engine) -> None:
    heads = {
        "short": "Bo Lund\nÅvej 2, 9000 Aalborg\nTlf. 21 43 65 87\n\n",
        "long": "Anne-Margrethe Vestergaard Christoffersen\nStrandvejen 117, 9000 Aalborg\nTlf. +45 21 43 65 87\n\n",
    }
    engine.store.save(bare(*(a_candidate(id, head + WELDER_CV) for id, head in heads.items())))
    found = scores(engine.match_posting("p1"))

    assert "Bo" not in engine.candidate("short").text
    assert found["short"] == found["long"]


def test_employers_are_ranked_by_their_best_posting(settings: Settings) -> None:
    made = assemble.engine(settings)
    works = a_posting()
    clinic = health_posting()
    records = [
        type(p)(**{f: getattr(p, f) for f in p.__dataclass_fields__} | {"employer": e})
        for p, e in ((works, "Maskinværket"), (clinic, "Sundhedshuset"))
    ]
    made.store.save(bare(a_candidate(), *records))

    assert [found.employer for found in suggest_employers(made, "c1")] == ["Maskinværket", "Sundhedshuset"]
    assert suggest_employers(made, "c1", limit=1)[0].postings == ("p1",)


def test_pruned_retrieval_keeps_the_best_and_scores_them_the_same(engine: Engine, settings: Settings) -> None:
    pruning = assemble.engine(settings.model_copy(update={"exact_pool": 1, "retrieve": 2}))

    assert pruning.match_posting("p1", limit=1) == engine.match_posting("p1", limit=1)
    assert pruning.match_candidate("engineer", limit=1) == engine.match_candidate("engineer", limit=1)


@pytest.mark.parametrize(
    "text", ["Кухар з досвідом у ресторані, готує для великих груп гостей.", "😀 a 😀", "1234 ..."]
)
def test_a_document_unlike_every_reference_is_no_match_for_anything(engine: Engine, text: str) -> None:
    engine.store.save(bare(a_candidate("odd", text)))
    pasted = a_posting("odd", "Кухар", f"{WELDING_POSTING}\nКухар готує")

    assert order(engine.match_posting("p1"))[0] == "engineer"
    assert order(engine.match_posting(pasted))[0] == "engineer"


def test_a_candidate_deleted_by_another_process_meanwhile_is_left_out(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.refresh()
    monkeypatch.setattr(engine, "refresh", lambda: False)  # the other process deletes after our refresh
    engine.store.delete("candidate", "engineer")

    assert order(engine.match_posting("p1")) != []
    assert "engineer" not in order(engine.match_posting("p1"))


def test_a_posting_stored_by_another_process_after_the_refresh_is_unknown_or_found(engine: Engine) -> None:
    engine.refresh()
    engine.store.save(bare(a_posting("late")))

    assert engine.match_posting("late")


def test_an_unknown_posting_is_refused_by_name(engine: Engine) -> None:
    with pytest.raises(UnknownId, match="p99"):
        engine.match_posting("p99")


def test_a_posting_without_candidates_to_rank_says_how_to_add_some(settings: Settings) -> None:
    made = assemble.engine(settings)
    made.store.save(bare(a_posting()))

    with pytest.raises(NothingToMatch, match="matcher ingest candidates"):
        made.match_posting("p1")
