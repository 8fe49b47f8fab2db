"""Serves the packaged model with ONNX Runtime: 8-bit weights, no torch, as many texts at a time as there are cores.

Texts with equally many tokens share a call until it holds 160 tokens, which reads the weights once for all of them.
That changes no vector: the graph treats every token by itself (see `models/onnx_export.py`), nothing is padded, and
the tests compare bits. A text of more than 80 tokens has its call to itself.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from models.adapter import Adapter
from models.artefacts import condemn, open_artefact
from models.errors import DamagedArtefactError, EncoderUnavailableError
from models.guards import clean
from models.onnx_export import DATA_SUFFIX
from models.packaged import GRAPH, SPEC, TOKENIZER
from models.prompts import E5_PREFIXES, MOST_TOKENS, Role, prompt_of
from models.rows import GRID, rows_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENS_PER_CALL = 160
"""Measured for texts of 8 tokens: one text a call takes 2.6 times as long, 80 tokens 1.15, 240 and 320 1.05."""
SERVED = (GRAPH, GRAPH + DATA_SUFFIX, TOKENIZER)


class Session(Protocol):
    """What is used of onnxruntime.InferenceSession; safe to run in several threads at once."""

    def run(self, outputs: None, inputs: Mapping[str, NDArray[np.int64]], /) -> list[NDArray[np.float32]]:
        """Return every output."""
        ...


class OnnxEncoder:
    """The converted model in `folder` (`models.packaged.prepare`). Nothing is loaded before the first text.

    `adapter` is the one merged into it, if any: its heads turn the vectors of titles, competences and kinds of work,
    its prototypes those of phrases.
    """

    def __init__(self, folder: Path, threads: int = 0, adapter: Adapter | None = None) -> None:
        artefact = open_artefact(folder)
        self.dimension = int(artefact.facts["dimension"])
        heads = f"+{adapter.version}" if adapter else ""
        self.fingerprint = f"{artefact.facts['name']}-int8@{artefact.checksum(SERVED)[:12]}{heads}+{GRID}"
        self.adapter = adapter
        self._artefact = artefact
        self._threads = threads or usable_cores()
        self._loading = Lock()
        self._session: Session | None = None
        self._tokenizer: Tokenizer | None = None

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """Return shape (len(texts), dimension), rows of length 1 on the grid; zeros for an empty text.

        A text's row is the same bit for bit whatever else is encoded. Tokens beyond 512 are not read: chunk first.
        """
        prefix = E5_PREFIXES[prompt_of(role)]
        rows = rows_of(texts, self.dimension, lambda distinct: self._rows(distinct, prefix))
        return self.adapter.apply(role, rows) if self.adapter else rows

    def count_tokens(self, text: str) -> int:
        """Number of tokens without prefix and special tokens; of a text beyond 20,000 letters, of its beginning."""
        return len(self._loaded_tokenizer().encode(clean(text), add_special_tokens=False).ids)

    def _rows(self, texts: list[str], prefix: str) -> NDArray[np.float32]:
        tokenizer, session = self._loaded_tokenizer(), self._loaded_session()
        tokens = [_shortened(tokenizer.encode(prefix + text).ids) for text in texts]
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)

        def run(places: list[int]) -> None:
            ids = np.array([tokens[place] for place in places], dtype=np.int64)
            (rows[places],) = session.run(None, {"input_ids": ids})

        calls = list(_calls([len(ids) for ids in tokens]))
        with ThreadPoolExecutor(min(self._threads, len(calls))) as pool:
            list(pool.map(run, calls))
        return rows

    def _loaded_tokenizer(self) -> "Tokenizer":
        with self._loading:
            if self._tokenizer is None:
                self._check([TOKENIZER])
                from tokenizers import Tokenizer

                self._tokenizer = Tokenizer.from_file(str(self._artefact.folder / TOKENIZER))
            return self._tokenizer

    def _loaded_session(self) -> "Session":
        with self._loading:
            if self._session is None:
                with ThreadPoolExecutor(2) as pool:
                    checked = pool.submit(self._check, [GRAPH, GRAPH + DATA_SUFFIX])
                    session = pool.submit(_open_session, self._artefact.folder / GRAPH)
                    checked.result()
                    self._session = session.result()
            return self._session

    def _check(self, names: list[str]) -> None:
        """Refuse files that are not as they were written, and see to it that the next start converts them anew."""
        try:
            self._artefact.verify(names)
        except (DamagedArtefactError, OSError) as problem:
            with suppress(OSError):
                condemn(self._artefact.folder)
            raise EncoderUnavailableError(
                SPEC,
                f"{problem}. It was taken out of use; run the command again to make it anew. "
                f"If that does not help, delete {self._artefact.folder}.",
            ) from problem


def usable_cores() -> int:
    """Number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _open_session(graph: Path) -> Session:
    """Open on one thread: texts run side by side instead. Higher levels of optimisation measured no faster."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    session: Session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    return session


def _shortened(tokens: list[int]) -> list[int]:
    """Cut to what the model reads, keeping the token that ends a text."""
    return tokens if len(tokens) <= MOST_TOKENS else [*tokens[: MOST_TOKENS - 1], tokens[-1]]


def _calls(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield places of equally long texts that share a call, the longest first so that threads finish together."""
    by_length = defaultdict(list)
    for place, length in enumerate(lengths):
        by_length[length].append(place)
    for length in sorted(by_length, reverse=True):
        places, share = by_length[length], max(1, TOKENS_PER_CALL // length)
        yield from (places[at : at + share] for at in range(0, len(places), share))
