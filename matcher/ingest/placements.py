"""Lines of a placement history: who was proposed where, when, and what came of it."""

from collections.abc import Mapping
from typing import cast

from matcher.ingest.parsed import Notice
from matcher.ingest.source import Source, checked_id, required
from matcher.ingest.values import Fields
from matcher.privacy.cpr import mask_cpr
from matcher.records import Outcome, Placement


def placement(raw: Mapping[str, object], source: Source) -> tuple[Placement, tuple[Notice, ...]]:
    """Return one line of a placement history, with notices of the values that were left out."""
    fields = Fields(raw)
    ids = {name: checked_id(required(fields, name, source), source) for name in ("candidate", "posting")}
    day = fields.date("date")
    if day is None:
        raise source.refusal("bad_date", found=fields.text("date")[:40])
    outcome = fields.fixed("outcome")
    if not outcome:
        raise source.refusal("bad_outcome", found=fields.text("outcome")[:40])
    made = Placement(
        candidate=ids["candidate"],
        posting=ids["posting"],
        date=day,
        outcome=cast("Outcome", outcome),
        instrument=mask_cpr(fields.text("instrument")) or None,
        exposed=fields.flag("exposed"),
        propensity=fields.number("propensity", most=1.0),
        score=fields.number("score"),
    )
    return made, tuple(fields.notices)
