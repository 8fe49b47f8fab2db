"""What Word and OpenDocument have in common: tables that are tables or whole pages, text boxes hung on a paragraph."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

_LABELLED = 25
"""A table cell longer than this beside a word is a text under a heading, a shorter one a value."""


def with_boxes(text: str, boxes: Iterable[Element], blocks: Callable[[Element], Iterator[str]]) -> Iterator[str]:
    """Yield a paragraph, then what its text boxes hold; a paragraph that only carries boxes is no line."""
    boxes = list(boxes)
    if text.strip() or not boxes:
        yield text
    for box in boxes:
        yield from blocks(box)


def table_row(cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table row: one line where the cells hold a line each, else cell after cell.

    The second is a page laid out by a table, where each cell is a column of its own, or a heading beside its text.
    """
    filled = [[line for line in cell if line.strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    if all(len(cell) == 1 and "\n" not in cell[0] for cell in filled) and not _is_headed(filled):
        yield "\t".join(cell[0].strip() for cell in filled)
    else:
        for cell in filled:
            yield from cell


def _is_headed(row: Sequence[Sequence[str]]) -> bool:
    """Whether a row is a heading and its text: two cells, no date in the first, a sentence in the second."""
    if len(row) != 2:
        return False
    label, text = row[0][0], row[1][0]
    return len(text) > _LABELLED and len(label) < len(text) and not any(map(str.isdigit, label))
