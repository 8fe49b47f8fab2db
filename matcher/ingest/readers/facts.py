"""The facts of a structured CV under the names that `Parsed.fields` promises."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An education as a structured CV names it. `finished` is an ISO date or the beginning of one."""

    programme: str
    institution: str
    finished: str = ""
    current: bool = False


def study_fields(studies: Sequence[Study]) -> dict[str, object]:
    """Return programme, institution and finished of the education that goes on or ended last."""
    if not studies:
        return {}
    last = max(studies, key=lambda study: (study.current, study.finished))
    return {"programme": last.programme, "institution": last.institution, "finished": last.finished}


def person_fields(
    *, name: str, emails: Iterable[str], phones: Iterable[str], street: str, postcode: str, town: str
) -> dict[str, object]:
    """Return who it is and how to reach them; the address on one line, as a person would write it."""
    return {
        "name": name.strip(),
        "emails": [email for email in emails if email],
        "phones": [phone for phone in phones if phone],
        "addresses": [", ".join(part for part in (street, f"{postcode} {town}".strip()) if part)] if street else [],
        "municipality": town,
        "postcode": postcode,
    }


def named(*parts: Mapping[str, object]) -> dict[str, object]:
    """Merge fields and leave out those that the document does not name."""
    return {name: value for part in parts for name, value in part.items() if value}
