"""Reading and writing the plain files an index consists of. What does not read is a `DamagedIndex`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.errors import DamagedIndex


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a JSON object in UTF-8, keys sorted, so that equal content gives equal bytes."""
    path.write_text(json.dumps(content, ensure_ascii=True, sort_keys=True), encoding="utf-8")


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DamagedIndex(file=path.name, why=str(error)) from error
    if not isinstance(content, dict):
        raise DamagedIndex(file=path.name, why="it holds no JSON object")
    return content


def read_array(path: Path, dtype: DTypeLike, *, ndim: int) -> NDArray[Any]:
    """Map an .npy file into memory read-only, without pickle; dtype and number of axes must be as wanted."""
    try:
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DamagedIndex(file=path.name, why=str(error)) from error
    if array.dtype != np.dtype(dtype) or array.ndim != ndim:
        raise DamagedIndex(file=path.name, why=f"found {array.dtype} with {array.ndim} axes")
    return array
