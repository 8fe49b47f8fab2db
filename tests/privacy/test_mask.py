"""Masks evened out: their length is no trace, and every offset leads back."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.privacy.mask import FILLER, HUSH, even, mask


def test_masks_of_any_length_read_alike() -> None:
    short, long = "Jeg er ██, og ▓▓▓ går.", "Jeg er ████ ██████, og ▓▓▓▓▓▓ går."

    assert even(short).text == even(long).text == "Jeg er █, og   går."


def test_a_hushed_word_stays_covered_where_an_identity_is() -> None:
    assert mask("██ hun", [(0, 6)], HUSH) == "██▓▓▓▓"


@given(st.lists(st.sampled_from([FILLER, FILLER * 3, HUSH, HUSH * 2, " ", "\n", "ord", "x"]), max_size=12))
def test_offsets_outside_masks_lead_there_and_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    evened = even(text)

    assert evened.place(0) == 0
    assert evened.place(len(evened.text)) == len(text)
    assert evened.evened(len(text)) == len(evened.text)
    for at, sign in enumerate(evened.text):
        if sign not in (FILLER, " "):
            assert text[evened.place(at)] == sign
            assert evened.evened(evened.place(at)) == at
