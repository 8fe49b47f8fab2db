"""Which reading made a record's demands and competences: stored ones of another reading are made anew."""

import hashlib
from functools import cache
from importlib.resources import files

RECIPE = 2
"""Raised when the code reads differently, so that homes read before read again."""
UNREAD = frozenset({"learning.tsv", "municipalities.tsv", "places.tsv", "postcodes.tsv"})
"""Tables in the same folders that no reading looks at."""


@cache
def reading_version() -> str:
    """Return the recipe's number and a short checksum over all tables that reading depends on, and the weights."""
    folders = (
        files("matcher.competences"),
        files("matcher.competences").joinpath("vocabulary"),
        files("matcher.ingest"),
        files("matcher.labour"),
        files("models").joinpath("weights"),
    )
    tables = sorted(
        (entry.name, entry.read_bytes())
        for folder in folders
        for entry in folder.iterdir()
        if entry.name.endswith((".tsv", ".json")) and entry.name not in UNREAD
    )
    digest = hashlib.sha256()
    for name, content in tables:
        digest.update(name.encode() + b"\0" + content)
    return f"reading{RECIPE}-{digest.hexdigest()[:8]}"
