"""Small drawings as SVG behind an address of their own: an image in a page may bring no style, so all is attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from api.pages.language import PageLanguage, decimal
from matcher.messages import message
from matcher.records import Match

UP, DOWN, INK, FAINT = "#1f5c99", "#9a4a12", "#1b1b1b", "#c9d1d9"
"""Blue for what speaks for the pair, brown for what speaks against it: told apart by side and lightness, too."""
WIDTH, LABELS, FIGURES, HEIGHT = 600, 240, 48, 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that drew the score: its name, and points of the score's logit."""

    name: str
    value: float
    written: str


def weights(match: Match, language: PageLanguage) -> list[Bar]:
    """Return what drew a score, the weightiest first, the starting point last."""
    parts = sorted(match.contributions.items(), key=lambda part: (part[0] == "base", -abs(part[1])))
    return [
        Bar(message(f"pages.weight.{name}", language), value, f"{'+' if value > 0 else ''}{decimal(value, language)}")
        for name, value in parts
    ]


def bars_svg(bars: Sequence[Bar], title: str) -> str:
    """Return horizontal bars from a middle line, as an SVG document."""
    height = HEIGHT * len(bars) + 8
    most = max([1e-9, *(abs(bar.value) for bar in bars)])
    room = (WIDTH - LABELS - 2 * FIGURES) / 2
    middle = LABELS + FIGURES + room
    drawn = "".join(_bar(bar, 4 + HEIGHT * at, middle, room / most) for at, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="system-ui, DejaVu Sans, sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{drawn}'
        f'<line x1="{middle}" y1="0" x2="{middle}" y2="{height}" stroke="{INK}" stroke-width="1"/></svg>'
    )


def _bar(bar: Bar, top: int, middle: float, scale: float) -> str:
    length = abs(bar.value) * scale
    left = middle if bar.value >= 0 else middle - length
    beside, anchor = (middle + length + 5, "start") if bar.value >= 0 else (middle - length - 5, "end")
    line = top + HEIGHT / 2 + 4
    return (
        f'<text x="{LABELS - 4}" y="{line}" text-anchor="end" fill="{INK}">{escape(bar.name)}</text>'
        f'<rect x="{left:.1f}" y="{top + 5}" width="{length:.1f}" height="{HEIGHT - 10}" '
        f'fill="{UP if bar.value >= 0 else DOWN}"/>'
        f'<text x="{beside:.1f}" y="{line}" text-anchor="{anchor}" fill="{INK}">{escape(bar.written)}</text>'
    )
