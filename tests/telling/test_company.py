"""To the company: which demands a profile meets, and not a word that tells who it is."""

import re
from dataclasses import replace

import pytest

from matcher.engine import Engine
from matcher.telling.company import to_company
from matcher.telling.facts import Facts, facts_of
from matcher.telling.texts import Telling
from tests.telling.pairs import (
    CV,
    DAY,
    MADE_UP,
    POSTING,
    QGIS,
    SOLIDWORKS,
    WELDING,
    asked,
    everything_fits,
    facts,
    full_pair,
    held,
    nothing_fits,
    only_implied,
)

LANGUAGES = ("da", "en")


def whole(telling: Telling) -> str:
    """All that leaves the house: the text, and every statement and quote behind it."""
    parts = [telling.text, *(statement.text for statement in telling.statements)]
    return "\n".join([*parts, *(quote.text for statement in telling.statements for quote in statement.quotes)])


def assert_nobody_is_told(found: Facts, telling: Telling, names: tuple[str, ...] = ()) -> None:
    text, candidate = whole(telling), found.candidate
    assert "█" not in text
    assert not re.search(r"(?:\d[ .\-]?){6,}|@", text)
    assert {quote.side for statement in telling.statements for quote in statement.quotes} <= {"posting"}
    hidden = [candidate.id, candidate.institution, candidate.postcode, candidate.programme, *names]
    for words in filter(None, hidden):
        assert not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text), words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", MADE_UP)
def test_nobody_is_told_of_a_made_up_pair(pair: str, language: str) -> None:
    found = MADE_UP[pair]()

    assert_nobody_is_told(found, to_company(found, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_not_be_told_is_left_out_even_where_the_posting_says_it(language: str) -> None:
    text = "Du kan k-31 og QGIS. Ring til █████ på 98 12 34 56 eller skriv til bo@firma.dk. Se www.firma.dk."
    posting = replace(POSTING, text=text, title="Planlægger, ring 98123456")
    demands = ("kan k-31", "QGIS", "Ring til █████", "98 12 34 56", "bo@firma.dk", "www.firma.dk")
    found = facts(*((asked(words, posting=posting), "missing", None) for words in demands), posting=posting)
    telling = to_company(found, language)

    assert_nobody_is_told(found, telling)
    assert [q.text for s in telling.statements for q in s.quotes] == ["QGIS"]
    assert "98123456" not in telling.title


def test_no_word_of_the_cv_is_told() -> None:
    text = whole(to_company(full_pair(), "da"))
    ours = set(re.findall(r"\w{5,}", CV.text.casefold())) - set(re.findall(r"\w{5,}", POSTING.text.casefold()))

    assert {word for word in re.findall(r"\w{5,}", text.casefold()) if word in ours} <= {"fritid", "studiejob"}


def test_demands_are_listed_by_where_the_competence_was_gained() -> None:
    shown = to_company(full_pair(), "da").text

    assert "Vist i et studiejob: »beregner svejste rammer«, »SolidWorks«." in shown
    assert "Nævnt i CV'ets liste over kompetencer: »Tysk på C1-niveau«." in shown


def test_the_background_is_a_degree_and_a_broad_field() -> None:
    assert (
        "Profilen har en uddannelse (kandidat) inden for teknik, produktion og byggeri."
        in to_company(everything_fits(), "da").text
    )


def test_of_several_programmes_the_highest_degree_is_told() -> None:
    both = replace(everything_fits(), programmes=("bsc-techno-anthropology", "msc-mechanical-design"))

    assert "kandidat" in to_company(both, "da").text


def test_a_cv_without_a_known_programme_is_said_to_be_one() -> None:
    assert "nævner ingen uddannelse" in to_company(replace(everything_fits(), programmes=()), "da").text


def test_a_degree_met_by_something_else_is_to_be_clarified_and_not_met() -> None:
    parts = {p.key: p for p in to_company(full_pair(), "da").paragraphs}

    assert "kandidatgrad" in parts["clarify"].statements[0].text
    assert "kandidatgrad" not in "".join(statement.text for statement in parts["meets"].statements)


def test_what_the_programme_only_implies_is_never_said_to_be_met() -> None:
    parts = {p.key: p for p in to_company(only_implied(), "en").paragraphs}

    assert "meets" not in parts
    assert (
        parts["clarify"].statements[0].text == "Usually comes with the programme, but the CV does not say so: “QGIS”."
    )


def test_what_lacks_is_listed_by_how_it_is_learnt() -> None:
    parts = {p.key: p for p in to_company(nothing_fits(), "da").paragraphs}

    assert [statement.text for statement in parts["learn"].statements] == [
        "Ikke fundet i CV'et; det læres som regel på et kursus: »QGIS«.",
        "Ikke fundet i CV'et; det kræver som regel en uddannelse: »kandidatgrad«.",
    ]


def test_a_competence_of_no_known_origin_is_named_in_the_cv() -> None:
    nowhere = facts((SOLIDWORKS, "covered", held("SolidWorks", source=None)), (WELDING, "covered", held("tegnede")))

    assert "Nævnt i CV'et: »SolidWorks«." in to_company(nowhere, "da").text
    assert QGIS.label not in to_company(nowhere, "da").text


def test_nobody_is_told_of_pairs_that_the_engine_scored(engine: Engine) -> None:
    for candidate in ("engineer", "nurse"):
        for posting in ("p1", "p2"):
            found = facts_of(engine, posting, candidate, day=DAY)
            for language in LANGUAGES:
                assert_nobody_is_told(found, to_company(found, language))


@pytest.mark.slow
@pytest.mark.model
def test_nobody_of_the_sample_is_told(sample_engine: Engine) -> None:
    for id in sample_engine.store.ids("candidate"):
        names = sample_engine.store.contact("candidate", id).names
        subject = sample_engine.subject("candidate", id)
        for match in sample_engine.scored(subject.rows, "posting", sample_engine.indexes.pool("posting").ids, 2):
            found = facts_of(sample_engine, match.posting, id, day=DAY)
            for language in LANGUAGES:
                assert_nobody_is_told(found, to_company(found, language), names)
