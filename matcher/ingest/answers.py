"""What the child answers is checked before it is believed: its parser may have been taken over by a file."""

from collections.abc import Mapping

from matcher.errors import UnreadableFile
from matcher.ingest.parsed import Cell, Notice, NumberedRow, Parsed
from matcher.messages import message

_NONSENSE = (KeyError, TypeError, ValueError, IndexError, AttributeError)


def parsed_of(name: str, answer: Mapping[str, object]) -> Parsed:
    """Return the answer as `Parsed` or raise its refusal; one that makes no sense is a crash of the parser."""
    try:
        _raise_refusal(name, answer)
        return Parsed(
            text=_text(answer["text"]),
            fields={field: _value(value) for field, value in _mapping(answer["fields"]).items()},
            notices=tuple(_notice(*item) for item in answer["notices"]),  # type: ignore[attr-defined]
            format=_text(answer["format"]),
        )
    except _NONSENSE as error:
        raise UnreadableFile("parser_crashed", file=name) from error


def rows_of(name: str, answer: Mapping[str, object]) -> list[NumberedRow]:
    """Return the answer as rows of a sheet or raise its refusal, as `parsed_of` does."""
    try:
        _raise_refusal(name, answer)
        return [_row(*item) for item in answer["rows"]]  # type: ignore[attr-defined]
    except _NONSENSE as error:
        raise UnreadableFile("parser_crashed", file=name) from error


def _raise_refusal(name: str, answer: Mapping[str, object]) -> None:
    if "refused" in answer:
        raise UnreadableFile(str(answer["refused"]), file=name, **_mapping(answer["values"]))


def _row(number: object, cells: object) -> NumberedRow:
    if type(number) is not int or not isinstance(cells, list):
        raise TypeError
    return number, [_cell(cell) for cell in cells]


def _cell(value: object) -> Cell:
    if not isinstance(value, str | int | float | None):
        raise TypeError
    return value


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _value(value: object) -> object:
    return [_text(item) for item in value] if isinstance(value, list) else _text(value)


def _notice(key: object, values: object) -> Notice:
    message(_text(key), "en", **_mapping(values))
    return _text(key), _mapping(values)
