"""`matcher taxonomy import-esco`: the official ESCO files beside our own vocabulary."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from api.cli import render
from api.cli.console import answer
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import language, say
from matcher.taxonomy.esco import ATTRIBUTION, ImportReport
from matcher.taxonomy.esco import import_esco as import_files


class ImportOut(BaseModel):
    """What an import read and left out, and the sentence that ESCO's licence asks for."""

    languages: list[str]
    concepts: dict[str, int]
    names: dict[str, dict[str, int]]
    relations: dict[str, int]
    files: list[str]
    ignored: list[str]
    notices: list[str]
    attribution: str

    @classmethod
    def of(cls, report: ImportReport, words: str) -> "ImportOut":
        """The report with its notices in the language `words`."""
        return cls(
            languages=list(report.languages),
            concepts=dict(report.concepts),
            names={name: dict(counts) for name, counts in report.names.items()},
            relations=dict(report.relations),
            files=list(report.files),
            ignored=list(report.ignored),
            notices=[notice.text(words) for notice in report.notices],
            attribution=ATTRIBUTION.text(words),
        )


def import_esco(
    folder: Annotated[Path, typer.Argument(help=say("taxonomy.folder"))],
    *,
    languages: Annotated[list[str] | None, typer.Option("--language", help=say("taxonomy.language"))] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Import the files of a folder, print what was found, and credit ESCO."""
    report = import_files(folder, settings(home).home, languages=languages or ())
    if as_json:
        answer(ImportOut.of(report, language()))
    else:
        render.taxonomy_import(report)


def app() -> typer.Typer:
    """Return `matcher taxonomy` with its commands."""
    cli = typer.Typer(help=say("taxonomy.help"), no_args_is_help=True, rich_markup_mode=None)
    cli.command("import-esco", help=say("taxonomy.import_help"))(import_esco)
    cli.callback()(_group)
    return cli


def _group() -> None:
    """Keep `import-esco` a word of its own though it is the only command."""
