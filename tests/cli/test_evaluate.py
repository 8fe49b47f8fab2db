"""`matcher evaluate` as an analyst meets it: figures, a report, and clear words about what cannot be used."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Matcher, write_lines

Grades = Iterable[tuple[str, str, int]]
BOTH = (("welding", "engineer", 3), ("welding", "nurse", 0), ("health", "engineer", 0), ("health", "nurse", 3))


def judged(folder: Path, grades: Iterable[tuple[str, str, object]] = BOTH) -> Path:
    """A judgement file."""
    return write_lines(
        folder / "j.jsonl", *({"posting": posting, "candidate": c, "grade": grade} for posting, c, grade in grades)
    )


def placed(folder: Path, name: str = "log.csv") -> Path:
    """A history of four proposals, three of them in 2026, with the score of another system."""
    rows = [
        ("nurse", "welding", "2025-01-01", "rejected", "0,2"),
        ("engineer", "welding", "2026-01-02", "interview", "0,9"),
        ("nurse", "health", "2026-01-02", "hired", "0,4"),
        ("engineer", "health", "2026-01-02", "proposed", "0,7"),
    ]
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["candidate", "posting", "date", "outcome", "points"])
        writer.writerows(rows)
    return folder / name


def words(answer: Answer) -> str:
    return " ".join((answer.out + answer.err).split())


def test_every_measure_has_its_interval_and_its_number_of_queries(filled: Matcher, tmp_path: Path) -> None:
    answer = filled("evaluate", "--judgements", judged(tmp_path), "--json").json

    assert answer["metrics"]["ndcg@10"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    assert list(answer["metrics"]) == [
        "ndcg@10", "map", "mrr", "recall@5", "recall@10", "precision@5", "hit@5", "auc", "ece", "brier",
    ]  # fmt: skip
    assert all(set(found) == {"value", "low", "high", "n"} for found in answer["metrics"].values())


def test_programs_find_everything_by_its_name(filled: Matcher, tmp_path: Path) -> None:
    answer = filled("evaluate", "--judgements", judged(tmp_path), "--json").json

    assert set(answer) == {
        "metrics", "settings", "groups", "baselines", "families", "gaps", "leads", "calibration", "exposure",
        "ablation", "retrieval", "warnings",
    }  # fmt: skip
    assert set(answer["groups"]) == {"da-da", "da-en", "en-da", "en-en"}
    assert set(answer["baselines"]) == set(answer["leads"]) == {
        "random", "popularity", "bm25", "char_tfidf", "dense", "dense_plus_char", "hybrid_standardised",
    }  # fmt: skip
    assert set(answer["leads"]["bm25"]) == {"difference", "low", "high", "p_value", "n"}
    assert set(answer["ablation"]) == set(answer["settings"]["feature_groups"])
    assert set(answer["retrieval"]) == {"10%", "25%", "50%"}
    assert set(answer["gaps"]) == {"language_pair", "family"}
    assert answer["settings"]["judged@10"]["value"] == 1.0
    assert answer["settings"]["unjudged"].startswith("counted as grade 0")
    assert answer["warnings"] == []


def test_the_simple_methods_can_be_left_out(filled: Matcher, tmp_path: Path) -> None:
    answer = filled("evaluate", "--judgements", judged(tmp_path), "--without-baselines", "--json").json

    assert (answer["baselines"], answer["leads"]) == (None, {})


def test_postings_are_ranked_for_candidates_where_that_is_asked(filled: Matcher, tmp_path: Path) -> None:
    answer = filled("evaluate", "--judgements", judged(tmp_path), "--direction", "candidates", "--json").json

    assert answer["settings"]["direction"] == "candidates"
    assert answer["metrics"]["mrr"]["value"] == 1.0


def test_people_get_tables_in_their_language(filled: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english = words(filled("evaluate", "--judgements", judged(tmp_path)))
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    danish = words(filled("evaluate", "--judgements", judged(tmp_path)))

    assert "ndcg@10 │ 1.000 [1.000, 1.000] │ 2" in english
    assert "Beside the simple methods" in english
    assert "Competences held against demands" in english
    assert "Ved siden af de simple metoder" in danish
    assert "Kompetencer holdt op mod krav" in danish


def test_a_report_is_one_page_for_people_and_json_beside_it(
    filled: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    answer = filled("evaluate", "--judgements", judged(tmp_path), "--report", tmp_path / "r.html", "--json")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    beside = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))

    assert answer.json["metrics"]
    assert '<html lang="da">' in page
    assert "http://" not in page
    assert "https://" not in page
    for chapter in ("Værd at vide først", "Hvad er hver del værd?", "Hvad går den hurtige søgning glip af?"):
        assert chapter in page
        assert chapter in [section["title"] for section in beside["sections"]]


def test_unknown_ids_are_listed_and_left_out(filled: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = judged(tmp_path, [*BOTH, ("closed", "engineer", 2), ("welding", "stranger", 1)])
    answer = filled("evaluate", "--judgements", file, "--json").json
    shown = words(filled("evaluate", "--judgements", file))
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    danish = words(filled("evaluate", "--judgements", file))

    assert answer["settings"]["judgements_on_unknown_ids"] == 2
    assert answer["settings"]["unknown_postings"] == ["closed"]
    assert answer["settings"]["unknown_candidates"] == ["stranger"]
    assert answer["metrics"]["ndcg@10"]["n"] == 2
    assert "2 judgement(s) name ids that are not in this home and were left out" in shown
    assert "'stranger'" in shown
    assert "2 vurdering(er) nævner id'er, der ikke findes her" in danish


@pytest.mark.parametrize(
    ("grades", "english", "danish"),
    [
        ([*BOTH, ("welding", "nurse", 4)], "a grade from 0 to 3", "fra 0 til 3"),
        ([*BOTH, ("welding", "nurse", "god")], "'god'", "'god'"),
        ([*BOTH, ("welding", "nurse", 2)], "line 2", "linje 2"),
        ([("x", "y", 1)], "names both a posting and a candidate", "nævner både et opslag og en kandidat"),
        ([], "holds no row", "har ingen rækker"),
    ],
    ids=["a grade out of range", "a grade that is none", "a pair with two grades", "nobody known", "an empty file"],
)
def test_what_cannot_be_used_is_refused_in_plain_words(
    filled: Matcher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    grades: Iterable[tuple[str, str, object]],
    english: str,
    danish: str,
) -> None:
    file = judged(tmp_path, grades)
    refused = filled("evaluate", "--judgements", file)
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    afvist = filled("evaluate", "--judgements", file)

    assert (refused.code, afvist.code) == (1, 1)
    assert english in words(refused)
    assert danish in words(afvist)


@pytest.mark.parametrize(
    ("grade", "silent", "english", "danish"),
    [
        (0, {"ndcg@10", "map", "mrr", "auc"}, "there is nothing to find", "ikke noget at finde"),
        (1, {"map", "mrr", "auc"}, "Not one of the 4 judged pairs has grade 2", "Ikke ét af de 4"),
        (3, {"auc"}, "none can be told from another", "ingen kan skelnes"),
    ],
)
def test_one_class_only_leaves_measures_empty_and_says_so(
    filled: Matcher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    grade: int,
    silent: set[str],
    english: str,
    danish: str,
) -> None:
    file = judged(tmp_path, [(posting, candidate, grade) for posting, candidate, _ in BOTH])
    answer = filled("evaluate", "--judgements", file, "--json", "--report", tmp_path / "r.html")
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    spoken = filled("evaluate", "--judgements", file)

    metrics = answer.json["metrics"]
    empty = {"value": None, "low": None, "high": None, "n": 0}
    assert all(metrics[measure] == empty for measure in silent)
    assert metrics["brier"]["value"] is not None
    assert english in answer.json["warnings"][0]
    assert (answer.code, spoken.code) == (0, 0)
    assert danish in words(spoken)
    assert "nan" not in spoken.out


def test_a_history_is_evaluated_from_a_day_on(filled: Matcher, tmp_path: Path) -> None:
    answer = filled(
        "evaluate", "--placements", placed(tmp_path), "--before", "2026-01-01", "--json",
        "--report", tmp_path / "r.html",
    ).json  # fmt: skip

    assert answer["metrics"]["ndcg@10"] == {"value": 1.0, "low": None, "high": None, "n": 1}
    assert answer["settings"]["before"] == "2026-01-01"
    assert "matcher" not in answer["baselines"]
    assert {"random", "popularity"} <= set(answer["baselines"])
    assert set(answer["groups"]) == {"instrument", "language_pair", "family"}
    assert "2026-01-01" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_history_can_be_asked_from_the_candidates_side(filled: Matcher, tmp_path: Path) -> None:
    answer = filled(
        "evaluate", "--placements", placed(tmp_path), "--before", "2026-01-01", "--direction", "candidates", "--json"
    ).json

    assert answer["settings"]["direction"] == "candidates"
    assert answer["metrics"]["mrr"]["value"] == 1.0


def test_the_score_of_another_system_needs_no_home(matcher: Matcher, tmp_path: Path, home: Path) -> None:
    answer = matcher(
        "evaluate", "--placements", placed(tmp_path), "--before", "2026-01-01", "--score-column", "points", "--json"
    ).json

    assert answer["settings"]["score_column"] == "points"
    assert answer["metrics"]["ndcg@10"]["value"] == pytest.approx(0.6309, abs=1e-4)
    assert not home.exists()


def test_a_simulated_history_is_called_so_everywhere(filled: Matcher, tmp_path: Path) -> None:
    log = placed(tmp_path, "simulated.csv")
    report = tmp_path / "r.html"
    shown = filled("evaluate", "--placements", log, "--before", "2026-01-01", "--report", report)

    assert "This history is simulated" in words(shown)
    assert "This history is simulated" in report.read_text(encoding="utf-8")


def test_options_that_do_not_go_together_are_misuse(filled: Matcher, tmp_path: Path) -> None:
    judgements, log = judged(tmp_path), placed(tmp_path)

    assert filled("evaluate").code == 2
    assert filled("evaluate", "--judgements", judgements, "--placements", log).code == 2
    assert filled("evaluate", "--judgements", judgements, "--before", "2026-01-01").code == 2
    assert filled("evaluate", "--judgements", judgements, "--score-column", "points").code == 2
    assert filled("evaluate", "--placements", log, "--without-baselines").code == 2
    assert filled("evaluate", "--judgements", judgements, "--report", tmp_path / "r.json").code == 2


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    filled: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = filled("evaluate", "--judgements", judged(tmp_path), "--report", "no/such/r.html")

    assert refused.code == 1
    assert "no/such/r.html cannot be written: there is no folder no/such" in words(refused)
    assert "Ranking" not in refused.err
