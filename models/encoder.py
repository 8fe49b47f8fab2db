"""The encoder that a setting names."""

from collections.abc import Callable
from pathlib import Path

from models.adapter import Adapter, load_adapter
from models.errors import DamagedArtefactError, EncoderUnavailableError
from models.hashing import HashingEncoder
from models.onnx_encoder import OnnxEncoder
from models.packaged import PLAIN, SPEC, prepare
from models.transformer_encoder import SentenceTransformerEncoder

__all__ = ["Encoder", "HashingEncoder", "OnnxEncoder", "SentenceTransformerEncoder", "load_encoder"]

Encoder = OnnxEncoder | SentenceTransformerEncoder | HashingEncoder
HASHING = "hashing"


def load_encoder(
    spec: str, models: Path, threads: int = 0, progress: Callable[[str, int, int], None] | None = None
) -> Encoder:
    """Return the packaged model (made once below `models`), "hashing", or any sentence-transformers id or path.

    The packaged one has the adapter unless its name ends in "-plain"; the others have none, for it fits no other model.

    Raises EncoderUnavailableError if the model cannot be had. The packaged one loads with its first text; another is
    loaded at once, for without its weights nothing is known of it.
    """
    if spec in (SPEC, PLAIN):
        adapter = _shipped_adapter() if spec == SPEC else None
        return OnnxEncoder(prepare(models, progress, adapter), threads, adapter)
    if spec == HASHING:
        return HashingEncoder()
    if spec.startswith("packaged:"):
        raise EncoderUnavailableError(
            spec, f"only {SPEC} and {PLAIN} are packaged; name any other model by its id or path"
        )
    encoder = SentenceTransformerEncoder(spec)
    encoder.load()
    return encoder


def _shipped_adapter() -> Adapter:
    """Return the adapter that comes with the product, or say what to do where it is missing or damaged."""
    try:
        return load_adapter()
    except (DamagedArtefactError, OSError, ValueError) as problem:
        raise EncoderUnavailableError(
            SPEC,
            f"the trained weights that come with it cannot be read ({problem}). Install the product again, or set "
            f"MATCHER_ENCODER={PLAIN} to do without them.",
        ) from problem
