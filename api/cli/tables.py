"""What the tables of the command line are made of."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from api.cli.texts import language, say
from eval.significance import Interval
from matcher.labour.programmes import read_programmes
from matcher.messages.catalogue import catalogue
from matcher.records import Reason

STATUS_STYLE = {"covered": "green", "partly": "yellow", "missing": "red"}
_FIGURES = {"rank", "score", "demands"}
_UNBROKEN = {"candidate", "posting", "status", "strength", "language", "band"}


def table(title: str, columns: Sequence[str]) -> Table:
    """Return an empty table; columns are headed by the catalogue's words, or by their names where it has none."""
    made = Table(title=Text(title), title_justify="left", show_lines=False, expand=False)
    for column in columns:
        made.add_column(
            say(f"column.{column}") if f"cli.column.{column}" in catalogue("en") else column,
            justify="right" if column in _FIGURES else "left",
            no_wrap=column in _FIGURES | _UNBROKEN,
            overflow="fold",
        )
    return made


def percent(score: float) -> str:
    """Return a probability as a percentage."""
    return f"{score:.0%}" if score >= 0.01 else "<1%"


def coverage(demands: Sequence[Reason]) -> str:
    """Return how many of the demands are covered."""
    return f"{sum(reason.status == 'covered' for reason in demands)}/{len(demands)}"


def quote(text: str) -> Text:
    """Return words of a document in quotation marks."""
    return Text(say("quote", text=" ".join(text.split())))


def implied(programme: str) -> Text:
    """Say that a programme implies what the CV does not say."""
    [found] = [known for known in read_programmes() if known.id == programme]
    return Text(say("implied", programme=found.da if language() == "da" else found.en), style="dim")


def interval(found: Interval) -> str:
    """Return a value with its interval."""
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"
