import sys
from dataclasses import replace
from io import BytesIO
from subprocess import run

import pytest
from PIL import Image

from eval.exposure import DECILES
from eval.plots import png
from eval.report import Bars, Lorenz, Reliability
from eval.significance import Interval

nan = float("nan")
SURE = Interval(value=0.8, low=0.7, high=0.9, n=20)
LONE = Interval(value=0.4, low=nan, high=nan, n=1)
NOTHING = Interval(value=nan, low=nan, high=nan, n=0)
BELOW = Interval(value=-0.2, low=-0.4, high=0.1, n=9)
BARS = Bars(labels=("Denne løsning", "Æ & Ø", "$x^2$"), figures=(SURE, LONE, BELOW), axis="nDCG@10")
CURVE = Reliability(said=(0.1, 0.5, 0.9), came_true=(LONE, SURE, SURE), across="sagt", up="holdt", diagonal="ens")
SHARES = Lorenz(shares=DECILES, figures=(SURE,) * 9, across="andel", up="synlighed", diagonal="lige")
every_drawing = pytest.mark.parametrize("drawing", [BARS, CURVE, SHARES], ids=lambda drawing: type(drawing).__name__)


def picture(drawing: Bars | Reliability | Lorenz) -> Image.Image:
    return Image.open(BytesIO(png(drawing, "da")))


@every_drawing
def test_a_drawing_is_a_picture_with_something_on_it(drawing: Bars | Reliability | Lorenz) -> None:
    image = picture(drawing)

    assert image.format == "PNG"
    assert image.width > 600
    assert len(image.convert("RGB").getcolors(2**24) or []) > 20


@every_drawing
def test_equal_drawings_give_equal_bytes(drawing: Bars | Reliability | Lorenz) -> None:
    assert png(drawing, "da") == png(drawing, "da")


def test_the_scales_have_the_decimal_mark_of_the_language() -> None:
    assert png(CURVE, "da") != png(CURVE, "en")


def test_whiskers_and_values_are_drawn() -> None:
    certain = replace(BARS, figures=(replace(SURE, low=0.8, high=0.8), LONE, BELOW))
    smaller = replace(BARS, figures=(replace(SURE, value=0.75), LONE, BELOW))

    assert len({png(BARS, "da"), png(certain, "da"), png(smaller, "da")}) == 3


def test_more_bars_make_a_higher_picture() -> None:
    many = Bars(labels=tuple("abcdefghij"), figures=(SURE,) * 10, axis="nDCG@10")

    assert picture(many).height > picture(BARS).height


@pytest.mark.parametrize(
    "drawing",
    [
        Bars(labels=("a",), figures=(NOTHING,), axis="x"),
        Bars(labels=(), figures=(), axis="x"),
        replace(CURVE, said=(), came_true=()),
        replace(SHARES, figures=(NOTHING,) * 9),
    ],
    ids=["no value", "no bars", "no bins", "no lists"],
)
def test_where_nothing_is_known_the_drawing_is_empty_and_not_an_error(drawing: Bars | Reliability | Lorenz) -> None:
    assert picture(drawing).width > 600


def test_matplotlib_is_loaded_only_to_draw() -> None:
    code = "import sys, eval.report; sys.exit('matplotlib' in sys.modules)"

    assert run([sys.executable, "-c", code], check=False).returncode == 0
