import logging

import numpy as np
import pytest

from eval.baselines import (
    Documents,
    bm25_scores,
    char_tfidf_scores,
    dense_scores,
    popularity_run,
    random_scores,
    run_baselines,
    standardised,
)
from eval.runs import Run
from tests.eval.builders import WordEncoder, a_candidate, a_posting

POSTINGS = [
    a_posting("p2", "Vi søger en sygeplejerske til akutafdelingen", title="Sygeplejerske"),
    a_posting("p1", "We need an engineer for wind turbine blades", language="en", title="Engineer"),
]
CANDIDATES = [
    a_candidate("c3", "Uddannet sygeplejerske med erfaring fra akutafdelingen"),
    a_candidate("c1", "Engineer, wrote a thesis on turbine blades in the wind tunnel", language="en"),
    a_candidate("c2", "Kandidat i historie, formidling og arkiv"),
    a_candidate("c4", "Philosopher with a taste for logic", language="en"),
]
NAMES = ["random", "bm25", "char_tfidf", "dense", "dense_plus_char", "hybrid_standardised"]


def baselines(encoder: WordEncoder | None = None) -> dict[str, Run]:
    return {run.name: run for run in run_baselines(POSTINGS, CANDIDATES, encoder or WordEncoder())}


def documents(*texts: str) -> Documents:
    return Documents.of([a_candidate(f"d{n}", text) for n, text in enumerate(texts)])


def test_every_baseline_ranks_every_candidate_for_every_posting() -> None:
    runs = baselines()

    assert list(runs) == NAMES
    for run in runs.values():
        assert {query: set(ids) for query, ids in run.rankings.items()} == {
            posting.id: {"c1", "c2", "c3", "c4"} for posting in POSTINGS
        }


@pytest.mark.parametrize("name", NAMES[1:])
def test_every_baseline_but_chance_finds_the_one_that_shares_the_words(name: str) -> None:
    rankings = baselines()[name].rankings

    assert rankings["p1"][0] == "c1"
    assert rankings["p2"][0] == "c3"


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_input_changes_nothing(name: str) -> None:
    again = {run.name: run for run in run_baselines(POSTINGS[::-1], CANDIDATES[::-1], WordEncoder())}

    assert again[name].rankings == baselines()[name].rankings
    assert again[name].scores == baselines()[name].scores


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_same_cv_twice_scores_the_same_and_stands_by_id(name: str) -> None:
    twins = [*CANDIDATES, a_candidate("c0", CANDIDATES[1].text, language="en")]
    run = next(run for run in run_baselines(POSTINGS, twins, WordEncoder()) if run.name == name)

    assert run.scores["p1"]["c0"] == run.scores["p1"]["c1"]
    assert run.rankings["p1"][:2] == ("c0", "c1")


def test_candidates_can_ask_for_postings() -> None:
    runs = {run.name: run for run in run_baselines(POSTINGS, CANDIDATES, WordEncoder(), direction="candidates")}

    assert list(runs) == NAMES
    assert runs["bm25"].rankings["c3"] == ("p2", "p1")
    assert runs["dense"].scores["c3"]["p2"] == baselines()["dense"].scores["p2"]["c3"]


HISTORY = {"p1": {"a": 3, "b": 1}, "p2": {"a": 2, "b": 0}, "p3": {"b": 3}}


def test_popularity_is_the_mean_grade_over_the_other_queries() -> None:
    run = popularity_run(["p1", "p3"], ["a", "b", "c"], HISTORY)

    assert run.name == "popularity"
    assert run.scores["p1"] == {"a": 2 / 2, "b": 3 / 2, "c": 0}
    assert run.scores["p3"] == {"a": 5 / 2, "b": 1 / 2, "c": 0}
    assert run.rankings["p1"] == ("b", "a", "c")


def test_popularity_never_sees_the_grades_of_its_own_query() -> None:
    other = {**HISTORY, "p1": {"c": 3}}

    assert popularity_run(["p1"], "abc", HISTORY) == popularity_run(["p1"], "abc", other)


def test_popularity_of_a_new_query_is_over_all_that_is_known() -> None:
    assert popularity_run(["new"], "ab", HISTORY).scores["new"] == {"a": 5 / 3, "b": 4 / 3}


@pytest.mark.parametrize("history", [{}, {"p1": {"a": 3}}])
def test_without_a_history_nobody_is_popular(history: dict[str, dict[str, int]]) -> None:
    assert popularity_run(["p1"], "ab", history).scores["p1"] == {"a": 0, "b": 0}


def test_popularity_passes_over_what_is_not_here_any_more() -> None:
    assert popularity_run(["p1"], ["b"], HISTORY).rankings == {"p1": ("b",)}


def test_documents_stand_in_the_order_of_their_ids() -> None:
    sides = Documents.of(CANDIDATES)

    assert sides.ids == ("c1", "c2", "c3", "c4")
    assert sides.languages == ("en", "da", "da", "en")
    assert sides.texts[1].startswith("Kandidat i historie")


def test_without_documents_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(ValueError, match="at least one posting and one candidate"):
        run_baselines(POSTINGS, [], WordEncoder())


def test_chance_depends_on_the_ids_and_the_seed_alone() -> None:
    few, many = documents("a", "b"), documents("b", "a", "c")
    queries = documents("q")

    assert random_scores(queries, few)[0].tolist() == random_scores(queries, many)[0, :2].tolist()
    assert random_scores(queries, few, seed=1).tolist() != random_scores(queries, few).tolist()


def test_chance_is_even() -> None:
    many = documents(*"x" * 60)
    scores = random_scores(many, many)

    assert 0 <= scores.min() < 0.01
    assert 0.99 < scores.max() < 1
    assert scores.mean() == pytest.approx(0.5, abs=0.02)


def test_bm25_is_the_formula_of_lucene() -> None:
    items = documents("kode kode test", "test", "plan og kode")
    k1, b, mean_length, count = 1.5, 0.75, 7 / 3, 3
    rarity = np.log(1 + (count - 2 + 0.5) / (2 + 0.5))
    by_hand = [
        rarity * times / (times + k1 * (1 - b + b * length / mean_length)) for times, length in [(2, 3), (0, 1), (1, 3)]
    ]

    assert bm25_scores(documents("Kode!"), items)[0] == pytest.approx(by_hand)
    assert bm25_scores(documents("kode ukendt kode"), items)[0] == pytest.approx(2 * np.array(by_hand))


def test_bm25_reads_danish_letters_however_they_are_composed() -> None:
    scores = bm25_scores(documents("ÅRSREGNSKAB"), documents("a\u030arsregnskab", "arsregnskab"))

    assert scores[0, 0] > 0
    assert scores[0, 1] == 0


@pytest.mark.parametrize("texts", [("!!!", "..."), ("kode", "???")])
def test_bm25_gives_zero_where_there_are_no_words(texts: tuple[str, str]) -> None:
    assert bm25_scores(documents("kode", "!?"), documents(*texts))[:, 1].tolist() == [0, 0]


def test_bm25_keeps_quiet(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bm25_scores(documents("kode"), documents("kode", "test"))

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_char_ngrams_see_a_word_within_a_compound_where_words_do_not() -> None:
    query, items = documents("regnskab"), documents("årsregnskabet", "havearbejde")

    assert bm25_scores(query, items)[0, 0] == 0
    assert char_tfidf_scores(query, items)[0, 0] > char_tfidf_scores(query, items)[0, 1]


def test_char_tfidf_is_a_cosine() -> None:
    texts = documents("regnskab og revision", "jura", "revision og regnskab")
    scores = char_tfidf_scores(texts, texts)

    assert np.diag(scores) == pytest.approx(1)
    assert scores.min() >= 0
    assert scores == pytest.approx(scores.T)


def test_dense_asks_with_the_posting_and_answers_with_the_cv() -> None:
    encoder = WordEncoder()
    scores = dense_scores(Documents.of(POSTINGS), Documents.of(CANDIDATES), encoder)

    assert encoder.roles == ["query", "passage"]
    assert scores.shape == (2, 4)


def test_the_title_of_a_posting_is_part_of_its_text() -> None:
    titled = Documents.of([a_posting("p1", "Vi glæder os til at høre fra dig", title="Landmåler")])

    assert bm25_scores(titled, documents("landmåler", "gartner"))[0].tolist()[1] == 0
    assert bm25_scores(titled, documents("landmåler", "gartner"))[0].tolist()[0] > 0


def test_dense_plus_char_is_their_sum() -> None:
    runs = baselines()

    assert runs["dense_plus_char"].scores["p1"]["c4"] == pytest.approx(
        runs["dense"].scores["p1"]["c4"] + runs["char_tfidf"].scores["p1"]["c4"]
    )


def test_standardising_takes_away_the_advantage_of_a_language() -> None:
    scores = np.array([[0.9, 0.8, 0.3, 0.1]])

    assert standardised(scores, ["da", "da", "en", "en"])[0] == pytest.approx([1, -1, 1, -1])


def test_standardising_is_done_for_each_query_on_its_own() -> None:
    scores = np.array([[0.1, 0.2, 0.3], [10.0, 20.0, 30.0]])
    first, second = standardised(scores, ["da"] * 3)

    assert first == pytest.approx(second)
    assert first == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])


def test_standardising_leaves_equals_and_a_lone_cv_at_zero() -> None:
    scores = np.array([[0.1, 0.1, 0.1, 0.7]])

    assert standardised(scores, ["da", "da", "da", "en"]).tolist() == [[0, 0, 0, 0]]


def test_the_hybrid_lifts_the_best_of_the_other_language_where_the_plain_sum_does_not() -> None:
    postings = [a_posting("p", "analyse af data og tal i python til rapporter", title="Analytiker")]
    candidates = [
        a_candidate("da1", "analyse af tal og rapporter til ledelsen i en afdeling"),
        a_candidate("da2", "arbejde i en butik og til tider af og til i haven"),
        a_candidate("da3", "undervisning af unge og til dels i en klub"),
        a_candidate("en1", "python developer on the board", language="en"),
        a_candidate("en2", "gardening for the board", language="en"),
        a_candidate("en3", "teaching for the young", language="en"),
    ]
    runs = {run.name: run.rankings["p"] for run in run_baselines(postings, candidates, WordEncoder())}

    assert set(runs["hybrid_standardised"][:2]) == {"da1", "en1"}
    assert set(runs["dense_plus_char"][:2]) == {"da1", "da2"}
