"""`matcher explain` as a user meets it."""

import re

import pytest

from tests.cli.conftest import Matcher


def test_a_pair_is_explained_to_the_consultant_unless_another_is_named(filled: Matcher) -> None:
    answer = filled("explain", "welding", "engineer")

    assert answer.code == 0
    assert "Talking points: engineer and “Maskiningeniør”" in answer.out
    assert "What fits" in answer.out
    assert "“SolidWorks”" in answer.out


def test_what_lacks_is_listed_with_the_score_it_would_bring(filled: Matcher) -> None:
    out = filled("explain", "welding", "nurse").out

    assert "What lacks or is only partly there, and the match with just that added" in out
    assert "Score with it" in out
    assert "%" in out


def test_a_graduate_is_shown_no_score(filled: Matcher) -> None:
    out = filled("explain", "welding", "nurse", "--for", "graduate").out

    assert "You and “Maskiningeniør”" in out
    assert "Usually learnt" in out
    assert "%" not in out
    assert "Score" not in out


def test_a_company_is_shown_neither_id_nor_gaps_with_scores(filled: Matcher) -> None:
    out = filled("explain", "welding", "engineer", "--for", "company").out

    assert "A profile for “Maskiningeniør”" in out
    assert not re.search(r"\bengineer\b", out)
    assert "%" not in out


def test_the_texts_are_danish_where_danish_is_set(filled: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    assert "Samtaleark: engineer og »Maskiningeniør«" in filled("explain", "welding", "engineer").out


def test_json_holds_all_three_texts_with_their_quotes_and_the_gaps(filled: Matcher) -> None:
    answer = filled("explain", "welding", "nurse", "--json").json

    assert set(answer) == {"posting", "candidate", "model", "score", "band", "texts", "gaps"}
    assert set(answer["texts"]) == {"graduate", "consultant", "company"}
    quotes = [
        quote
        for text in answer["texts"].values()
        for paragraph in text["paragraphs"]
        for statement in paragraph["statements"]
        for quote in statement["quotes"]
    ]
    assert quotes
    assert {quote["side"] for quote in quotes} <= {"posting", "candidate"}
    assert answer["gaps"]
    for gap in answer["gaps"]:
        assert gap["score_with"] >= answer["score"]
        assert gap["band_with"] in ("strong", "good", "possible", "weak")
        assert gap["way"] in ("course", "praktik", "job", "education", "arrange")
        assert gap["note"]


@pytest.mark.parametrize("words", [("welding", "nobody"), ("nothing", "engineer")])
def test_an_unknown_id_is_refused_by_name(filled: Matcher, words: tuple[str, str]) -> None:
    answer = filled("explain", *words)

    assert answer.code == 1
    assert any(word in answer.err for word in ("nobody", "nothing"))


def test_an_unknown_reader_is_misuse(filled: Matcher) -> None:
    answer = filled("explain", "welding", "engineer", "--for", "mayor")

    assert answer.code == 2
    assert "mayor" in answer.err
