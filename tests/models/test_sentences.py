import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentences import blocks, sentences

SCRAPS = [
    "Du ",
    "har f.eks. ",
    "3. ",
    "år",
    "!",
    ".",
    "\n",
    "\n\n",
    "• ",
    "- ",
    "-",
    " ",
    "\t",
    "1. ",
    "a",
    "I",
    "… ",
    "█",
    ":",
]
DOCUMENTS = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=40).map("".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


def test_a_full_stop_before_a_capital_letter_ends_a_sentence() -> None:
    assert split("Jeg er ingeniør. Jeg bor i Aalborg! Hvor bor du? Her.") == [
        "Jeg er ingeniør.",
        "Jeg bor i Aalborg!",
        "Hvor bor du?",
        "Her.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Jeg har bl.a. Python og f.eks. SQL med ca. 5 års erfaring.",
        "Jeg er cand.merc. Aalborg Universitet, tidl. stud.polyt. DTU.",
        "A M.Sc. Physics degree, e.g. Optics, i.e. Light, with Dr. J. Hansen as supervisor.",
        "Mødet er kl. 12 i nr. 5, tlf. 1234, jf. Aftalen, dvs. Ja.",
        "Projekt på 3. semester, den 1. maj.",
    ],
)
def test_abbreviations_and_ordinals_end_none(sentence: str) -> None:
    assert split(sentence) == [sentence]


def test_an_abbreviation_that_closes_a_list_may_end_a_sentence() -> None:
    assert split("Du laver budgetter mv. Du har en uddannelse osv. Løn efter aftale.") == [
        "Du laver budgetter mv.",
        "Du har en uddannelse osv.",
        "Løn efter aftale.",
    ]


def test_a_programming_language_of_one_letter_ends_a_sentence() -> None:
    assert split("Du kan R. Du kan C. Kom nu.") == ["Du kan R.", "Du kan C.", "Kom nu."]


def test_a_quotation_mark_belongs_to_its_sentence() -> None:
    assert split('De skrev: "Vi søger dig." Så svarede jeg.') == ['De skrev: "Vi søger dig."', "Så svarede jeg."]


def test_sentences_squeezed_together_by_a_web_page_come_apart() -> None:
    assert split("Vil du med?Vi søger en udvikler.Du kan ASP.NET og Node.js.") == [
        "Vil du med?",
        "Vi søger en udvikler.",
        "Du kan ASP.NET og Node.js.",
    ]


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", "– ", "·", "-", "\uf0b7 ", "1. ", "2) ", "o "])
def test_every_list_item_stands_alone_without_its_bullet(bullet: str) -> None:
    text = f"Du har:\n{bullet}Erfaring med drift\n{bullet}Kørekort B"

    assert split(text) == ["Du har:", "Erfaring med drift", "Kørekort B"]


def test_bullets_inside_a_line_come_apart() -> None:
    assert split("Vi tilbyder: • Kantine • Fleksibel arbejdstid") == ["Vi tilbyder:", "Kantine", "Fleksibel arbejdstid"]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next() -> None:
    assert split("•\nErfaring med drift\n•\nKørekort") == ["Erfaring med drift", "Kørekort"]


def test_a_dash_inside_a_sentence_is_no_bullet() -> None:
    assert split("Selvstændig - og rolig – medarbejder") == ["Selvstændig - og rolig – medarbejder"]


def test_a_wrapped_line_goes_on() -> None:
    text = "Du har en relevant videregående uddannelse, og du\narbejder selvstændigt.\n• Erfaring med\n  brugertests"

    assert split(text) == [
        "Du har en relevant videregående uddannelse, og du\narbejder selvstændigt.",
        "Erfaring med\n  brugertests",
    ]


def test_short_lines_are_a_list_even_without_bullets() -> None:
    assert split("python\nsql\nPower BI") == ["python", "sql", "Power BI"]


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert split("Erfaring med drift og\r\n\r\nvedligehold") == ["Erfaring med drift og", "vedligehold"]


def test_offsets_count_from_the_whole_text() -> None:
    text = "Overskrift\nEn sætning. En til.\nSlut"

    assert [text[a:b] for a, b in sentences(text, 11, 30)] == ["En sætning.", "En til."]


@pytest.mark.parametrize("flood", ["." * 50_000, "f.eks. " * 10_000, "• " * 20_000, "og\n" * 20_000, ".'" * 20_000])
def test_a_flood_is_split_without_delay(flood: str) -> None:
    assert len(split(flood)) <= 1


def test_white_space_after_a_number_is_no_part_of_a_sentence() -> None:
    assert split("3.  har f.eks. ") == ["3.  har f.eks."]
    assert split("3. \u00a0Har styr på tal") == ["Har styr på tal"]


@given(DOCUMENTS)
def test_sentences_are_in_order_apart_and_trimmed(text: str) -> None:
    reached = 0
    for start, end in sentences(text, 0, len(text)):
        assert reached <= start < end
        assert text[start:end] == text[start:end].strip()
        reached = end


@given(DOCUMENTS)
def test_blocks_lose_nothing_but_white_space(text: str) -> None:
    kept = "".join(text[start:end] for start, end in blocks(text, 0, len(text)))

    assert "".join(kept.split()) == "".join(text.split())


@given(DOCUMENTS, st.data())
def test_nothing_outside_the_given_stretch_is_returned(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    assert all(start <= a < b <= end for a, b in sentences(text, start, end))
