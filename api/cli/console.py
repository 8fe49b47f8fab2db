"""Where words, tables and progress bars go: results to standard output, everything else to standard error."""

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TextIO

from pydantic import BaseModel
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.cli.texts import language, say
from matcher.errors import MatcherError
from matcher.messages.catalogue import catalogue

Tell = Callable[[str, int, int], None]


def out() -> Console:
    """Return the console of results; wide when its output is read by a program."""
    return _plain(sys.stdout)


def notes() -> Console:
    """Return the console of notices, refusals and progress."""
    return _plain(sys.stderr)


def _plain(stream: TextIO) -> Console:
    """A console that takes every text as it is: titles and ids of users are no markup."""
    width = None if stream.isatty() else 120
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def answer(model: BaseModel, *, leave_out: Collection[str] = ()) -> None:
    """Write one JSON object, without the fields to `leave_out`, and a line end to standard output."""
    sys.stdout.write(model.model_dump_json(exclude=set(leave_out)) + "\n")


def refuse(refusal: MatcherError) -> None:
    """Write a refusal to standard error, in the language of the command line."""
    notes().print(say("refused"), style="bold red", end=" ")
    notes().print(refusal.text(language()))


def stage(what: str) -> str:
    """Return the words for a stage of long work, or its own name where the catalogue has none."""
    return say(f"stage.{what}") if f"cli.stage.{what}" in catalogue("en") else what


@contextmanager
def progress_bars(*, quiet: bool) -> Iterator[Tell | None]:
    """Yield a function that shows (what, done, total) on standard error: bars on a terminal, else a line a stage."""
    if quiet:
        yield None
        return
    if not notes().is_terminal:
        yield _line_a_stage()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=notes()) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(stage(what), total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell


def _line_a_stage() -> Tell:
    told: set[str] = set()

    def tell(what: str, _done: int, total: int) -> None:
        if what not in told:
            told.add(what)
            notes().print(f"{stage(what)} ({total}) ...")

    return tell
