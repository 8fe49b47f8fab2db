import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from index.errors import DamagedIndex, InvalidRows, UnknownIds
from index.hits import Hit
from index.lexical import LexicalIndex, LexicalVectoriser, fit_idf
from index.sparse import SparseRows

WORDS = ["sygeplejerske", "pædagog", "regnskab", "bogføring", "python", "projektleder", "salg", "lager", "export"]


def texts(count: int, seed: int = 0) -> list[str]:
    random = np.random.default_rng(seed)
    return [" ".join(random.choice(WORDS, random.integers(1, 30)).tolist()) for _ in range(count)]


CORPUS = texts(60)
VECTORISER = LexicalVectoriser(fit_idf(CORPUS))
IDS = [f"d{number:02}" for number in range(40)]
ROWS = VECTORISER.vectorise(texts(40, seed=1))
QUERY = VECTORISER.vectorise(["regnskab og bogføring i en bank"])


def an_index() -> LexicalIndex:
    return LexicalIndex.build(IDS, ROWS)


def test_similarities_are_those_of_scikit_learns_tfidf_up_to_shared_columns() -> None:
    given = texts(30, seed=2)
    oracle = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(CORPUS)
    wide = LexicalVectoriser(fit_idf(CORPUS, bits=22), keep=10**6)

    ours = wide.vectorise(given)
    similarities = np.array([ours.products(ours.take([row])) for row in range(30)])
    wanted = oracle.transform(given)

    assert np.allclose(similarities, (wanted @ wanted.T).toarray(), atol=2e-4)


def test_the_idf_is_fixed_by_its_corpus_and_largest_for_what_the_corpus_lacks() -> None:
    idf = fit_idf(["abc", "abc", "xyz"], bits=16)

    assert idf.dtype == np.float32
    assert np.unique(idf).tolist() == pytest.approx([np.log(4 / 3) + 1, np.log(4 / 2) + 1, np.log(4) + 1])
    assert (idf == idf.max()).sum() == 2**16 - 2 * len([" ab", "abc", "bc ", " abc", "abc ", " abc "])


def test_rows_have_length_one_and_a_text_without_ngrams_an_empty_row() -> None:
    rows = VECTORISER.vectorise(["regnskab", "", "███", "salg og lager"])

    assert np.diff(rows.indptr).tolist()[1:3] == [0, 0]
    lengths = [rows.products(rows.take([row]))[row] for row in range(4)]
    assert lengths == pytest.approx([1, 0, 0, 1], abs=1e-5)
    assert rows.data.dtype == np.float32
    assert len(VECTORISER.vectorise([])) == 0


def test_the_strongest_ngrams_are_kept_and_the_lower_column_of_equals() -> None:
    text = " ".join(f"{number:05}" for number in range(300))
    everything = LexicalVectoriser(fit_idf(CORPUS), keep=10**6).vectorise([text])
    kept = LexicalVectoriser(fit_idf(CORPUS), keep=50).vectorise([text])

    strongest = sorted(zip(-everything.data, everything.indices, strict=True))[:50]
    assert kept.indices.tolist() == sorted(column for _, column in strongest)
    assert kept.products(kept)[0] == pytest.approx(1, abs=1e-5)


def test_a_row_does_not_depend_on_what_else_is_vectorised() -> None:
    alone, among = VECTORISER.vectorise([CORPUS[5]]), VECTORISER.vectorise(CORPUS).take([5])

    assert np.array_equal(alone.indices, among.indices)
    assert alone.data.tobytes() == among.data.tobytes()


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(40)), st.integers(1, 40))
def test_a_score_is_the_same_to_the_last_bit_whatever_else_is_stored(order: list[int], count: int) -> None:
    everything = dict(zip(IDS, an_index().scores(QUERY), strict=True))
    chosen = order[:count]

    some = LexicalIndex.build([IDS[at] for at in chosen], ROWS.take(chosen))

    assert some.ids == tuple(sorted(IDS[at] for at in chosen))
    assert some.scores(QUERY).tobytes() == np.array([everything[name] for name in some.ids]).tobytes()


def test_a_score_is_the_same_in_both_directions() -> None:
    pairs = np.array([ROWS.products(ROWS.take([row])) for row in range(40)])

    assert np.array_equal(pairs, pairs.T)


def test_rows_are_what_scipy_takes_them_for() -> None:
    rows = csr_matrix((ROWS.data.astype(np.float64), ROWS.indices, ROWS.indptr), shape=ROWS.shape)
    query = csr_matrix((QUERY.data.astype(np.float64), QUERY.indices, QUERY.indptr), shape=QUERY.shape)

    assert np.array_equal((rows @ query.T).toarray()[:, 0], an_index().scores(QUERY))


def test_many_rows_are_scored_in_blocks_with_the_same_answer() -> None:
    many = np.random.default_rng(3).integers(0, 40, 5000)

    assert np.array_equal(ROWS.take(many).products(QUERY), ROWS.products(QUERY)[many])
    assert len(ROWS.take(many).indices) > 2**18


def test_scores_follow_the_ids_that_were_asked_for() -> None:
    index = an_index()
    everything = index.scores(QUERY)

    assert index.scores(QUERY, ["d07", "d03", "d07"]).tolist() == everything[[7, 3, 7]].tolist()
    assert index.scores(QUERY, []).tolist() == []
    with pytest.raises(UnknownIds, match="'nobody'"):
        index.scores(QUERY, ["d07", "nobody"])


def test_a_search_answers_the_order_of_the_scores_among_the_allowed() -> None:
    index = an_index()
    scores = dict(zip(index.ids, index.scores(QUERY), strict=True))
    wanted = sorted((name for name in IDS if scores[name] > 0), key=lambda name: (-scores[name], name))

    assert index.search(QUERY, 5) == [Hit(name, scores[name]) for name in wanted[:5]]
    assert [hit.id for hit in index.search(QUERY, 1000)] == wanted
    allowed = {*wanted[3:12:4], "nobody"}
    assert [hit.id for hit in index.search(QUERY, 5, allowed=allowed)] == wanted[3:12:4]
    assert index.search(QUERY, 5, allowed=set()) == []


def test_an_id_that_shares_no_ngram_is_no_hit() -> None:
    index = LexicalIndex.build(["far", "near"], VECTORISER.vectorise(["qqqq wwww", "regnskab"]))

    assert [hit.id for hit in index.search(QUERY, 10)] == ["near"]


def test_replaced_and_removed_ids_are_as_if_built_so() -> None:
    index = an_index()
    index.replace(["new", "d05"], VECTORISER.vectorise(["helt nyt", "regnskab"]))
    index.remove(["d00", "d39", "nobody"])

    kept = [at for at in range(40) if at not in (0, 5, 39)]
    new = VECTORISER.vectorise(["regnskab", "helt nyt"])
    assert index.ids == tuple(sorted([IDS[at] for at in kept] + ["d05", "new"]))
    assert np.array_equal(index.scores(QUERY, [IDS[at] for at in kept]), ROWS.take(kept).products(QUERY))
    assert np.array_equal(index.scores(QUERY, ["d05", "new"]), new.products(QUERY))
    assert np.array_equal(index.rows(["new"]).indices, new.take([1]).indices)


@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        (["a"], ROWS.take([0, 1])),
        (["a", "a"], ROWS.take([0, 1])),
        (["a"], LexicalVectoriser(fit_idf(CORPUS, bits=10)).vectorise(["regnskab"])),
    ],
)
def test_rows_that_do_not_fit_are_refused(ids: list[str], rows: SparseRows) -> None:
    with pytest.raises(InvalidRows, match="One row of 262144 columns"):
        an_index().replace(ids, rows)


def test_a_query_of_another_width_or_of_two_rows_is_refused() -> None:
    for query in (ROWS.take([0, 1]), LexicalVectoriser(fit_idf(CORPUS, bits=10)).vectorise(["x"])):
        with pytest.raises(InvalidRows, match=r"A query of shape \(1, 262144\)"):
            an_index().scores(query)


@pytest.mark.parametrize("idf", [np.ones(1000), np.zeros(1024), np.full(1024, np.nan), np.ones((2, 2))])
def test_an_idf_that_is_none_is_refused(idf: np.ndarray) -> None:
    with pytest.raises(InvalidRows, match=r"2\*\*bits"):
        LexicalVectoriser(idf.astype(np.float32))


def test_vectorisers_that_make_other_rows_have_other_fingerprints() -> None:
    idf = fit_idf(CORPUS)
    prints = {LexicalVectoriser(idf).fingerprint, LexicalVectoriser(idf, keep=9).fingerprint}
    prints.add(LexicalVectoriser(fit_idf(CORPUS[1:])).fingerprint)

    assert len(prints) == 3
    assert VECTORISER.fingerprint in prints


@pytest.mark.parametrize("count", [40, 0])
def test_a_saved_index_opens_as_it_was_and_can_be_changed(count: int, tmp_path: Path) -> None:
    index = LexicalIndex.build(IDS[:count], ROWS.take(range(count)))
    index.save(tmp_path)

    opened = LexicalIndex.open(tmp_path)

    assert opened.ids == index.ids
    assert np.array_equal(opened.scores(QUERY), index.scores(QUERY))
    opened.replace(["new"], QUERY)
    assert opened.search(QUERY, 1)[0].id == "new"


def test_a_missing_truncated_or_foreign_file_is_damage_even_without_a_manifest(tmp_path: Path) -> None:
    an_index().save(tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 4

    for file in files:
        content = file.read_bytes()
        for left in (content[:-8], content[:20], b"", b"[1]"):
            file.write_bytes(left)
            with pytest.raises(DamagedIndex):
                LexicalIndex.open(tmp_path)
        file.unlink()
        with pytest.raises(DamagedIndex, match=file.name):
            LexicalIndex.open(tmp_path)
        file.write_bytes(content)
    assert LexicalIndex.open(tmp_path).ids == tuple(IDS)


def test_arrays_that_do_not_fit_together_are_damage(tmp_path: Path) -> None:
    an_index().save(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    LexicalIndex.build(IDS[1:], ROWS.take(range(1, 40))).save(other)

    (other / "lexical-data.npy").replace(tmp_path / "lexical-data.npy")

    with pytest.raises(DamagedIndex, match="do not fit together"):
        LexicalIndex.open(tmp_path)


def test_vectorising_and_asking_import_neither_scikit_learn_nor_scipy() -> None:
    code = (
        "import sys, index.lexical; assert not {'sklearn', 'scipy', 'faiss'} & sys.modules.keys(), sys.modules.keys()"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
