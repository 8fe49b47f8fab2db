"""Posting and candidate to one named row a pair; the only list of feature names.

Raw similarities mean nothing across languages: a Danish CV is nearer to every Danish posting than an English one is. So
each is standardised against a fixed reference cohort, once from the posting's side and once from the candidate's, and
the two are averaged. That is the S-norm of speaker verification (Kenny, Odyssey 2010; Auckenthaler et al., Digital
Signal Processing 10, 2000, 42-54), here with one cohort for each language of the other side. The cohort never changes,
so a pair's features do not depend on who else is in the pool.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.fit import Cover, fit_of_candidates, fit_of_postings
from matcher.pool import SIGNALS, Pool, Rows
from matcher.records import LANGUAGES
from matcher.speech import shortfall

FEATURES = (*SIGNALS, "language")
"""What the ranker sees of a pair. The signals are in standard deviations above unrelated reference documents, roughly
-3 to 6; "language" is minus the levels by which the candidate falls short of the languages needed, -6 to 0."""

NO_FLOORS = (0.0,) * len(SIGNALS)


def posting_features(posting: Rows, candidates: Pool, ids: Sequence[str], cover: Cover) -> NDArray[np.float64]:
    """Return shape (len(ids), len(FEATURES)): one posting against candidates of the pool."""
    places = [candidates.position[id] for id in ids]
    raw = raw_for_posting(posting, candidates, ids, cover)
    language = LANGUAGES.index(posting.language)
    signals = standardise(raw, posting.norms, candidates.languages[places], candidates.norms[places], language)
    return np.column_stack([signals, -shortfall(posting.tongues, candidates.tongues[places])])


def candidate_features(candidate: Rows, postings: Pool, ids: Sequence[str], cover: Cover) -> NDArray[np.float64]:
    """Return shape (len(ids), len(FEATURES)): one candidate against postings of the pool."""
    places = [postings.position[id] for id in ids]
    raw = raw_for_candidate(candidate, postings, ids, cover)
    language = LANGUAGES.index(candidate.language)
    signals = standardise(raw, candidate.norms, postings.languages[places], postings.norms[places], language)
    return np.column_stack([signals, -shortfall(postings.tongues[places], candidate.tongues)])


def raw_for_posting(posting: Rows, candidates: Pool, ids: Sequence[str], cover: Cover) -> NDArray[np.float64]:
    """Return shape (len(ids), len(SIGNALS)), similarities in [-1, 1], fit in [0, 1].

    Dense is late interaction over chunks, both ways: each chunk of the posting with its best chunk of the CV, and each
    chunk of the CV with its best chunk of the posting (ColBERT does the former over tokens: Khattab and Zaharia, SIGIR
    2020). Title is the posting's title with the best chunk of the CV. Fit is that of `matcher.fit`.
    """
    title = candidates.chunks.best(posting.titles, ids).astype(np.float64).max(axis=0)
    fit = fit_of_candidates(posting.phrases, candidates.phrases, _languages(candidates, ids), ids, cover)
    return _signals(posting, candidates, ids, title, fit)


def raw_for_candidate(candidate: Rows, postings: Pool, ids: Sequence[str], cover: Cover) -> NDArray[np.float64]:
    """Return shape (len(ids), len(SIGNALS)): the same similarities, reached from the candidate's side."""
    title = postings.titles.best(candidate.chunks, ids).astype(np.float64).max(axis=0)
    fit = fit_of_postings(candidate.phrases, postings.phrases, _languages(postings, ids), ids, cover)
    return _signals(candidate, postings, ids, title, fit)


def _signals(
    one: Rows, others: Pool, ids: Sequence[str], title: NDArray[np.float64], fit: NDArray[np.float64]
) -> NDArray[np.float64]:
    dense = others.chunks.agreement(one.chunks, ids)
    return np.stack([dense, others.lexical.scores(one.lexical, ids), title, fit], axis=1)


def _languages(pool: Pool, ids: Sequence[str]) -> NDArray[np.int64]:
    return pool.languages[[pool.position[id] for id in ids]]


def norms(
    raw: NDArray[np.float64], languages: NDArray[np.int64], floors: Sequence[float] = NO_FLOORS
) -> NDArray[np.float64]:
    """Mean and deviation of each signal over reference documents, by their language: (signals, languages, 2).

    `raw` has shape (references, signals). A language without references ("other") takes the figures of all of them.
    No deviation is below the signal's floor: a document that has nothing in common with any reference (another script,
    hardly a word) deviates so little that the first chance likeness would tower over everything.
    """
    result = np.empty((len(SIGNALS), len(LANGUAGES), 2))
    for place in range(len(LANGUAGES)):
        chosen = raw[languages == place] if (languages == place).any() else raw
        result[:, place, 0] = chosen.mean(axis=0)
        result[:, place, 1] = np.maximum(chosen.std(axis=0), floors)
    return result


def standardise(
    raw: NDArray[np.float64],
    mine: NDArray[np.float64],
    languages: NDArray[np.int64],
    theirs: NDArray[np.float64],
    language: int,
) -> NDArray[np.float64]:
    """Return the mean of both standardised values of each raw similarity, shape (n, signals).

    `mine`: norms of the one document, (signals, languages, 2); `languages`: places in `LANGUAGES` of the others, (n,);
    `theirs`: norms of the others, (n, signals, languages, 2); `language`: place of the one document's language.
    """
    from_mine = mine[:, languages, :].transpose(1, 0, 2)
    from_theirs = theirs[:, :, language, :]
    sides = [(raw - side[..., 0]) / side[..., 1] for side in (from_mine, from_theirs)]
    return np.asarray((sides[0] + sides[1]) / 2, dtype=np.float64)
