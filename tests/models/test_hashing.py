from models.hashing import HashingEncoder

ENCODER = HashingEncoder()


def test_texts_that_share_words_are_nearer_than_texts_that_share_none() -> None:
    asked, near, far = ENCODER.encode(
        ["svejsning af rør", "Erfaring med svejsning", "pleje af ældre borgere"], role="query"
    )

    assert asked @ near > asked @ far + 0.2


def test_inflections_of_a_word_are_near_each_other() -> None:
    word, inflected, other = ENCODER.encode(["ingeniør", "ingeniørerne", "pædagog"], role="query")

    assert word @ inflected > 0.5 > word @ other


def test_it_gives_the_same_vectors_on_every_machine() -> None:
    row = ENCODER.encode(["abc"], role="passage")[0]

    assert {int(at): float(row[at]) for at in row.nonzero()[0]} == {66: -916 / 2048, 176: 1832 / 2048}


def test_tokens_are_words() -> None:
    assert ENCODER.count_tokens("Python, SQL og  R") == 4
