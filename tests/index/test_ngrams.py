from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from index.ngrams import hashed_ngrams, words

BITS = 60
"""Wide enough that no two n-grams of a test meet in one column."""


def ngrams_of_scikit_learn(text: str) -> Counter[str]:
    return Counter(CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), preprocessor=str).build_analyzer()(text))


@settings(deadline=None)
@given(st.text(alphabet="abcæøå1. -\n\t█😀", max_size=60))
def test_the_ngrams_are_those_of_scikit_learns_analyser(text: str) -> None:
    wanted = ngrams_of_scikit_learn(" ".join(words(text)))

    _, counts = np.unique(hashed_ngrams(text, BITS), return_counts=True)

    assert sorted(counts.tolist()) == sorted(wanted.values())


def test_the_ngrams_of_a_short_word_by_hand() -> None:
    assert len(hashed_ngrams("år", BITS)) == len([" år", "år ", " år "])
    assert len(hashed_ngrams("x", BITS)) == len([" x "])
    assert set(hashed_ngrams("år", BITS)) < set(hashed_ngrams("ti år her", BITS))


@pytest.mark.parametrize("text", ["", "  \n", "████", "\u2588 \u2588"])
def test_a_text_without_words_has_no_ngrams(text: str) -> None:
    assert hashed_ngrams(text, 18).tolist() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sygeplejerske", "SYGEPLEJERSKE"),
        ("Aarhus  og\n\tÅlborg", "aarhus og ålborg"),
        ("\u00e5r", "a\u030ar"),
        ("ﬁnans", "finans"),
        ("Straße", "STRASSE"),
        ("ring ████████ nu", "ring nu"),
    ],
)
def test_spellings_of_the_same_text_have_the_same_ngrams(one: str, other: str) -> None:
    assert np.array_equal(np.sort(hashed_ngrams(one, 18)), np.sort(hashed_ngrams(other, 18)))


def test_columns_stay_within_their_bits_and_are_the_same_on_every_machine() -> None:
    columns = hashed_ngrams("elev", 18)

    assert columns.tolist() == [207839, 26682, 162124, 18823, 151974, 31901, 154362, 207273, 204001]
    assert (hashed_ngrams("en lang tekst om alt muligt " * 50, 10) < 1024).all()


def test_lone_surrogates_nul_and_emoji_are_only_characters() -> None:
    for text in ("\ud800abc", "a\x00bc", "😀😀😀", "\ufdfa" * 100):
        assert len(hashed_ngrams(text, 18)) > 0


def test_a_column_is_seldom_shared() -> None:
    """20,000 n-grams in 2**18 columns: chance leaves 2**18 * (1 - exp(-20000 / 2**18)) = 19,257 columns in use."""
    texts = " ".join(f"{number:07x}" for number in np.random.default_rng(0).integers(0, 16**7, 4000))
    ngrams = np.random.default_rng(1).permutation(np.unique(hashed_ngrams(texts, BITS)))[:20_000]

    assert len(ngrams) == 20_000
    assert abs(len(np.unique(ngrams >> (BITS - 18))) - 19_257) < 100


def test_only_white_space_and_masks_part_words() -> None:
    assert words("C#, R&D\u00a0 og ███.NET") == ["c#,", "r&d", "og", ".net"]
