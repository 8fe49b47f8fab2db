"""When a competence covers a demand is fitted to the pairs for tuning, and measured on the others."""

from dataclasses import replace

import numpy as np
import pytest

from eval import cover as fitting
from eval.cover import STATUSES, fitted_cover, measured_cover, strangers_of, unrelated
from eval.phrase_pairs import Pair, read_pairs
from matcher.fit import Cover
from matcher.records import Status
from matcher.reference.cohort import reference_candidates, reference_postings
from models.hashing import HashingEncoder
from tests.engine.phrases import COVER
from tests.eval.test_phrase_pairs import a_pair

PAIRS_OF_LANGUAGES = ("da-da", "da-en", "en-da", "en-en")


def some_pairs(part: str, *, upside_down: bool = False) -> list[Pair]:
    """The same words are covered, half of them partly, others missing; or the other way round."""
    words = ["svejse rør", "bage brød", "male huse", "holde taler", "rense brønde", "slibe glas", "klippe hække"]
    verdicts: tuple[Status, ...] = STATUSES if not upside_down else STATUSES[::-1]  # type: ignore[assignment]
    rows = []
    for place, word in enumerate(words):
        other = words[(place + 3) % len(words)]
        for status, said in zip(verdicts, (f"{other} hver dag", f"{word} sammen med {other}", word), strict=True):
            rows.append(a_pair(word, said, status, part))
    return rows


@pytest.fixture
def norms(monkeypatch: pytest.MonkeyPatch) -> None:
    """How near unrelated phrases lie, without reading the cohort."""
    means, deviations = (dict.fromkeys((*PAIRS_OF_LANGUAGES, "any"), value) for value in (0.1, 0.2))
    monkeypatch.setattr(fitting, "unrelated", lambda _encoder: (means, deviations))


def given(monkeypatch: pytest.MonkeyPatch, *pairs: list[Pair]) -> None:
    monkeypatch.setattr(fitting, "read_pairs", lambda: [pair for part in pairs for pair in part])


def fitted() -> Cover:
    return fitted_cover(HashingEncoder())


def measured(cover: Cover, part: str = "test") -> dict[str, float]:
    return measured_cover(HashingEncoder(), cover, part)


@pytest.mark.usefixtures("norms")
def test_what_was_fitted_tells_covered_from_missing_and_partly_from_both(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, some_pairs("dev"), some_pairs("test"))

    found = measured(fitted())

    assert found["pairs"] == 21
    assert found["auc_covered_missing"] == 1
    assert found["accuracy"] > 0.8
    assert found["mean_f1"] > 0.8
    assert found["called_covered_though_missing"] == 0


@pytest.mark.usefixtures("norms")
def test_the_test_part_changes_nothing_that_is_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, some_pairs("dev"))
    alone = fitted()

    given(monkeypatch, some_pairs("test", upside_down=True), some_pairs("dev"))

    assert fitted() == alone


@pytest.mark.usefixtures("norms")
def test_the_part_for_tuning_does(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, some_pairs("dev"))
    alone = fitted()

    given(monkeypatch, some_pairs("dev", upside_down=True))

    assert fitted() != alone
    assert fitted().nearness == 0  # nearness never counts against a competence


@pytest.mark.usefixtures("norms")
def test_a_concept_in_common_counts_and_no_kinship_counts_against(monkeypatch: pytest.MonkeyPatch) -> None:
    same = [a_pair("etnografi", "ethnography", "covered", offered="en"), a_pair("SQL", "SQL", "covered")]
    other = [a_pair("etnografi", "svejse brædder", "missing"), a_pair("SQL", "SQUASH", "missing")]
    given(monkeypatch, same * 8, other * 8)

    found = fitted()

    assert found.same > 0
    assert min(found.narrower, found.broader, found.nearness) >= 0


@pytest.mark.usefixtures("norms")
def test_the_thresholds_are_in_order_and_the_cover_can_be_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, some_pairs("dev"))

    found = fitted()

    assert 0 < found.partly < found.covered < 1
    assert found.doubt == fitting.DOUBT
    assert all(isinstance(value, float) for value in (found.nearness, found.same, found.intercept, found.covered))


def test_measures_are_those_of_a_count_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: tuple[Status, ...] = ("covered", "covered", "partly", "missing", "missing", "missing")
    given(monkeypatch, [a_pair("a", f"b{n}", status, "test") for n, status in enumerate(wanted)])
    monkeypatch.setattr(fitting, "chances", lambda *_: np.array([0.9, 0.3, 0.4, 0.6, 0.1, 0.2]))
    # said at .5 and .25: covered, partly, partly, covered, missing, missing

    found = measured(replace(COVER, covered=0.5, partly=0.25))

    assert found == {
        "pairs": 6,
        "auc_covered_missing": pytest.approx(5 / 6),  # of six pairs of a covered and a missing one, one is turned round
        "accuracy": pytest.approx(4 / 6),
        "mean_f1": pytest.approx((1 / 2 + 2 / 3 + 4 / 5) / 3),
        "covered_precision": 0.5,
        "called_covered_though_missing": pytest.approx(1 / 3),
    }


def test_a_threshold_belongs_to_the_better_status() -> None:
    said = fitting._said(np.array([0.5, 0.25, 0.24]), 0.5, 0.25)

    assert said.tolist() == ["covered", "partly", "missing"]


def test_where_nothing_is_called_covered_there_is_no_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, some_pairs("test"))

    assert np.isnan(measured(replace(COVER, intercept=-50.0))["covered_precision"])


@pytest.mark.slow
def test_unrelated_phrases_are_those_of_reference_documents_of_different_fields(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields = {fitting.field_of(record.id) for record in reference_postings()}
    few = sorted(fields)[:2]
    few_postings = [record for record in reference_postings() if fitting.field_of(record.id) in few]
    few_candidates = [record for record in reference_candidates() if fitting.field_of(record.id) in few]
    monkeypatch.setattr(fitting, "reference_postings", lambda: few_postings)
    monkeypatch.setattr(fitting, "reference_candidates", lambda: few_candidates)
    encoder = HashingEncoder()

    means, deviations = unrelated(strangers_of(encoder))

    assert set(means) == set(deviations) == {*PAIRS_OF_LANGUAGES, "any"}
    postings = [fitting._phrases(record, encoder) for record in few_postings]
    candidates = [fitting._phrases(record, encoder) for record in few_candidates]
    across = [
        (asked.vectors @ offered.vectors.T).ravel()
        for asked, record in zip(postings, few_postings, strict=True)
        for offered, other in zip(candidates, few_candidates, strict=True)
        if fitting.field_of(record.id) != fitting.field_of(other.id)
    ]
    assert means["any"] == pytest.approx(float(np.concatenate(across).mean()), abs=1e-4)
    assert min(deviations.values()) > 0


@pytest.mark.slow
@pytest.mark.usefixtures("norms")
def test_the_real_pairs_can_be_fitted_without_any_weights() -> None:
    found = fitted()

    assert found.same > 0
    assert 0.6 < measured(found)["auc_covered_missing"] < 1
    assert {pair.part for pair in read_pairs()} == {"dev", "test"}
