"""`matcher extract`: what is read in a text, with its place. Nothing is stored."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli import render
from api.cli.console import answer, progress_bars, refuse
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import say
from api.schemas import ExtractionOut
from matcher.errors import InvalidLine, MatcherError
from matcher.extraction import Extraction, extract_candidate, extract_posting, with_meanings
from matcher.ingest.rows import read_rows
from matcher.ingest.sandbox import Sandbox
from matcher.settings import Settings

EXTRACTORS = {"candidate": extract_candidate, "posting": extract_posting}
Kind = Literal["candidate", "posting"]
SOME_REFUSED = 3


def extract(
    file: Annotated[Path, typer.Argument(help=say("argument.file"))],
    *,
    kind: Annotated[Kind, typer.Option("--kind", help=say("extract.kind"))],
    link: Annotated[bool, typer.Option("--link/--no-link", help=say("extract.link"))] = True,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print competences or demands with evidence and offsets; JSON Lines in gives JSON Lines out."""
    understand = _understanding(settings(home), kind, link=link, quiet=as_json)
    if file.suffix.lower() not in {".jsonl", ".ndjson"}:
        _show(ExtractionOut.of(understand(_read(file))), as_json=as_json)
        return
    read, refused = 0, 0
    for found in _documents(file):
        if isinstance(found, MatcherError):
            refused += 1
            refuse(found)
            continue
        read += 1
        id, text = found
        _show(ExtractionOut.of(understand(text)).model_copy(update={"id": id}), as_json=as_json)
    if refused:
        raise typer.Exit(SOME_REFUSED if read else 1)


def _understanding(chosen: Settings, kind: Kind, *, link: bool, quiet: bool) -> Callable[[str], Extraction]:
    """Return what reads a text; with `link` also phrases that name no concept are linked to the one they mean."""
    if not link:
        return EXTRACTORS[kind]
    from matcher import assemble

    with progress_bars(quiet=quiet) as tell:
        encoder = assemble.encoder(chosen, progress=tell)
    return lambda text: with_meanings(EXTRACTORS[kind](text), encoder)


def _read(file: Path) -> str:
    with Sandbox() as sandbox:
        return sandbox.parse(file).text


def _documents(file: Path) -> Iterator[tuple[str, str] | MatcherError]:
    with Sandbox() as sandbox:
        for number, fields in read_rows(file, "candidate", sandbox):
            if isinstance(fields, MatcherError):
                yield fields
            elif isinstance(fields.get("text"), str) and fields.get("id") is not None:
                yield str(fields["id"]), str(fields["text"])
            else:
                yield InvalidLine("not_a_document", file=file, line=number)


def _show(found: ExtractionOut, *, as_json: bool) -> None:
    if as_json:
        answer(found, leave_out=_other_side(found))
    else:
        render.extraction(found)


def _other_side(found: ExtractionOut) -> set[str]:
    absent = {"id"} if found.id is None else set()
    return absent | ({"competences"} if found.competences is None else {"demands"})
