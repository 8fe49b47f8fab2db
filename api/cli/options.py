"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.texts import say

Home = Annotated[Path | None, typer.Option("--home", help=say("option.home"), file_okay=True, show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=say("option.json"))]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help=say("option.limit"))]
Explain = Annotated[int, typer.Option("--explain", min=0, max=1000, help=say("option.explain"))]
