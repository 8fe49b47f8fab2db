from hypothesis import given
from hypothesis import strategies as st

from models.chunking import chunk
from tests.models.test_sentences import DOCUMENTS

SENTENCE = "Du har erfaring med drift af servere. "


def words(text: str) -> int:
    """Count every four letters of a word as one token."""
    return sum(-(-len(word) // 4) for word in text.split())


def cut(text: str, most: int) -> list[str]:
    return [text[start:end] for start, end in chunk(text, 0, len(text), count_tokens=words, max_tokens=most)]


def test_a_text_that_fits_is_one_chunk() -> None:
    assert cut("  En kort tekst. Med to sætninger.\n", 20) == ["En kort tekst. Med to sætninger."]


def test_chunks_end_where_sentences_end() -> None:
    for piece in cut(SENTENCE * 20, 40):
        assert piece.startswith("Du")
        assert piece.endswith("servere.")


def test_chunks_are_about_equally_long() -> None:
    lengths = [words(piece) for piece in cut(SENTENCE * 11, 10 * words(SENTENCE))]

    assert len(lengths) == 2
    assert max(lengths) - min(lengths) <= words(SENTENCE)


def test_a_list_item_of_two_sentences_stays_whole() -> None:
    items = [f"• Kendskab til regnskab nr. {n}. Gerne i flere år." for n in range(10)]

    for piece in cut("\n".join(items), 30):
        assert all(line in items for line in piece.split("\n"))


def test_a_sentence_that_is_too_long_is_cut_at_spaces() -> None:
    sentence = "ord " * 100

    assert [piece.split() for piece in cut(sentence, 30)] == [["ord"] * 25] * 4


def test_a_word_that_is_too_long_is_cut_anywhere() -> None:
    pieces = cut("x" * 1000, 50)

    assert "".join(pieces) == "x" * 1000
    assert all(words(piece) <= 50 for piece in pieces)


def test_nothing_gives_no_chunk() -> None:
    assert cut(" \n ", 10) == []


def test_only_the_given_stretch_is_cut() -> None:
    text = "Om os. " + SENTENCE + "Slut."

    assert [text[a:b] for a, b in chunk(text, 7, 45, count_tokens=words)] == [SENTENCE.strip()]


@given(DOCUMENTS, st.integers(1, 8))
def test_every_letter_is_in_exactly_one_chunk_and_every_chunk_fits(text: str, most: int) -> None:
    spans = chunk(text, 0, len(text), count_tokens=words, max_tokens=most)
    covered = [at for start, end in spans for at in range(start, end)]

    assert covered == sorted(set(covered))
    assert all(text[at].isspace() for at in set(range(len(text))) - set(covered))
    assert all(start < end and words(text[start:end]) <= most for start, end in spans)
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
