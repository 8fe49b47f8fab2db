"""Which stretches of a document are compared and quoted."""

from matcher.passages import kind_of, phrases, plan, role_of, vector_key
from matcher.records import Employer
from tests.builders import a_candidate, a_posting


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

    assert [draft.unit for draft in plan(posting, count_tokens=count_words)] == ["chunk", "title", "phrase"]


def test_dates_and_bare_codes_are_no_phrases() -> None:
    candidate = a_candidate(text="Erfaring\n2021-2023\nC++\nBeregnede broer i beton for en rådgiver\n")

    assert [draft.text for draft in phrases(candidate)] == ["Beregnede broer i beton for en rådgiver"]


def test_an_employer_without_a_text_is_known_by_its_name() -> None:
    employer = Employer(id="e1", name="Maskinværket")

    assert {draft.text for draft in plan(employer, count_tokens=count_words)} == {"Maskinværket"}


def test_postings_ask_and_cvs_answer_whoever_searches() -> None:
    assert role_of(kind_of(a_posting())) == "query"
    assert role_of(kind_of(a_candidate())) == "passage"


def test_a_vector_is_found_by_encoder_role_and_text() -> None:
    key = vector_key("model-1", "query", "svejsning")

    assert key == vector_key("model-1", "query", "svejsning")
    assert len({key, vector_key("model-2", "query", "svejsning"), vector_key("model-1", "passage", "svejsning")}) == 3
