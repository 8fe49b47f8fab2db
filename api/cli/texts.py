"""The words of the command line, in the language of MATCHER_LANGUAGE (Danish or English)."""

import os

from matcher.messages import message


def language() -> str:
    """Return "da" or "en"; anything else in MATCHER_LANGUAGE counts as English here and is refused by the settings."""
    return "da" if os.environ.get("MATCHER_LANGUAGE") == "da" else "en"


def say(key: str, **values: object) -> str:
    """Return the text `cli.<key>`."""
    return message(f"cli.{key}", language(), **values)
