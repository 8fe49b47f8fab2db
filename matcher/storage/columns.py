"""Column types for what SQL has none for: tuples of strings and sections as JSON, vectors as float16."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Dialect, LargeBinary, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from matcher.records import Section

Value = TypeVar("Value")

# SQLite compares text by code point, as Python does; PostgreSQL does so only in collation "C".
NAME = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is sorted by: the same order in SQLite, PostgreSQL and Python."""


class Written(TypeDecorator[Value]):
    """A value that `write` turns into text, and `read` back."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok = True

    def __init__(self, write: Callable[[Value], Any], read: Callable[[Any], Value]) -> None:
        super().__init__()
        self.write = write
        self.read = read

    def process_bind_param(self, value: Value | None, _dialect: Dialect) -> Any:  # noqa: ANN401 - whatever impl holds
        """Python to database."""
        return None if value is None else self.write(value)

    def process_result_value(self, value: object, _dialect: Dialect) -> Value | None:
        """Database to Python."""
        return None if value is None else self.read(value)


class Packed(Written[Value]):
    """A value that `write` turns into bytes, and `read` back."""

    impl = LargeBinary
    cache_ok = True


def lossless(vector: NDArray[np.float32]) -> bool:
    """Whether float16 holds every component exactly; nan and infinity are not held."""
    with np.errstate(over="ignore"):
        half = vector.astype("<f2")
    return bool(np.isfinite(half).all() and np.array_equal(half.astype(np.float32), vector))


def _write_strings(strings: tuple[str, ...]) -> str:
    return json.dumps(strings, ensure_ascii=False)


def _read_strings(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


def _write_sections(sections: tuple[Section, ...]) -> str:
    return json.dumps([[s.kind, s.start, s.end, s.language] for s in sections])


def _read_sections(written: str) -> tuple[Section, ...]:
    return tuple(
        Section(kind=kind, start=start, end=end, language=language)
        for kind, start, end, language in json.loads(written)
    )


def _write_vector(vector: NDArray[np.float32]) -> bytes:
    return vector.astype("<f2").tobytes()


def _read_vector(written: bytes) -> NDArray[np.float32]:
    return np.frombuffer(written, dtype="<f2").astype(np.float32)


STRINGS = Written(_write_strings, _read_strings)
"""A tuple of strings as a JSON list."""

SECTIONS = Written(_write_sections, _read_sections)
"""The sections of a document as a JSON list of [kind, start, end, language]."""

COMPONENTS = Packed(_write_vector, _read_vector)
"""A float32 vector of shape (dimension,) as little-endian float16; `lossless` tells beforehand whether that will do."""
