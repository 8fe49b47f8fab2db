"""From options to settings, store and engine."""

from pathlib import Path

from pydantic import ValidationError

from api.cli.console import Tell
from matcher.engine import Engine
from matcher.errors import InvalidSetting, Phrase
from matcher.settings import Settings


def settings(home: Path | None) -> Settings:
    """Read the settings; `home` overrides MATCHER_HOME. A value that cannot be used is refused with its name."""
    try:
        return Settings() if home is None else Settings(home=home)
    except ValidationError as problem:
        [first, *_] = problem.errors()
        field = str(first["loc"][0])
        wanted = Phrase(f"setting.{field}")
        raise InvalidSetting(name=f"MATCHER_{field.upper()}", found=first["input"], wanted=wanted) from problem


def engine(home: Path | None, tell: Tell | None) -> Engine:
    """Return the engine of a home; its indexes are not refreshed yet."""
    from matcher import assemble

    return assemble.engine(settings(home), progress=tell)
