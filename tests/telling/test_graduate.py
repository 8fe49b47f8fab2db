"""To the graduate: short, in their own words, and nothing promised."""

import re

import pytest

from matcher.bands import BANDS, Band
from matcher.telling.graduate import to_graduate
from tests.telling.pairs import (
    CV,
    GERMAN,
    MADE_UP,
    QGIS,
    SOLIDWORKS,
    WELDING,
    asked,
    everything_fits,
    facts,
    full_pair,
    held,
    no_demands,
    nothing_fits,
    only_implied,
)

QUOTES = re.compile(r"»[^«]*«|“[^”]*”")


def told(text: str) -> str:
    """The text without what is quoted."""
    return QUOTES.sub("", text)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("pair", MADE_UP)
def test_a_graduate_reads_three_to_six_sentences_without_figures_or_promises(pair: str, language: str) -> None:
    telling = to_graduate(MADE_UP[pair](), language)

    assert 3 <= len(telling.statements) <= 6
    assert all(statement.text.endswith(".") for statement in telling.statements)
    assert not re.search(r"\d|%|procent|per cent|garant|helt sikkert|guarantee|perfe[kc]t|fantasti", told(telling.text))


@pytest.mark.parametrize("pair", MADE_UP)
def test_a_graduate_is_spoken_to_as_du_and_you(pair: str) -> None:
    assert re.search(r"\b(du|dit|din|dine)\b", told(to_graduate(MADE_UP[pair](), "da").text))
    assert re.search(r"\b(you|your)\b", told(to_graduate(MADE_UP[pair](), "en").text))


def test_their_own_words_stand_beside_the_postings() -> None:
    text = to_graduate(full_pair(), "da").text

    assert "Opslaget beder om »beregner svejste rammer«, og i dit CV står der »svejsninger af løfteåg«." in text


def test_the_same_words_on_both_sides_are_told_once() -> None:
    assert "Både opslaget og dit CV nævner »SolidWorks«." in to_graduate(everything_fits(), "da").text


def test_what_is_missing_comes_with_how_it_is_usually_learnt() -> None:
    found = facts((WELDING, "covered", held("svejsninger af løfteåg")), (QGIS, "missing", None))
    text = to_graduate(found, "en").text

    assert "We found nothing in your CV that corresponds to “QGIS”. A tool is usually learnt on a short course" in text


def test_of_what_is_missing_something_that_can_be_learnt_is_told_before_a_degree() -> None:
    statements = to_graduate(nothing_fits(), "da").statements

    assert [q.text for s in statements if s.basis == "missing" for q in s.quotes] == ["QGIS"]


def test_what_only_the_programme_gives_is_told_as_that() -> None:
    text = to_graduate(only_implied(), "da").text

    assert "giver normalt »QGIS«, men dit CV siger det ikke" in text


def test_a_degree_that_is_met_by_something_else_is_not_praised() -> None:
    degree = asked("kandidatgrad", kind="education")
    text = to_graduate(facts((degree, "covered", held("tegnede", kind="method"))), "da").text

    assert "tegnede" not in text


def test_masked_words_are_not_told() -> None:
    letterhead = held("████ ██████, Vestergade 3")
    text = to_graduate(facts((WELDING, "covered", letterhead), (SOLIDWORKS, "partly", letterhead)), "da").text

    assert "█" not in text
    assert "█" in CV.text


@pytest.mark.parametrize("band", BANDS)
def test_the_next_step_depends_on_the_band(band: Band) -> None:
    last = to_graduate(full_pair(band), "en").statements[-1]

    assert last.text.startswith("Next step:")
    assert {
        to_graduate(full_pair(other), "en").statements[-1].text == last.text for other in BANDS if other != band
    } == {False}


def test_a_posting_without_demands_is_told_as_one() -> None:
    assert "siger ikke klart, hvad de leder efter" in to_graduate(no_demands(), "da").text


def test_of_two_matches_musts_come_first() -> None:
    wish = asked("QGIS", strength="nice", kind="tool")
    found = facts((wish, "covered", held("kortlægning")), (WELDING, "covered", held("svejsninger af løfteåg")))

    assert [s.about for s in to_graduate(found, "da").statements][:2] == [(1,), (0,)]


def test_the_nearest_of_what_is_partly_there_is_told() -> None:
    found = facts((WELDING, "partly", held("svejsninger af løfteåg")), (GERMAN, "partly", held("Tysk A2")))

    assert sum(s.basis == "quoted" for s in to_graduate(found, "da").statements) == 1
