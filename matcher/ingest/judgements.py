"""Judgements (posting, candidate, grade) out of the rows of a file: all of them are right, or none is used."""

from collections.abc import Iterable
from pathlib import Path

from matcher.errors import InvalidLine, MatcherError
from matcher.ingest.tables import Line
from matcher.records import Judgement

_NAMED = 5


class InvalidJudgementLines(MatcherError):
    """Lines of a judgement file that are no judgement; nothing is evaluated with the rest. `errors` has them all."""

    key = "ingest.judgements"

    def __init__(self, file: Path, errors: list[InvalidLine]) -> None:
        self.errors = errors
        super().__init__(file=file, count=len(errors))

    def text(self, language: str) -> str:
        """Return how many lines are wrong, and the first of them one by one."""
        return "\n".join([super().text(language), *(error.text(language) for error in self.errors[:_NAMED])])


def judgements_of(path: Path, lines: Iterable[Line]) -> list[Judgement]:
    """Return the judgements in the order of the file; the same line again counts once, unknown fields do not count."""
    read: dict[tuple[str, str], tuple[int, Judgement]] = {}
    errors: list[InvalidLine] = []
    for line, fields in lines:
        if isinstance(fields, InvalidLine):
            errors.append(fields)
            continue
        posting, candidate = (str(fields.get(name, "")).strip() for name in ("posting", "candidate"))
        grade = _grade(fields.get("grade"))
        if not posting or not candidate:
            missing = "posting" if not posting else "candidate"
            errors.append(InvalidLine("missing_field", file=path, line=line, field=missing))
        elif grade is None:
            errors.append(InvalidLine("grade", file=path, line=line, found=repr(fields.get("grade"))))
        else:
            first, judgement = read.setdefault(
                (posting, candidate), (line, Judgement(posting=posting, candidate=candidate, grade=grade))
            )
            if judgement.grade != grade:
                errors.append(
                    InvalidLine("judged_twice", file=path, line=line, first=first, posting=posting, candidate=candidate)
                )
    if errors:
        raise InvalidJudgementLines(path, errors)
    return [judgement for _, judgement in read.values()]


def _grade(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value).strip().removesuffix(".0")
    return int(text) if text in {"0", "1", "2", "3"} else None
