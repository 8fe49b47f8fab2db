"""Records become passages with vectors, and nothing is encoded twice."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalVectoriser, fit_idf
from matcher.embedding import embed, lexical_text, phrases_of, rows_of, uncached
from matcher.fit import CONCEPT, concept_places
from matcher.ports import Role
from matcher.records import Employer, Record
from models.hashing import HashingEncoder
from tests.builders import NURSE_CV, WELDER_CV, a_candidate, a_posting, health_posting

VECTORISER = LexicalVectoriser(fit_idf([WELDER_CV, NURSE_CV]))
LETTER = "Uddannelse\nCand.scient. i teknoantropologi, Aalborg Universitet\n\nKompetencer\nPython\n"


class CountingEncoder(HashingEncoder):
    """Remembers every text it was asked for, by role."""

    def __init__(self) -> None:
        self.asked: list[tuple[Role, str]] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.asked += [(role, text) for text in texts]
        return super().encode(texts, role=role)


def test_every_passage_has_the_vector_of_its_text_in_its_role() -> None:
    encoder = HashingEncoder()
    candidate = a_candidate(text=LETTER)
    [(passages, vectors)] = embed([candidate], encoder, known=uncached)

    for passage in passages:
        if passage.unit == "chunk":
            text, role = candidate.text[passage.start : passage.end], "passage"
        else:
            assert passage.span is not None
            text, role = (passage.span.label if passage.unit == "implied" else passage.span.evidence), "phrase"
        assert vectors[passage.key].tobytes() == encoder.encode([text], role=role)[0].tobytes()  # type: ignore[arg-type]
    assert vectors.keys() == {passage.key for passage in passages}


def test_no_text_is_encoded_twice_in_a_role() -> None:
    encoder = CountingEncoder()
    embed([a_candidate("c1"), a_candidate("c2"), a_posting(), health_posting()], encoder, known=uncached)

    assert len(encoder.asked) == len(set(encoder.asked))
    assert {role for role, _ in encoder.asked} == {"passage", "query", "phrase"}


def test_what_is_known_is_not_encoded_again() -> None:
    [(_, vectors)] = embed([a_candidate()], HashingEncoder(), known=uncached)
    encoder = CountingEncoder()

    def known(keys: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float32]]:
        return {key: vectors[key] for key in keys if key in vectors}

    [(passages, again)] = embed([a_candidate("other")], encoder, known=known)

    assert encoder.asked == []
    assert again.keys() == vectors.keys() == {passage.key for passage in passages}


def test_records_are_embedded_alike_together_and_alone() -> None:
    records: list[Record] = [a_candidate(), a_posting(), a_candidate("c2", NURSE_CV)]
    together = embed(records, HashingEncoder(), known=uncached)

    for record, (passages, vectors) in zip(records, together, strict=True):
        [(own, rows)] = embed([record], HashingEncoder(), known=uncached)
        assert passages == own
        assert {key: row.tobytes() for key, row in vectors.items()} == {key: row.tobytes() for key, row in rows.items()}


def test_an_encoder_without_an_adapter_gives_no_phrase_a_meaning() -> None:
    [(passages, _)] = embed([a_posting()], HashingEncoder(), known=uncached)

    assert all(passage.span.sureness is None for passage in passages if passage.span)


def test_rows_hold_chunks_title_and_what_was_read() -> None:
    posting = a_posting()
    [(passages, vectors)] = embed([posting], HashingEncoder(), known=uncached)
    rows = rows_of(posting, passages, vectors, VECTORISER)
    units = [passage.unit for passage in passages]

    assert (rows.id, rows.language) == ("p1", "da")
    assert (len(rows.chunks), len(rows.titles), len(rows.phrases)) == (
        units.count("chunk"),
        1,
        units.count("phrase"),
    )
    assert concept_places()["solidworks"] in rows.phrases.figures[:, CONCEPT].tolist()


def test_a_record_in_which_nothing_was_read_has_no_phrases() -> None:
    candidate = a_candidate(text="1234 ...")
    [(passages, vectors)] = embed([candidate], HashingEncoder(), known=uncached)
    found = phrases_of(candidate, passages, vectors)

    assert len(found) == 0
    assert found.figures.shape == (0, 3)


def test_an_employer_is_compared_by_all_its_words() -> None:
    employer = Employer(id="e", name="Fjordrør", text="Vi graver.", hires=("geograf",), hosts=("hydrolog",))

    assert lexical_text(employer).split("\n") == ["Vi graver.", "- geograf", "- hydrolog"]
    [(passages, _)] = embed([employer], HashingEncoder(), known=uncached)
    units = [passage.unit for passage in passages]
    assert (units.count("chunk"), units.count("title")) == (1, 2)
