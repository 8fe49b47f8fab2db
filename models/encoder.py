"""The encoder that a setting names."""

from collections.abc import Callable
from pathlib import Path

from models.adapter import load_adapter
from models.errors import EncoderUnavailableError
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
        adapter = load_adapter() if spec == SPEC else None
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
