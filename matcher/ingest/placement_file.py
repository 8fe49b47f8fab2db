"""A placement history read for evaluation: every line is right, or nothing is evaluated and every wrong line is told.

`matcher ingest placements` keeps what it can use of a line; here a value that is left out would change a result.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from matcher.errors import InvalidLine, InvalidPlacements, MatcherError
from matcher.ingest.decimals import Ambiguous, Decimals, NoNumber
from matcher.ingest.fieldnames import field_of
from matcher.ingest.placements import placement
from matcher.ingest.rows import read_rows
from matcher.ingest.sandbox import Sandbox
from matcher.ingest.source import Source
from matcher.ingest.tables import delimiter_of
from matcher.privacy.cpr import mask_cpr
from matcher.records import Placement

REQUIRED = ("candidate", "posting", "date", "outcome")
SIMULATED = "simulated"
"""A file with this word in its name holds a made-up history, and whatever shows results of it says so."""
_NAMED = 5
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}\S*)?")
_DANISH = re.compile(r"(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?: \d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")
_DELIMITED = {".csv", ".tsv"}

Rows = Sequence[tuple[int, Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementLog:
    """The lines of one file in its order, how many said again what another said, and whether they are made up."""

    placements: tuple[Placement, ...]
    repeated: int
    simulated: bool


class InvalidPlacementLines(MatcherError):
    """Lines of a placement file that cannot be used; nothing is evaluated with the rest. `errors` has them all."""

    key = "placements.lines"

    def __init__(self, file: Path, errors: Sequence[InvalidLine], lines: int) -> None:
        self.errors = tuple(errors)
        super().__init__(file=file, count=len(errors), lines=lines)

    def text(self, language: str) -> str:
        """Return how many lines are wrong, and the first of them one by one."""
        first = [mask_cpr(error.text(language)) for error in self.errors[:_NAMED]]
        return "\n".join([super().text(language), *first])


def read_placements(path: Path, *, score_column: str | None = None, today: date | None = None) -> PlacementLog:
    """Read a placement history; `InvalidPlacementLines` counts the wrong lines and names the first.

    `score_column`: the column that holds the score to be evaluated, whatever it is called. A date after `today` (the
    day of the call) is wrong.
    """
    with Sandbox() as sandbox:
        lines = list(read_rows(path, "placement", sandbox))
    rows = [(line, fields) for line, fields in lines if not isinstance(fields, InvalidLine)]
    score = "score" if score_column is None else field_of(score_column, "placement")
    _require_columns(path, rows, score if score_column is not None else None)
    reader = _Reader(path, rows, score, today or datetime.now(UTC).astimezone().date())
    for line, fields in lines:
        if isinstance(fields, InvalidLine):
            reader.errors.append(fields)
        else:
            reader.take(line, fields)
    if reader.errors:
        raise InvalidPlacementLines(path, reader.errors, len(lines))
    if not reader.read:
        raise InvalidPlacements("empty")
    placements = tuple(made for _, made in reader.read.values())
    return PlacementLog(
        placements=placements, repeated=len(lines) - len(placements), simulated=SIMULATED in path.name.lower()
    )


def _require_columns(path: Path, rows: Rows, score: str | None) -> None:
    """Refuse a file in which no line has a field that is needed: its column is missing, or has another name."""
    found = {name for _, fields in rows for name in fields}
    shown = ", ".join(sorted(found))[:200] or "-"
    if rows and (missing := [name for name in REQUIRED if name not in found]):
        raise InvalidPlacements("no_column", file=path, missing=", ".join(missing), found=shown)
    if rows and score is not None and score not in found:
        raise InvalidPlacements("no_score_column", file=path, column=score, found=shown)


class _Reader:
    """Checks line by line; what is wrong goes to `errors`, what is right to `read`, by what makes it one line."""

    def __init__(self, path: Path, rows: Rows, score: str, today: date) -> None:
        delimiter = delimiter_of(path.read_bytes(), "placement") if path.suffix.lower() in _DELIMITED else ""
        numbers = (fields.get(name) for _, fields in rows for name in ("propensity", score))
        self._path, self._score, self._today = path, score, today
        self._decimals = Decimals(numbers, delimiter)
        self.errors: list[InvalidLine] = []
        self.read: dict[tuple[object, ...], tuple[int, Placement]] = {}

    def take(self, line: int, fields: Mapping[str, object]) -> None:
        """Read one line."""
        source = Source(file=self._path, line=line)
        try:
            made = self._placement(fields, source)
            key = (made.candidate, made.posting, made.date, made.outcome)
            first, known = self.read.setdefault(key, (line, made))
            if known != made:
                raise source.refusal(
                    "placed_twice", first=first, posting=made.posting, candidate=made.candidate, date=made.date
                )
        except InvalidLine as error:
            self.errors.append(error)

    def _placement(self, fields: Mapping[str, object], source: Source) -> Placement:
        for name in ("candidate", "posting", "instrument"):
            if "\ufffd" in str(fields.get(name, "")):
                raise source.refusal("bad_encoding", field=name)
        for name in REQUIRED:
            if not str(fields.get(name, "")).strip():
                raise source.refusal("missing_field", field=name)
        day = self._day(fields["date"], source)
        propensity = self._number("propensity", fields.get("propensity"), source)
        if propensity is not None and not 0 < propensity <= 1:
            raise source.refusal("bad_propensity", found=_shown(fields["propensity"]))
        score = self._number(self._score, fields.get(self._score), source)
        numbers = {"propensity", "score", self._score}
        made, notices = placement({**{k: v for k, v in fields.items() if k not in numbers}, "date": day}, source)
        if notices:
            field = str(notices[0][1].get("field", ""))
            raise source.refusal("bad_value", field=field, found=_shown(fields.get(field)))
        return replace(made, propensity=propensity, score=score)

    def _day(self, value: object, source: Source) -> date:
        try:
            day = _date(str(value).strip())
        except ValueError:
            raise source.refusal("bad_placement_date", found=_shown(value)) from None
        if day > self._today:
            raise source.refusal("future_date", found=day, today=self._today)
        return day

    def _number(self, field: str, value: object, source: Source) -> float | None:
        if value is None or not str(value).strip():
            return None
        try:
            return self._decimals.read(value)
        except Ambiguous:
            raise source.refusal("ambiguous_number", field=field, found=_shown(value)) from None
        except NoNumber:
            raise source.refusal("bad_number", field=field, found=_shown(value)) from None


def _date(written: str) -> date:
    """A whole day, written 2026-12-31, 31-12-2026 or 31.12.2026; a day and month that can change places are none."""
    if match := _ISO.fullmatch(written):
        return date(*(int(part) for part in match.groups()))
    if match := _DANISH.fullmatch(written):
        return date(int(match.group(4)), int(match.group(3)), int(match.group(1)))
    raise ValueError(written)


def _shown(value: object) -> str:
    return mask_cpr(str(value))[:40]
