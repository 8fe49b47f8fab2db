"""The vectors, tokens and reference norms of many documents of one kind, and of a single one."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.bundles import Bundles
from index.dense import DenseIndex
from index.lexical import LexicalIndex
from index.sparse import SparseRows, stacked
from matcher.fit import COLUMNS, Phrases
from matcher.records import LANGUAGES, Language
from matcher.speech import tongues

FORMAT = 2
"""Grows when what is kept of a document changes: pools of another format are built anew."""
SIGNALS = ("dense", "lexical", "title", "fit")
"""What is compared of a pair, before it is standardised; `matcher.features` names what the ranker sees."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """One document as the features see it; only a posting has a title. `phrases`: its demands or competences.

    `norms`: (signals, languages of the other side, 2), mean and deviation against the reference cohort.
    """

    id: str
    language: Language
    chunks: NDArray[np.float32]
    titles: NDArray[np.float32]
    lexical: SparseRows
    phrases: Phrases
    norms: NDArray[np.float64]
    tongues: NDArray[np.float32]
    """(2, languages of the vocabulary): what is needed or spoken, see `matcher.speech`."""


class Pool:
    """Documents of one kind, in ascending order of id.

    `chunks` and `lexical` hold all of them, `titles` and `phrases` those that have any.
    """

    def __init__(
        self,
        *,
        chunks: DenseIndex,
        titles: DenseIndex,
        lexical: LexicalIndex,
        phrases: Bundles,
        facts: Mapping[str, tuple[Language, bytes]],
        norms: Mapping[str, NDArray[np.float64]],
        tongues: Mapping[str, NDArray[np.float32]],
    ) -> None:
        self.chunks = chunks
        self.titles = titles
        self.lexical = lexical
        self.phrases = phrases
        self._languages = {id: language for id, (language, _) in facts.items()}
        self.digests = {id: digest for id, (_, digest) in facts.items()}
        self._norms = dict(norms)
        self._tongues = dict(tongues)
        self._align()

    @classmethod
    def empty(cls, dimension: int, *, columns: int, flat_limit: int = 200_000) -> Self:
        """Return a pool without documents, for vectors of a dimension and lexical rows of so many columns."""
        return cls(
            chunks=DenseIndex(dimension, flat_limit=flat_limit),
            titles=DenseIndex(dimension, flat_limit=flat_limit),
            lexical=LexicalIndex(columns),
            phrases=Bundles(dimension, len(COLUMNS)),
            facts={},
            norms={},
            tongues={},
        )

    def _align(self) -> None:
        self.ids = tuple(sorted(self._languages))
        self.position = {id: place for place, id in enumerate(self.ids)}
        self.languages = np.array([LANGUAGES.index(self._languages[id]) for id in self.ids], dtype=np.int64)
        shape = (0, len(SIGNALS), len(LANGUAGES), 2)
        self.norms = np.stack([self._norms[id] for id in self.ids]) if self.ids else np.zeros(shape)
        none = np.zeros((0, 2, len(tongues())), dtype=np.float32)
        self.tongues = np.stack([self._tongues[id] for id in self.ids]) if self.ids else none

    def replace(self, documents: Iterable[tuple[Rows, bytes]]) -> None:
        """Add documents, or put them in the place of those with the same id; with each its content digest."""
        documents = list(documents)
        if not documents:
            return
        self.chunks.replace([(rows.id, rows.chunks) for rows, _ in documents])
        self.titles.replace([(rows.id, rows.titles) for rows, _ in documents if len(rows.titles)])
        self.lexical.replace([rows.id for rows, _ in documents], stacked([rows.lexical for rows, _ in documents]))
        self.phrases.replace([(rows.id, rows.phrases.vectors, rows.phrases.figures) for rows, _ in documents])
        for rows, digest in documents:
            self._languages[rows.id] = rows.language
            self._norms[rows.id] = rows.norms
            self._tongues[rows.id] = rows.tongues
            self.digests[rows.id] = digest
        self._align()

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; unknown ids are no error."""
        gone = [id for id in ids if id in self._languages]
        self.chunks.remove(gone)
        self.titles.remove(gone)
        self.lexical.remove(gone)
        self.phrases.remove(gone)
        for id in gone:
            del self._languages[id], self._norms[id], self._tongues[id], self.digests[id]
        self._align()

    def rows(self, id: str) -> Rows:
        """Return what is held of one document; KeyError if it is not here."""
        place = self.position[id]
        return Rows(
            id=id,
            language=self._languages[id],
            chunks=self.chunks.rows(id),
            titles=self.titles.rows(id),
            lexical=self.lexical.rows([id]),
            phrases=Phrases(self._languages[id], *self.phrases.get(id)),
            norms=self.norms[place],
            tongues=self.tongues[place],
        )

    def save(self, folder: Path) -> None:
        """Write the pool into an empty folder; `index.manifest.publish` makes that safe."""
        parts: dict[str, DenseIndex | LexicalIndex | Bundles] = {
            "chunks": self.chunks,
            "titles": self.titles,
            "lexical": self.lexical,
            "phrases": self.phrases,
        }
        for name, part in parts.items():
            (folder / name).mkdir(parents=True)
            part.save(folder / name)
        np.save(folder / "norms.npy", self.norms, allow_pickle=False)
        np.save(folder / "tongues.npy", self.tongues, allow_pickle=False)
        facts = {id: [self._languages[id], self.digests[id].hex()] for id in self.ids}
        (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read a pool that `save` wrote."""
        stored = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        norms, tongues = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in ("norms", "tongues"))
        return cls(
            chunks=DenseIndex.open(folder / "chunks"),
            titles=DenseIndex.open(folder / "titles"),
            lexical=LexicalIndex.open(folder / "lexical"),
            phrases=Bundles.open(folder / "phrases"),
            facts={id: (language, bytes.fromhex(digest)) for id, (language, digest) in stored.items()},
            norms=dict(zip(sorted(stored), norms, strict=True)),
            tongues=dict(zip(sorted(stored), tongues, strict=True)),
        )
