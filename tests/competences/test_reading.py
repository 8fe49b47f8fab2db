"""Whole postings and CVs, read with a spotter of a few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.competences.reading import read_candidate, read_posting, spans
from matcher.extraction import extract_posting
from matcher.records import Candidate, Demand, Posting
from tests.competences.spotters import candidate, posting, spot_words


def demands(text: str) -> list[Demand]:
    return list(read_posting(posting(text), spot=spot_words))


def asked(text: str) -> dict[str, str]:
    return {demand.evidence: demand.strength for demand in demands(text)}


def test_requirements_are_demands_with_their_strength() -> None:
    text = (
        "Din profil\n- Du har erfaring med SQL\n- Gerne Power BI\n\n"
        "Nice to have\n- Python\n\nVi tilbyder\n- kursus i Excel"
    )
    assert asked(text) == {"SQL": "must", "Power BI": "nice", "Python": "nice"}


def test_a_posting_in_running_text_is_read_sentence_by_sentence() -> None:
    text = (
        "Vi er et værksted i Hobro, og vores maskiner tegnes i SolidWorks.\n\n"
        "Du har læst maskinteknik og er god til Excel. "
        "Du behøver ikke kende SQL. Har du brugt Python, er det et plus.\n\n"
        "Vi giver kurser i projektledelse. Send din ansøgning til os."
    )
    assert asked(text) == {"maskinteknik": "must", "Excel": "must", "Python": "nice"}


def test_tasks_are_demands_with_less_confidence() -> None:
    found = {demand.concept: demand.confidence for demand in demands("Opgaver\n- SQL\n\nKrav\n- Python")}
    assert 0 < (found["sql"] or 0) < (found["python"] or 0) <= 1


def test_a_bullet_that_no_vocabulary_knows_is_an_open_demand_without_its_lead_in() -> None:
    found = [
        demand
        for demand in demands("Krav\n- Du har solid erfaring med at rigge teltmaster på skråninger")
        if not demand.concept
    ]
    assert [(demand.evidence, demand.kind) for demand in found] == [("rigge teltmaster på skråninger", "open")]


def test_a_concept_is_not_counted_again_by_the_clause_around_it() -> None:
    assert [demand.evidence for demand in demands("Krav\n- Erfaring med SQL i en travl hverdag")] == ["SQL"]


def test_the_title_of_the_job_is_no_demand() -> None:
    assert asked("Vi søger en specialist i SQL, der er nysgerrig.") == {"nysgerrig": "must"}


def test_what_others_at_work_do_is_no_demand() -> None:
    assert asked("Du arbejder sammen med vores arkæologer. SQL klarer vores it-afdeling.") == {}


def test_languages_education_years_and_licence_are_facts() -> None:
    text = "Krav\n- Flydende dansk\n- Kandidatgrad i maskinteknik\n- 3 års erfaring med SQL\n- Kørekort"
    found = {demand.concept: demand for demand in demands(text)}
    assert (found["danish-language"].kind, found["danish-language"].level) == ("language", "fluent")
    assert (found["mechanical-engineering"].kind, found["mechanical-engineering"].level) == ("education", "master")
    assert found["sql"].years == 3
    assert found["driving-licence-b"].kind == "licence"


def test_names_dates_and_grades_of_a_cv_are_no_competences() -> None:
    text = (
        "Mads Holm\nVej 1, 9000 Aalborg\n\n"
        "Erhvervserfaring\n2020-2022 Assistent, Firmaet Nordlys A/S, Hobro\n- ryddede op i SQL\n\nKarakter: 12"
    )
    found = [held.evidence for held in read_candidate(candidate(text), spot=spot_words)]
    assert "SQL" in found
    assert not [
        words for words in found if any(name in words for name in ("Holm", "Nordlys", "Hobro", "Aalborg", "12"))
    ]


def test_words_that_say_when_where_or_how_many_are_no_competences() -> None:
    text = "Erfaring\n\nButiksassistent, maj 2022\n480 artikler, siden august. Ryddede op i varelageret."
    assert {held.evidence for held in read_candidate(candidate(text), spot=spot_words)} >= {"Ryddede op i varelageret"}
    assert not {"480 artikler", "siden august"} & {
        held.evidence for held in read_candidate(candidate(text), spot=spot_words)
    }


def test_spelled_out_and_contracted_headings_are_one() -> None:
    assert asked("ABOUT US\nWe sell SQL.\n\nWHAT YOU'LL NEED\n> Python") == {"Python": "must"}


def test_skills_in_parentheses_of_a_cv_count() -> None:
    found = {
        held.evidence
        for held in read_candidate(candidate("Kompetencer\nKontorpakke (Excel, Power BI)"), spot=spot_words)
    }
    assert {"Excel", "Power BI"} <= found


@pytest.mark.slow
def test_offsets_count_the_text_that_was_given_though_contact_details_are_masked() -> None:
    text = "Ring til mig på 28 61 07 43 🙂\n\nKrav\n- erfaring med SQL"
    found = extract_posting(text).demands or ()
    assert [text[demand.start : demand.end] for demand in found] == [demand.evidence for demand in found] == ["SQL"]


@pytest.mark.slow
def test_a_sentence_without_surroundings_is_read_too() -> None:
    sentence = "Kan bevare overblikket i pressede situationer"
    assert spans("Vi er en virksomhed med 30 ansatte.") == []
    assert [sentence[start:end] for start, end in spans(sentence)]


@pytest.mark.parametrize("kind", ["posting", "candidate"])
@given(text=st.text(alphabet="abcdæø SQLduerkanyou.,;:()-–•*\n\t0123456789\U0001f600", min_size=1, max_size=300))
def test_evidence_is_exactly_the_slice_and_confidence_a_share(kind: str, text: str) -> None:
    if not text.strip():
        return
    if kind == "posting":
        record: Posting | Candidate = Posting(id="p", title="t", text=text, language="da")
        found = [*read_posting(record, spot=spot_words)] if isinstance(record, Posting) else []
        read = [(span.evidence, span.start, span.end, span.confidence) for span in found]
    else:
        held = read_candidate(Candidate(id="c", text=text, language="da"), spot=spot_words)
        read = [(span.evidence, span.start, span.end, span.confidence) for span in held]
    for evidence, start, end, confidence in read:
        assert evidence == text[start:end]
        assert evidence.strip() == evidence
        assert evidence
        assert 0 <= (confidence or 0) <= 1
    assert [place for _, *place, _ in read] == sorted(place for _, *place, _ in read)
