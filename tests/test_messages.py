"""Danish and English are equal: the same texts, with the same blanks to fill, in both catalogues."""

from string import Formatter

import pytest

from matcher.errors import UnknownId
from matcher.messages.catalogue import catalogue, message


def blanks(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def test_every_text_exists_in_danish_and_english() -> None:
    assert set(catalogue("da")) == set(catalogue("en"))


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_both_languages_fill_the_same_blanks(key: str) -> None:
    assert blanks(catalogue("da")[key]) == blanks(catalogue("en")[key])


def test_an_unknown_key_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        message("no.such.text", "en")


def test_a_refusal_speaks_both_languages() -> None:
    refusal = UnknownId(kind="posting", id="p9")

    assert "p9" in str(refusal)
    assert "p9" in refusal.text("da")
    assert refusal.text("da") != str(refusal)
