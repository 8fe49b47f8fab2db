"""Which broad field a candidate studied, for views by discipline."""

from collections.abc import Iterable

from eval.runs import PairGroup
from matcher.labour import read_programmes, recognise
from matcher.records import Candidate

UNKNOWN = "unknown"
BROAD_FIELDS = tuple(f"{number:02}" for number in range(11))
"""ISCED-F 2013 (UNESCO Institute for Statistics), first two digits; their names stand in the message catalogue."""


def discipline_family(candidates: Iterable[Candidate]) -> PairGroup:
    """Group pairs by the broad field of the candidate's programme; "unknown" where none is given or recognised."""
    fields = {candidate.id: broad_field(candidate.programme) for candidate in candidates}
    return lambda _, candidate: fields[candidate]


def broad_field(programme: str | None) -> str:
    """Return two digits of ISCED-F for a programme's id or name.

    >>> broad_field("Cand.polyt. i byggeri og anlæg"), broad_field("livets skole")
    ('07', 'unknown')
    """
    if not programme:
        return UNKNOWN
    by_id = next((known for known in read_programmes() if known.id == programme), None)
    known = by_id or recognise(programme, field=True)
    return known.iscedf[:2] if known else UNKNOWN
