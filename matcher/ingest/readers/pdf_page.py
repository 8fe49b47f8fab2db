"""The text of one PDF page in reading order."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from matcher.ingest.readers.columns import Segment, has_columns, in_order

SEGMENTS = 1_500
"""A page with more runs of text than this keeps the order of the file: no CV looks like that."""
GAP = 1.2
"""White space, in letter heights, that ends a run."""
BULLET_GAP = 4.0
"""The same after a bullet or a number that introduces the line."""
JOINED = "\ufffe"
"""PDFium's mark for a hyphen at a line's end: it has dropped the line break behind it."""
HYPHEN = "\x02"
"""The same mark where single characters are asked for."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def page_text(page: Any) -> str:  # noqa: ANN401 - pypdfium2 has no types
    """Return the text of a pypdfium2 page, column by column where it has columns."""
    textpage = page.get_textpage()
    if page.get_rotation() == 0 and 0 < textpage.count_rects() <= SEGMENTS and has_columns(_outlines(textpage)):
        return "\n".join(in_order(list(_segments(textpage))))
    text: str = textpage.get_text_range()
    return text.replace("\r\n", "\n").replace(JOINED, "-\n")


@dataclass(slots=True)
class _Run:
    """Text on one line that grows letter by letter."""

    left: float
    bottom: float
    right: float
    top: float
    letters: list[str] = field(default_factory=list)

    def reaches(self, box: Box) -> bool:
        """Whether what comes next stands on the same line without a wide gap before it."""
        left, bottom, _, top = box
        height = max(self.top - self.bottom, top - bottom)
        gap = BULLET_GAP if 0 < len(self.letters) <= 2 and not self.letters[0].isalpha() else GAP
        off_line = abs(self.bottom + self.top - bottom - top) / 2
        return off_line < height / 2 and -height < left - self.right < gap * height

    def take(self, box: Box, text: str = "") -> None:
        """Add what comes next."""
        left, bottom, right, top = box
        self.left, self.bottom = min(self.left, left), min(self.bottom, bottom)
        self.right, self.top = max(self.right, right), max(self.top, top)
        if text:
            self.letters.append(text)

    def segment(self) -> Segment:
        """Return the finished run."""
        return Segment(self.left, self.bottom, self.right, self.top, "".join(self.letters))


def _outlines(textpage: Any) -> list[Segment]:  # noqa: ANN401
    """Return runs without their text: quick, and enough to see whether there are columns."""
    runs: list[_Run] = []
    for index in range(textpage.count_rects()):
        box = textpage.get_rect(index)
        if runs and runs[-1].reaches(box):
            runs[-1].take(box)
        else:
            runs.append(_Run(*box))
    return [run.segment() for run in runs]


def _segments(textpage: Any) -> Iterator[Segment]:  # noqa: ANN401
    """Runs with their text, in the order of the file."""
    run: _Run | None = None
    space = ""
    for letter, box in _letters(textpage):
        if box is None:
            space = " "
            continue
        if run is not None and run.reaches(box):
            run.take(box, space + letter)
        else:
            if run is not None:
                yield run.segment()
            run = _Run(*box, [letter])
        space = ""
    if run is not None:
        yield run.segment()


def _letters(textpage: Any) -> Iterator[tuple[str, Box | None]]:  # noqa: ANN401
    """Characters with their boxes; None instead of a box for white space."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if letter.isspace() or letter == "\x00":
            yield " ", None
        else:
            pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
            yield "-" if letter == HYPHEN else letter, (left.value, bottom.value, right.value, top.value)
