"""Which stretches of a document are compared and quoted."""

from typing import get_args

from matcher.passages import MOST_PHRASES, kind_of, phrases, plan, role_of, vector_key
from matcher.ports import Unit
from matcher.records import Employer
from tests.builders import a_candidate, a_posting

UNITS: tuple[Unit, ...] = get_args(Unit)


def count_words(text: str) -> int:
    return len(text.split())


def test_passages_are_slices_of_the_text() -> None:
    posting = a_posting()

    for draft in plan(posting, count_tokens=count_words):
        assert draft.text in (posting.text[draft.start : draft.end], posting.title)


def test_benefits_and_how_to_apply_are_no_part_of_what_is_compared() -> None:
    assert not any("Frokostordning" in draft.text for draft in plan(a_posting(), count_tokens=count_words))


def test_a_posting_that_is_only_boilerplate_is_still_compared() -> None:
    posting = a_posting(text="Vi tilbyder\nFrokostordning, fleksible tider og et godt fællesskab.\n")

    assert [draft.unit for draft in plan(posting, count_tokens=count_words)] == ["chunk", "title"]


def test_a_tool_with_a_short_name_is_a_phrase_and_a_date_is_none() -> None:
    candidate = a_candidate(text="Erfaring\n2021-2023\nC++\nBeregnede broer i beton for en rådgiver\n")

    assert [draft.text for draft in phrases(candidate)] == ["C++", "Beregnede broer i beton for en rådgiver"]


def test_an_employer_without_a_text_is_known_by_its_name() -> None:
    employer = Employer(id="e1", name="Maskinværket")

    assert {draft.text for draft in plan(employer, count_tokens=count_words)} == {"Maskinværket"}


def test_postings_ask_and_cvs_answer_whoever_searches() -> None:
    for unit in UNITS[:2]:
        assert role_of(kind_of(a_posting()), unit) == "query"
        assert role_of(kind_of(a_candidate()), unit) == "passage"


def test_demands_and_competences_meet_as_equals() -> None:
    for unit in UNITS[2:]:
        assert {role_of(kind_of(record), unit) for record in (a_posting(), a_candidate())} == {"phrase"}


def test_a_vector_is_found_by_encoder_role_and_text() -> None:
    key = vector_key("model-1", "query", "svejsning")

    assert key == vector_key("model-1", "query", "svejsning")
    assert len({key, vector_key("model-2", "query", "svejsning"), vector_key("model-1", "passage", "svejsning")}) == 3


def test_what_a_programme_implies_stands_apart_from_what_the_cv_says() -> None:
    text = "Uddannelse\nCand.scient. i teknoantropologi, Aalborg Universitet\n\nKompetencer\nPython\n"
    found = list(phrases(a_candidate(text=text)))
    said = [draft for draft in found if draft.unit == "phrase"]
    implied = [draft for draft in found if draft.unit == "implied"]

    assert found == [*said, *implied]
    assert all(draft.text == text[draft.start : draft.end] for draft in said)
    assert "etnografi" in [draft.text for draft in implied]
    assert all((draft.start, draft.end) == (0, 0) for draft in implied)


def test_a_posting_implies_nothing() -> None:
    posting = a_posting(text="Kvalifikationer\nDu er cand.scient. i teknoantropologi fra Aalborg Universitet.\n")

    assert {draft.unit for draft in phrases(posting)} == {"phrase"}


def test_a_flood_of_phrases_is_cut_where_it_says_no_more() -> None:
    text = "Kompetencer\n" + "".join(f"- Vedligehold af anlæg nummer {number}\n" for number in range(400))
    drafts = plan(a_candidate(text=text), count_tokens=count_words)

    assert sum(draft.unit == "phrase" for draft in drafts) == MOST_PHRASES
