"""Reading order of a page from the places of its text: columns one after the other, rows kept as rows.

A column starts where several lines share a left edge and nothing runs across the white space before it. Lines that do
run across (a name over the page, a profile) cut the page into bands, and each band is judged by itself. Dates or
headings in a margin look like a column but belong to the line beside them: those stay rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST_LINES = 3
"""Lines a side needs to be a column."""
EDGE = 3.0
"""Points within which two lines share a left edge."""
GUTTER = 6.0
"""Least white space before a column, in points."""
MARGIN = 0.4
"""Largest share of the page's width that is a margin with headings rather than a column."""
BESIDE = 2.5
"""Points within which the centres of two lines are beside each other."""
DATE = re.compile(
    r"(?:\D{0,12}(?:19|20)\d\d\b|\d{1,2}[./]\d{2,4}|(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text on one line without a wide gap. Points, y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float
    text: str = ""

    @property
    def middle(self) -> float:
        """Height of the line's centre."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """Height of the letters."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the page from top to bottom: one column, or a left and a right one."""

    left: list[Segment]
    right: list[Segment]

    @property
    def is_split(self) -> bool:
        """Whether there are two columns."""
        return bool(self.right)


def has_columns(segments: Sequence[Segment]) -> bool:
    """Whether any stretch of the page has columns (texts are not needed; margins are judged only in `in_order`)."""
    return any(band.is_split for band in _bands(segments))


def in_order(segments: Sequence[Segment]) -> list[str]:
    """Return the lines of the page in the order in which a person reads them."""
    lines: list[str] = []
    for band in _bands(segments):
        if not band.is_split:
            lines += in_order(band.left) if len(band.left) < len(segments) else _rows(band.left)
        elif _is_margin(band.left, band.right):
            lines += _rows(band.left + band.right, labels=band.left)
        elif _are_dates(band.right):
            lines += _rows(band.left + band.right)
        else:
            lines += in_order(band.left) + in_order(band.right)
    return lines


def _bands(segments: Sequence[Segment]) -> list[Band]:
    best = max((_cut(segments, edge) for edge in _edges(segments)), key=_weight, default=[])
    return best if _weight(best) else [Band(list(segments), [])]


def _weight(bands: Iterable[Band]) -> int:
    return sum(min(_line_count(band.left), _line_count(band.right)) for band in bands if band.is_split)


def _edges(segments: Sequence[Segment]) -> list[float]:
    """Left edges that enough segments share, without the first: that is the page's own margin."""
    clusters: list[list[float]] = []
    for left in sorted(segment.left for segment in segments):
        if clusters and left - clusters[-1][-1] <= EDGE:
            clusters[-1].append(left)
        else:
            clusters.append([left])
    return [cluster[0] for cluster in clusters[1:] if len(cluster) >= LEAST_LINES]


def _cut(segments: Sequence[Segment], edge: float) -> list[Band]:
    """Bands of the page for a column that starts at `edge`: segments across it end one band and begin the next."""
    bands: list[Band] = []
    full: list[Segment] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for line in _lines(segments):
        if all(segment.left >= edge - EDGE or segment.right <= edge - GUTTER for segment in line):
            right += [segment for segment in line if segment.left >= edge - EDGE]
            left += [segment for segment in line if segment.left < edge - EDGE]
        else:
            heading = _heading_below(left, right)
            full = [*_close(bands, full, left[: len(left) - len(heading)], right), *heading, *line]
            left, right = [], []
    bands.append(Band(_close(bands, full, left, right), []))
    return [band for band in bands if band.left]


def _close(bands: list[Band], full: list[Segment], left: list[Segment], right: list[Segment]) -> list[Segment]:
    """Add what stands above and the two columns to `bands`; return the segments that are still to be placed."""
    if min(_line_count(left), _line_count(right)) < LEAST_LINES:
        return full + left + right
    bands += [Band(full, []), Band(left, right)]
    return []


def _heading_below(left: Sequence[Segment], right: Sequence[Segment]) -> list[Segment]:
    """One or two short lines on the left under both columns: they head the full-width lines that follow."""
    lowest = min((segment.bottom for segment in right), default=0.0)
    below = [segment for segment in left if segment.top <= lowest]
    return below if _line_count(below) < LEAST_LINES else []


def _is_margin(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether a narrow left side holds dates, or headings of a line or two, most of them beside a line on the right."""
    if _are_dates(left):
        return True
    start, edge, end = (min(s.left for s in left), min(s.left for s in right), max(s.right for s in right))
    if edge - start > MARGIN * (end - start):
        return False
    heights, others = _heights(left), _heights(right)
    gaps = sorted(above - below for above, below in pairwise(others))
    leading = gaps[len(gaps) // 10]
    heads = heights[:1] + [below for above, below in pairwise(heights) if above - below > 1.4 * leading]
    beside = [head for head in heads if any(abs(head - other) < BESIDE for other in others)]
    return len(heights) <= 1.5 * len(heads) and len(beside) >= 0.6 * len(heads)


def _heights(segments: Sequence[Segment]) -> list[float]:
    return [line[0].middle for line in _lines(segments)]


def _are_dates(segments: Sequence[Segment]) -> bool:
    short = [segment for segment in segments if len(segment.text) <= 30 and DATE.match(segment.text)]
    return len(short) >= 0.6 * len(segments)


def _line_count(segments: Sequence[Segment]) -> int:
    return len(_lines(segments))


def _lines(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Group segments that stand beside each other, from the top down."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda item: -item.middle):
        if lines and abs(lines[-1][0].middle - segment.middle) < max(lines[-1][0].height, segment.height) / 2:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return lines


def _rows(segments: Sequence[Segment], labels: Sequence[Segment] = ()) -> list[str]:
    """Lines of one column; a label of the margin that is no date gets a line of its own, like a heading."""
    alone = {segment for segment in labels if not DATE.match(segment.text)}
    rows: list[str] = []
    for line in _lines(segments):
        ordered = sorted(line, key=lambda item: item.left)
        heads = [segment for segment in ordered if segment in alone]
        rows += [segment.text for segment in heads]
        rest = [segment.text for segment in ordered if segment not in alone]
        rows += ["\t".join(rest)] if rest else []
    return rows
