"""Fits how sure a link is: `python -m eval.linking` rewrites `matcher/competences/linking.json`.

Titles: each of our own job titles against all others, its ISCO unit group the truth. Phrases: the quotes of the
labelled dev documents, their concept the truth, none where the label has none. Letters weigh as much beside vectors as
makes most of those links right; for kinds of work nothing of our own says it, so they weigh what they do for phrases.
"""

import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.extraction import read
from matcher import assemble
from matcher.competences.concepts import read_vocabulary
from matcher.competences.linking import Linker, Names, best_of_concepts, evidence, linking_file
from matcher.competences.mention_bank import TEST_WRITERS, read_mentions
from matcher.competences.terms import Term
from matcher.labour.isco import read_unit_groups
from matcher.settings import Settings
from models.prototypes import load_prototypes

DOCUMENTS = [
    Path(str(files("eval.datasets"))) / "extraction" / f"{kind}-dev.jsonl" for kind in ("postings", "candidates")
]
LETTER_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6)
SAMPLE = 700
"""Of the titles, so many are asked with: every n-th."""


def fitted_titles(linker: Linker) -> dict[str, object]:
    """Fit to our own job titles, each left out of the names while it is asked with."""
    terms = [Term(group.code, name) for group in read_unit_groups() for name in group.names]
    names = linker.names(terms, "title")
    asked = np.arange(0, len(terms), max(1, len(terms) // SAMPLE))
    near, letters = _signals(linker, [terms[place].text for place in asked], names)
    near[np.arange(len(asked)), asked] = letters[np.arange(len(asked)), asked] = -1.0
    wanted = [terms[place].concept for place in asked]
    return _fitted(near, letters, wanted, names)


def fitted_phrases(linker: Linker) -> dict[str, object]:
    """Fit to quotes of the dev documents, against the labels and aliases of the vocabulary."""
    terms = [Term(concept.id, form) for concept in read_vocabulary() for form in concept.forms]
    names = linker.names(terms, "competence")
    quotes = labelled_quotes()
    near, letters = _signals(linker, [quote for quote, _ in quotes], names)
    return _fitted(near, letters, [concept for _, concept in quotes], names)


def fitted_prototypes(linker: Linker) -> dict[str, object]:
    """Fit the confidence of a link to a prototype, on the same quotes."""
    prototypes, quotes = load_prototypes(), labelled_quotes()
    scores = (linker.encoder.encode([quote for quote, _ in quotes], role="phrase") @ prototypes.rows.T).astype(
        np.float64
    )
    ranked = np.sort(scores, axis=1)
    found = np.stack([ranked[:, -1], ranked[:, -1] - ranked[:, -2], np.zeros(len(scores))], axis=1)
    right = np.array(
        [prototypes.names[row.argmax()] == concept for row, (_, concept) in zip(scores, quotes, strict=True)]
    )
    return {"letters": 0.0, **_logistic(found, right), "right": round(float(right.mean()), 4), "asked": len(right)}


def mention_recall(linker: Linker) -> dict[str, float]:
    """Return how often the mentions of the test writers are linked to their concept by the prototypes.

    Share right first, share right among the first five; share of links sure enough to be made, and right of those.
    """
    from matcher.competences.linking import linked_by_vector

    prototypes = load_prototypes()
    chosen = [m for m in read_mentions() if m.writer in TEST_WRITERS and m.kind == "mention"]
    vectors = linker.encoder.encode([mention.text for mention in chosen], role="phrase")
    order = np.argsort(-(vectors @ prototypes.rows.T), axis=1, kind="stable")[:, :5]
    hits = [[prototypes.names[place] for place in row] for row in order.tolist()]
    links = linked_by_vector(vectors, prototypes)
    made = [(concept, mention.concept) for (concept, _), mention in zip(links, chosen, strict=True) if concept]
    return {
        "mentions": len(chosen),
        "recall@1": float(np.mean([m.concept == row[0] for m, row in zip(chosen, hits, strict=True)])),
        "recall@5": float(np.mean([m.concept in row for m, row in zip(chosen, hits, strict=True)])),
        "linked": len(made) / len(chosen),
        "linked_right": float(np.mean([found == wanted for found, wanted in made])) if made else 0.0,
    }


def labelled_quotes() -> list[tuple[str, str | None]]:
    """Quotes of the dev documents that say a competence, with its concept; each once."""
    found = {
        (label["quote"], label["concept"]): None
        for file in DOCUMENTS
        for document in read(file)
        for label in document["labels"]
        if label["kind"] == "competence"
    }
    return list(found)


def _signals(linker: Linker, texts: Sequence[str], names: Names) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    near = (linker.vectors(texts, names.purpose) @ names.vectors.T).astype(np.float64)
    rows = names.vectoriser.vectorise(texts)
    return near, np.stack([names.letters.products(rows.take([place])) for place in range(len(texts))])


def _fitted(
    near: NDArray[np.float64], letters: NDArray[np.float64], wanted: Sequence[str | None], names: Names
) -> dict[str, object]:
    known = np.array([concept is not None for concept in wanted])
    shares = {weight: _share_right(near + weight * letters, wanted, names, known) for weight in LETTER_WEIGHTS}
    weight = max(shares, key=lambda each: shares[each])
    found = evidence(near + weight * letters, letters, names)
    first = found[:, :, 0].argmax(axis=1)
    right = np.array([names.concepts[place] == concept for place, concept in zip(first, wanted, strict=True)])
    top = found[np.arange(len(found)), first]
    return {"letters": weight, **_logistic(top, right), "right": round(shares[weight], 4), "asked": int(known.sum())}


def _share_right(
    scores: NDArray[np.float64], wanted: Sequence[str | None], names: Names, known: NDArray[np.bool_]
) -> float:
    first = best_of_concepts(scores, names).argmax(axis=1)
    right = np.array([names.concepts[place] == concept for place, concept in zip(first, wanted, strict=True)])
    return float(right[known].mean())


def _logistic(found: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, object]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=100.0, max_iter=2000).fit(found, right)
    return {
        "coefficients": [round(float(value), 4) for value in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 4),
    }


def main() -> None:
    """Fit all and write them where the product reads them."""
    settings = Settings()
    linker = assemble.linker(settings.model_copy(update={"models": settings.model_folder()}))
    phrases = fitted_phrases(linker)
    found = {
        "title": fitted_titles(linker),
        "competence": phrases,
        "work": phrases,
        "prototype": fitted_prototypes(linker),
    }
    Path(str(linking_file())).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
