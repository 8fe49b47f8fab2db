"""Serves any sentence-transformers model, on CUDA where there is one."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from models.errors import EncoderUnavailableError
from models.guards import clean
from models.prompts import Prompt, Role, prefixes, prompt_of
from models.rows import GRID, rows_of

_ID = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")


class Model(Protocol):
    """What is used of sentence_transformers.SentenceTransformer."""

    prompts: Mapping[str, str | None]
    tokenizer: Any

    def encode(self, texts: list[str], **options: object) -> NDArray[np.float32]:
        """Return one row a text."""
        ...

    def state_dict(self) -> Mapping[str, Any]:
        """Return every weight by name."""
        ...


class SentenceTransformerEncoder:
    """A model by its id or path. One text a call: kernels round differently with other texts in the batch."""

    adapter = None
    """What was trained for the packaged model fits no other."""

    def __init__(self, name_or_path: str) -> None:
        self.name = name_or_path
        self._one_at_a_time = RLock()  # tokenizers cannot be borrowed twice

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """Return shape (len(texts), dimension), rows of length 1 on the grid; zeros for an empty text."""
        return rows_of(texts, self.dimension, lambda distinct: self._rows(distinct, self._prefixes[prompt_of(role)]))

    def count_tokens(self, text: str) -> int:
        """Number of tokens without prefix and special tokens; of a text beyond 20,000 letters, of its beginning."""
        with self._one_at_a_time:
            found = self._model.tokenizer(clean(text), add_special_tokens=False, truncation=False, verbose=False)
        return len(found["input_ids"])

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._rows(["."], "").shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Last part of the name, and a checksum over modules, prompts and every weight."""
        model = self._model
        digest = hashlib.sha256(repr((str(model), sorted(model.prompts.items()))).encode())
        for part in _bytes(model):
            digest.update(part)
        return f"{Path(self.name).name}@{digest.hexdigest()[:12]}+{GRID}"

    def load(self) -> None:
        """Load the model now; EncoderUnavailableError if it cannot be."""
        assert self._model is not None

    def _rows(self, texts: list[str], prefix: str) -> NDArray[np.float32]:
        options = {"batch_size": 1, "normalize_embeddings": True, "show_progress_bar": False}
        with self._one_at_a_time:
            rows = self._model.encode(texts, prompt=prefix, **options)
        return np.asarray(rows, dtype=np.float32)

    @cached_property
    def _prefixes(self) -> Mapping[Prompt, str]:
        return prefixes(Path(self.name).name, self._model.prompts)

    @cached_property
    def _model(self) -> Model:
        with self._one_at_a_time:
            try:
                return _load(self.name)
            except Exception as problem:
                found = str(problem).splitlines() or [""]
                raise EncoderUnavailableError(
                    self.name,
                    f"it could not be loaded ({type(problem).__name__}: {found[0]}). "
                    "MATCHER_ENCODER takes a folder with a sentence-transformers model, or an id that is in the local "
                    "cache or can be reached over the network.",
                ) from problem


def _load(name: str) -> Model:
    """Load a folder; an id from the local cache, and over the network only where it is not there."""
    if not Path(name).exists() and not _ID.fullmatch(name):
        raise FileNotFoundError(f"there is no folder {name}")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        return cast("Model", SentenceTransformer(name, device=device, local_files_only=True))
    except OSError:
        if Path(name).exists():
            raise
        return cast("Model", SentenceTransformer(name, device=device))


def _bytes(model: Model) -> Iterator[bytes | memoryview]:
    """Yield names and values of the weights; as bytes, for numpy has no bfloat16."""
    import torch

    for name, tensor in sorted(model.state_dict().items()):
        yield name.encode()
        yield tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().data
