"""What a match must beat: simple rankers over whole documents, run beside ours on the same queries.

Every scorer returns shape (len(queries), len(items)), float64, better when larger. A posting's text is its title and
its text. Documents stand in the order of their ids and nothing is drawn at random, so equal input gives equal runs.
"""

import logging
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from eval.judged import Direction
from eval.runs import Run
from matcher.ports import Encoder
from matcher.records import Candidate, Posting

Scores = NDArray[np.float64]
_WORD = re.compile(r"[^\W_]+")
_FLAT = 1e-9
"""A spread below this is rounding: all items of the language score the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """One side of the match as plain text, in the order of the ids."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    languages: tuple[str, ...]

    @classmethod
    def of(cls, records: Sequence[Posting | Candidate]) -> "Documents":
        """Whole text of each record, sorted by id."""
        ordered = sorted(records, key=lambda record: record.id)
        return cls(
            ids=tuple(record.id for record in ordered),
            texts=tuple(f"{r.title}\n{r.text}" if isinstance(r, Posting) else r.text for r in ordered),
            languages=tuple(record.language for record in ordered),
        )


def run_baselines(
    postings: Sequence[Posting],
    candidates: Sequence[Candidate],
    encoder: Encoder,
    *,
    direction: Direction = "postings",
) -> list[Run]:
    """Run every baseline over all pairs: random, bm25, char_tfidf, dense, dense_plus_char, hybrid_standardised."""
    if not postings or not candidates:
        raise ValueError("the baselines need at least one posting and one candidate")
    sides = Documents.of(postings), Documents.of(candidates)
    turned = direction == "candidates"
    queries, items = sides[::-1] if turned else sides
    dense = dense_scores(*sides, encoder)
    dense = dense.T if turned else dense
    char = char_tfidf_scores(queries, items)
    scores = {
        "random": random_scores(queries, items),
        "bm25": bm25_scores(queries, items),
        "char_tfidf": char,
        "dense": dense,
        "dense_plus_char": dense + char,
        "hybrid_standardised": standardised(dense, items.languages) + standardised(char, items.languages),
    }
    return [_run(name, queries, items, matrix) for name, matrix in scores.items()]


def popularity_run(queries: Iterable[str], items: Collection[str], history: Mapping[str, Mapping[str, int]]) -> Run:
    """Rank by how good an answer an item is elsewhere: its mean grade over the other queries of `history`.

    Not judged counts as 0, as in the measures; nothing known about an item gives 0. A query never sees its own grades,
    so that a judgement set can be its own history (leave one query out). Beware of what that does: among items that
    do equally well in all, the one that fits this query best has the least left elsewhere.
    """
    totals: defaultdict[str, int] = defaultdict(int)
    for grades in history.values():
        for item, grade in grades.items():
            totals[item] += grade
    return Run.of(
        "popularity",
        {query: {item: _elsewhere(query, item, totals.get(item, 0), history) for item in items} for query in queries},
    )


def random_scores(queries: Documents, items: Documents, *, seed: int = 0) -> Scores:
    """A number in [0, 1) from the ids alone: a pair keeps its score whatever else is there."""
    return np.array([[_hashed(f"{seed}\0{query}\0{item}") for item in items.ids] for query in queries.ids])


def bm25_scores(queries: Documents, items: Documents) -> Scores:
    """Okapi BM25 on lower-case words (Lucene's variant, k1 1.5, b 0.75), every word of the query counted."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # its import sets DEBUG, which a host's handlers would show
    words = [_words(text) for text in items.texts]
    vocabulary = {word: number for number, word in enumerate(sorted(set().union(*words)))}
    if not vocabulary:
        return np.zeros((len(queries.ids), len(items.ids)))
    index = bm25s.BM25(dtype="float64", method="lucene", backend="numpy")
    index.index(([[vocabulary[word] for word in text] for text in words], vocabulary), show_progress=False)
    known = ([vocabulary[word] for word in _words(text) if word in vocabulary] for text in queries.texts)
    return np.array([index.get_scores_from_ids(numbers) for numbers in known], dtype=np.float64)


def char_tfidf_scores(queries: Documents, items: Documents) -> Scores:
    """Cosine of TF-IDF over character 3- to 5-grams within words, fitted on both sides together, in [0, 1]."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    vectoriser.fit([*queries.texts, *items.texts])
    product = vectoriser.transform(queries.texts) @ vectoriser.transform(items.texts).T
    return np.asarray(product.toarray(), dtype=np.float64)


def dense_scores(postings: Documents, candidates: Documents, encoder: Encoder) -> Scores:
    """Cosine of one vector a document, posting as query and CV as passage: what a model cuts off is not seen."""
    asked = encoder.encode(postings.texts, role="query")
    answers = encoder.encode(candidates.texts, role="passage")
    return np.asarray(asked @ answers.T, dtype=np.float64)


def standardised(scores: Scores, languages: Sequence[str]) -> Scores:
    """Scores in standard deviations from the query's mean over the items of one language; 0 where all are alike.

    `languages` has one entry a column. It takes away the advantage of items in the query's own language, but a score
    then depends on which other items there are.
    """
    result = np.zeros_like(scores)
    for language in sorted(set(languages)):
        columns = np.flatnonzero(np.array(languages) == language)
        part = scores[:, columns]
        spread = part.std(axis=1, keepdims=True)
        centred = part - part.mean(axis=1, keepdims=True)
        result[:, columns] = np.divide(centred, spread, out=np.zeros_like(part), where=spread > _FLAT)
    return result


def _run(name: str, queries: Documents, items: Documents, matrix: Scores) -> Run:
    rows = zip(queries.ids, matrix.tolist(), strict=True)
    return Run.of(name, {query: dict(zip(items.ids, row, strict=True)) for query, row in rows})


def _elsewhere(query: str, item: str, total: int, history: Mapping[str, Mapping[str, int]]) -> float:
    others = len(history) - (query in history)
    return (total - history.get(query, {}).get(item, 0)) / others if others else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def _hashed(key: str) -> float:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()) / 2**48
