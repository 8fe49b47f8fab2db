"""Which language a text is in: Danish, English or another; right for short lists full of English tool names too.

A byte-pair classifier (py3langid) alone takes "Erfaring med Python og SQL" for Norwegian and "Docker, Git" for German.
Small words that only one of the languages has settle such cases; Norwegian counts as Danish unless its own words show.
"""

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Protocol, cast

from matcher.errors import NoTemporarySpace
from matcher.privacy.mask import FILLER, even
from matcher.records import Language

SHORT = 40
"""With fewer letters than this, and without a word that tells, a section takes its document's language."""

_LABELS = (
    "da",
    "en",
    "no",
    "nn",
    "sv",
    "de",
    "nl",
    "fr",
    "es",
    "pl",
    "fi",
    "pt",
    "it",
    "uk",
    "ru",
    "ro",
    "is",
    "fo",
    "zh",
    "ar",
    "lt",
    "cs",
    "hu",
    "tr",
)
_WEIGHT = {"da": 1.15, "en": 1.15}
"""A prior: the documents here are Danish or English until something speaks against it."""
_CERTAIN = 0.55
_PLENTY, _PLAIN = 8.0, 0.75
"""With so many telling words, and so large a share of them in one language, the classifier is not asked."""
_WORD = re.compile(r"[^\W\d_]+")
_DANISH_ONLY = "danish-only"
_LONGEST = 20_000
_STRETCH, _MOST = 60, 12


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def detect(text: str, *, default: Language = "other") -> Language:
    """Return the language of `text`; `default` where it holds too little to tell.

    >>> detect("Erfaring med Python, SQL og Power BI")
    'da'
    """
    written = _WORD.findall(even(text).text.replace(FILLER, " ")[:_LONGEST])
    words = [word.lower() for word in written]
    letters = sum(map(len, words))
    hits = _cue_hits(words, danish_letters=sum(w.count(sign) for w in written if w[0].islower() for sign in "æø"))
    if letters < 3 or (letters < SHORT and not hits and default != "other"):
        return default
    total = sum(hits.values())
    for language in ("da", "en"):
        if total >= _PLENTY and hits.get(language, 0.0) >= _PLAIN * total:
            return language
    scores = _classified(words)
    for label, weight in hits.items():
        scores[label] += weight / total * min(1.0, total / 1.2)
    _fold_norwegian(scores, words)
    best = max(sorted(scores), key=lambda label: scores[label] * _WEIGHT.get(label, 1.0))
    if best in ("da", "en"):
        return cast("Language", best)
    if scores[best] / sum(scores.values()) >= _CERTAIN and letters >= SHORT // 2:
        return "other"
    if default != "other":
        return default
    return "da" if scores["da"] > scores["en"] else "en"


def named(value: str) -> Language | None:
    """Return the language that a field names ("da", "da-DK", "Danish", "engelsk"), None for no language's name."""
    word = value.strip().lower()
    code = re.split(r"[-_]", word)[0]
    if code in {"da", "dk", "dan", "dansk", "danish"}:
        return "da"
    if code in {"en", "eng", "gb", "us", "engelsk", "english"}:
        return "en"
    others = {
        *_LABELS,
        "other",
        "andet",
        "norsk",
        "svensk",
        "tysk",
        "german",
        "swedish",
        "norwegian",
        "polsk",
        "polish",
    }
    return "other" if code in others - {"da", "en"} else None


@cache
def _cue_words() -> dict[str, frozenset[str]]:
    text = files("matcher.ingest").joinpath("language_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {label: frozenset(words.split()) for label, words in rows}


@cache
def _owners() -> dict[str, list[str]]:
    """The languages that each telling word belongs to."""
    owners: dict[str, list[str]] = {}
    for label, words in _cue_words().items():
        for word in words if label != _DANISH_ONLY else ():
            owners.setdefault(word, []).append(label)
    return owners


def _cue_hits(words: list[str], *, danish_letters: int) -> dict[str, float]:
    """How often words that tell a language occur; one of several languages is shared between them."""
    hits: dict[str, float] = {"da": 0.3 * danish_letters} if danish_letters else {}
    for word, times in Counter(words).items():
        owners = _owners().get(word, ())
        for label in owners:
            hits[label] = hits.get(label, 0.0) + times / len(owners)
    return hits


def _classified(words: list[str]) -> dict[str, float]:
    """The classifier's probabilities, averaged over stretches so that a document in two languages counts as both."""
    scores = dict.fromkeys(_LABELS, 0.0)
    starts = range(0, len(words), _STRETCH)
    sample = starts[:: -(-len(starts) // _MOST)]
    read = sum(len(words[at : at + _STRETCH]) for at in sample)
    for at in sample:
        stretch = words[at : at + _STRETCH]
        for label, score in _identifier().rank(" ".join(stretch)):
            scores[label] += float(score) * len(stretch) / read
    return scores


def _fold_norwegian(scores: dict[str, float], words: list[str]) -> None:
    """Danish and Norwegian share most words: what looks Norwegian is Danish until Norwegian words outweigh."""
    norwegian_words = _cue_words()["no"] - _cue_words()["da"]
    only_norwegian = sum(word in norwegian_words for word in words)
    only_danish = sum(word in _cue_words()[_DANISH_ONLY] for word in words)
    norwegian = scores.pop("no") + scores.pop("nn")
    scores["no" if only_norwegian > only_danish else "da"] = norwegian + scores["da"]
    if only_norwegian > only_danish:
        scores["da"] = 0.0


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as problem:
        raise NoTemporarySpace(why=problem.strerror) from problem
    identifier.set_languages(_LABELS)
    return cast("_Identifier", identifier)
