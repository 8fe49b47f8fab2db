import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from models.guards import MOST_CHARACTERS, clean

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


def test_ligatures_and_wide_letters_become_plain_ones() -> None:
    assert clean("ﬁnans ＣＶ ½") == "finans CV 1⁄2"


def test_nul_and_lone_surrogates_vanish() -> None:
    assert clean("stu\0die\ud800vejleder\udfff") == "studievejleder"


def test_masked_contact_details_leave_a_single_space() -> None:
    assert clean("Ring til ████████ eller ███ ███!") == "Ring til eller !"


def test_a_text_of_nothing_but_masks_and_space_is_empty() -> None:
    assert clean(" \t\n██ \u00a0\0") == ""


def test_letters_that_grow_under_nfkc_stay_below_the_cap() -> None:
    flood = "\ufdfa" * MOST_CHARACTERS

    assert len(unicodedata.normalize("NFKC", flood)) == 18 * MOST_CHARACTERS
    assert len(clean(flood)) <= MOST_CHARACTERS


def test_a_long_text_keeps_its_beginning() -> None:
    assert clean("Tal " * 50_000).startswith("Tal Tal Tal")
    assert len(clean("x" * 100_000)) == MOST_CHARACTERS


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_the_result_can_always_be_written_as_utf_8(text: str) -> None:
    assert "\0" not in clean(text).encode("utf-8").decode("utf-8")
