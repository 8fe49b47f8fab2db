"""Drawings of a report as PNG. The only home of matplotlib; it draws without a screen and without global state."""

from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from eval.report_parts.content import Bars, Lorenz, Reliability, ReportLanguage
from eval.report_parts.wording import number
from eval.significance import Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOTS_PER_INCH = 120
OURS, OTHERS, INK, FAINT = "#1f5c99", "#8fa9bf", "#1b1b1b", "#8a8a8a"
"""Blue, grey-blue, near-black and grey: told apart by lightness too."""


def png(drawing: Bars | Reliability | Lorenz, language: ReportLanguage) -> bytes:
    """Return a PNG; equal drawings give equal bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_size(drawing), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    if isinstance(drawing, Bars):
        _bars(axes, drawing, language)
    elif isinstance(drawing, Reliability):
        _reliability(axes, drawing)
    else:
        _lorenz(axes, drawing)
    _marks(axes, language, both=not isinstance(drawing, Bars))
    axes.spines[["top", "right"]].set_visible(False)
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _size(drawing: Bars | Reliability | Lorenz) -> tuple[float, float]:
    return (7.5, 1.1 + 0.38 * max(len(drawing.labels), 1)) if isinstance(drawing, Bars) else (5.6, 5.0)


def _bars(axes: "Axes", bars: Bars, language: ReportLanguage) -> None:
    places = list(range(len(bars.labels)))
    values = [figure.value if isfinite(figure.value) else 0.0 for figure in bars.figures]
    colours = [OURS if at == 0 and bars.first else OTHERS for at in places]
    whiskers = np.array([_whisker(figure) for figure in bars.figures]).reshape(-1, 2).T
    axes.barh(places, values, xerr=whiskers, color=colours, ecolor=INK, capsize=3, height=0.66)
    ends = [
        max(value, figure.high if isfinite(figure.high) else value)
        for value, figure in zip(values, bars.figures, strict=True)
    ]
    room = 0.015 * max([1e-9, *map(abs, ends)])
    for at, (end, figure) in enumerate(zip(ends, bars.figures, strict=True)):
        axes.text(max(end, 0) + room, at, number(figure.value, language), va="center", fontsize=9, color=INK)
    axes.set_yticks(places, [_plain(label) for label in bars.labels])
    axes.invert_yaxis()
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.margins(x=0.14)
    axes.set_xlabel(_plain(bars.axis))


def _reliability(axes: "Axes", drawing: Reliability) -> None:
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle="--", label=_plain(drawing.diagonal))
    whiskers = np.array([_whisker(figure) for figure in drawing.came_true]).reshape(-1, 2).T
    shares = [figure.value for figure in drawing.came_true]
    axes.errorbar(drawing.said, shares, yerr=whiskers, color=OURS, ecolor=INK, marker="o", capsize=3, linewidth=1.4)
    _square(axes, drawing)


def _lorenz(axes: "Axes", drawing: Lorenz) -> None:
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle="--", label=_plain(drawing.diagonal))
    across = [0.0, *drawing.shares, 1.0]
    axes.plot(across, [0.0, *(figure.value for figure in drawing.figures), 1.0], color=OURS, marker="o", linewidth=1.8)
    low = [0.0, *(figure.low for figure in drawing.figures), 1.0]
    high = [0.0, *(figure.high for figure in drawing.figures), 1.0]
    axes.fill_between(across, low, high, color=OTHERS, alpha=0.45, linewidth=0)
    _square(axes, drawing)


def _square(axes: "Axes", drawing: Reliability | Lorenz) -> None:
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel=_plain(drawing.across), ylabel=_plain(drawing.up))
    axes.legend(loc="upper left", frameon=False)


def _marks(axes: "Axes", language: ReportLanguage, *, both: bool) -> None:
    """Write the scales with the language's decimal mark."""
    from matplotlib.ticker import FuncFormatter

    shown = FuncFormatter(lambda value, _: f"{value:g}".replace(".", ",") if language == "da" else f"{value:g}")
    axes.xaxis.set_major_formatter(shown)
    if both:
        axes.yaxis.set_major_formatter(shown)


def _whisker(figure: Interval) -> tuple[float, float]:
    known = isfinite(figure.low) and isfinite(figure.high)
    return (max(0.0, figure.value - figure.low), max(0.0, figure.high - figure.value)) if known else (0.0, 0.0)


def _plain(text: str) -> str:
    """Take the meaning of formulas from dollar signs."""
    return text.replace("$", r"\$")
