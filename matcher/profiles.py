"""An employer without a posting, seen as one: what it does, whom it hired and hosted. Said wherever it is used."""

import re
from functools import lru_cache

from matcher.ingest.language import detect
from matcher.records import Employer, Posting, Section

MOST_EARLIER = 12
"""Earlier hires and hosted interns that count; of a longer list the first."""
_YEAR = re.compile(r"^\s*(?:19|20)\d\d\s*[:,–-]\s*")


@lru_cache(maxsize=4096)
def profile(employer: Employer) -> Posting:
    """Return the posting that an employer's own words amount to, with the employer's id.

    It demands nothing now: what is read in it as demands are likely needs, from what it does and whom it hired. Its
    text is the description and then one line for each earlier hire and host; quotes are slices of that text.
    """
    lines = (f"- {note}" for note in earlier(employer))
    parts = [part for part in (employer.text.strip(), *lines) if part] or [employer.name]
    text = "\n".join(parts)
    language = detect(text)
    described = len(parts[0]) if employer.text.strip() else 0
    spans = [("tasks", 0, described), ("requirements", described, len(text))]
    sections = tuple(
        Section(kind="tasks" if kind == "tasks" else "requirements", start=start, end=end, language=language)
        for kind, start, end in spans
        if start < end
    )
    return Posting(
        id=employer.id,
        title=employer.sector or employer.name,  # never an earlier hire: a line equal to the title demands nothing
        text=text,
        language=language,
        sections=sections,
        employer=employer.name,
        sector=employer.sector,
        municipality=employer.municipality,
        postcode=employer.postcode,
    )


def earlier(employer: Employer) -> tuple[str, ...]:
    """Return what was hired and hosted before, without years: "civilingeniør i energi, projektleder"."""
    notes = [_YEAR.sub("", note).strip() for note in (*employer.hires, *employer.hosts)]
    return tuple(dict.fromkeys(note for note in notes if note))[:MOST_EARLIER]
