"""To the consultant: everything there is to say about a pair, each thing in its place."""

import pytest

from matcher.features import FEATURES
from matcher.messages.catalogue import catalogue
from matcher.telling.consultant import to_consultant
from matcher.telling.texts import Telling
from tests.telling.pairs import (
    GERMAN,
    QGIS,
    everything_fits,
    facts,
    full_pair,
    held,
    no_demands,
    nothing_fits,
)

KINDS = ("tool", "method", "knowledge", "language", "transversal", "licence", "education", "experience", "open")


def part(telling: Telling, key: str) -> list[str]:
    """The statements of one paragraph; none where it is left out."""
    return [
        statement.text for paragraph in telling.paragraphs if paragraph.key == key for statement in paragraph.statements
    ]


def test_every_sure_demand_is_told_once_where_it_belongs() -> None:
    telling = to_consultant(full_pair(), "da")
    about = {
        paragraph.key: {number for statement in paragraph.statements for number in statement.about}
        for paragraph in telling.paragraphs
    }

    assert about["fits"] == {0, 1, 3, 4}
    assert about["near"] == {2, 6, 7}
    assert about["lacks"] == {5}
    assert about["unsure"] == {8}
    assert about["ask"] == {2, 5, 6, 7}, "whatever is not clearly met is asked about"


def test_what_fits_has_both_quotes_and_where_it_was_gained() -> None:
    [first, *_] = part(to_consultant(full_pair(), "da"), "fits")

    assert (
        first == "Opslaget: »beregner svejste rammer« (skal). CV'et: »svejsninger af løfteåg« (studiejob, senest 2018)."
    )


def test_what_is_partly_there_says_why_it_is_not_all_of_it() -> None:
    near = part(to_consultant(full_pair(), "en"), "near")

    assert "It is like it, but not the same." in near[0]
    assert "The CV does not say so; the programme" in near[2]


def test_what_lacks_says_how_it_is_learnt() -> None:
    assert part(to_consultant(full_pair(), "da"), "lacks") == [
        "»Kørekort« (gerne). Kørekortet tages på køreskole og varer som regel et par måneder."
    ]


def test_the_interview_has_a_question_for_the_kind_of_each_demand() -> None:
    questions = part(to_consultant(full_pair(), "da"), "ask")

    assert "Opslaget nævner »Kørekort«: har du beviset, og gælder det endnu?" in questions
    assert (
        "CV'et siger »kortlægning«. Opslaget nævner »QGIS«: hvad har du brugt det til, og hvor selvstændigt?"
        in questions
    )
    assert any("hvor har du den erfaring fra" in question for question in questions)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_of_demand_has_a_question(language: str) -> None:
    for kind in KINDS:
        assert catalogue(language)[f"telling.question.{kind}"].count("{ask}") == 1


def test_reservations_name_everything_that_is_claimed_on_weak_grounds() -> None:
    doubts = "\n".join(part(to_consultant(full_pair(), "da"), "reservations"))

    assert "»svejsninger af løfteåg« (for »beregner svejste rammer«) er senest brugt i 2018" in doubts
    assert "»kortlægning« (for »QGIS«) er kun vist i fritiden." in doubts
    assert "»industrien« er kun antaget ud fra uddannelsen" in doubts
    assert "Opslaget beder om »Tysk på C1-niveau« (C1); CV'et siger »Tysk A2« (A2)." in doubts
    assert "(3 år); CV'et siger »Ét års erfaring fra et værksted« (1 år)." in doubts
    assert "»kandidatgrad« tæller som dækket af »tegnede«, men det er noget af en anden slags" in doubts


def test_a_competence_of_last_year_is_not_old_and_needs_no_reservation() -> None:
    fresh = held("kortlægning", last_year=2025)

    assert part(to_consultant(facts((QGIS, "covered", fresh)), "da"), "reservations") == []


def test_a_language_without_a_level_is_a_reservation() -> None:
    plain = held("Tysk", kind="language", concept="german-language")
    telling = to_consultant(facts((GERMAN, "covered", plain), languages=[plain]), "en")

    assert part(telling, "reservations") == [
        "The posting asks for “Tysk på C1-niveau” (C1); the CV says “Tysk” and not how well."
    ]


def test_a_level_in_words_is_told_in_the_readers_language() -> None:
    basic = held("Tysk A2", kind="language", concept="german-language", level="basic")
    telling = to_consultant(facts((GERMAN, "covered", basic), languages=[basic]), "da")

    assert "(begynder)" in part(telling, "reservations")[0]


def test_the_summary_tells_band_counts_and_what_draws_the_score() -> None:
    band, counts, up, down = part(to_consultant(full_pair(), "da"), "summary")

    assert band.startswith("Matchet er godt:")
    assert counts == "Dækket: 4 af 8 krav, heraf 4 af 7 skal-krav. Delvist: 3. Mangler: 1."
    assert "handler i det hele taget om noget, der ligner" in up
    assert "dækkes dårligere" in down


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_feature_of_the_ranker_has_words(language: str) -> None:
    for feature in FEATURES:
        assert {f"telling.feature.{feature}.up", f"telling.feature.{feature}.down"} <= set(catalogue(language))


def test_a_feature_without_words_is_left_out() -> None:
    found = facts((QGIS, "missing", None), contributions={"base": -1.0, "magic": 3.0})

    assert len(part(to_consultant(found, "en"), "summary")) == 2


def test_a_posting_without_demands_is_said_to_be_one() -> None:
    assert "spørg arbejdsgiveren" in part(to_consultant(no_demands(), "da"), "summary")[1]


def test_empty_paragraphs_are_left_out() -> None:
    assert [p.key for p in to_consultant(nothing_fits(), "da").paragraphs] == ["summary", "lacks", "ask"]
    assert [p.key for p in to_consultant(everything_fits(), "da").paragraphs] == ["summary", "fits"]
