"""Reads the two catalogues: every `*.toml` in `da/` and `en/`, tables flattened to dotted keys."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("da", "en")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All templates of one language by dotted key (`errors.toml` with `[unknown_id] text` -> `unknown_id.text`)."""
    folder = files("matcher.messages").joinpath(language)
    texts: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for key, text in _flatten(tomllib.loads(entry.read_text(encoding="utf-8"))):
                if key in texts:
                    raise ValueError(f"message {key!r} stands twice in {language}/")
                texts[key] = text
    return texts


def message(key: str, language: str, **values: object) -> str:
    """Return the text of `key` in `language` ("da" or "en") with `values` filled in; KeyError for an unknown key."""
    return catalogue(language)[key].format(**values)


def _flatten(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)
