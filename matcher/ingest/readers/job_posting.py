"""schema.org JobPosting (https://schema.org/JobPosting) as JSON-LD: its description as text, its facts as fields."""

from collections.abc import Iterator, Mapping

from matcher.ingest.parsed import Parsed
from matcher.ingest.readers.cv_text import heading, likely_language
from matcher.ingest.readers.facts import named
from matcher.ingest.readers.markup import plain_text

_MORE = (
    "responsibilities",
    "qualifications",
    "skills",
    "experienceRequirements",
    "educationRequirements",
    "jobBenefits",
)
_TYPES = (
    ("INTERN", "praktik"),
    ("STUDENT", "studentermedhjaelper"),
    ("TEMPORARY", "vikariat"),
    ("CONTRACT", "vikariat"),
    ("PER_DIEM", "vikariat"),
    ("FULL_TIME", "ordinary"),
    ("PART_TIME", "ordinary"),
    ("PERMANENT", "ordinary"),
)
"""What employmentType contains -> ours; the first that fits, for FULL_TIME stands beside most others."""


def postings_in(document: object, depth: int = 5) -> Iterator[Mapping[str, object]]:
    """Yield the JobPostings of a JSON-LD document, be it one, a list, or a graph."""
    if depth == 0:
        return
    if isinstance(document, list):
        for item in document:
            yield from postings_in(item, depth - 1)
    elif isinstance(document, Mapping):
        if "JobPosting" in [name.rpartition("/")[2] for name in _texts(document.get("@type"))]:
            yield document
        for key in ("@graph", "mainEntity", "itemListElement", "item"):
            yield from postings_in(document.get(key), depth - 1)


def parsed(posting: Mapping[str, object], *, language: str = "") -> Parsed:
    """Return the text and fields of one posting; `language` is that of the page around it."""
    description = plain_text(_first(posting.get("description")))
    tongue = likely_language(description, _first(posting.get("inLanguage")) or language)
    blocks = [_first(posting.get("title")), description]
    for key in _MORE:
        more = "\n".join(plain_text(text) for text in _texts(posting.get(key)))
        if more and more not in description:
            blocks += [heading(key, tongue), more]
    text = "\n".join(block for block in blocks if block.strip())
    return Parsed(text=text, fields=named(_fields(posting, language)), format="job-posting")


def _fields(posting: Mapping[str, object], language: str) -> dict[str, object]:
    place = _object(_object(posting.get("jobLocation")).get("address"))
    return {
        "title": plain_text(_first(posting.get("title"))),
        "employer": _name(posting.get("hiringOrganization")),
        "municipality": _first(place.get("addressLocality")),
        "postcode": _first(place.get("postalCode")),
        "employment_type": _employment_type(_texts(posting.get("employmentType"))),
        "openings": _first(posting.get("totalJobOpenings")),
        "published": _first(posting.get("datePosted"))[:10],
        "deadline": _first(posting.get("validThrough"))[:10],
        "sector": _first(posting.get("industry")),
        "language": (_first(posting.get("inLanguage")) or language)[:2].lower(),
    }


def _employment_type(found: list[str]) -> str:
    """Return our name of the type, or what the page calls it where we have none."""
    joined = " ".join(found).upper().replace("-", "_").replace(" ", "_")
    return next((ours for theirs, ours in _TYPES if theirs in joined), ", ".join(found))


def _name(organisation: object) -> str:
    return _first(organisation) or _first(_object(organisation).get("name"))


def _object(value: object) -> Mapping[str, object]:
    """Return the first object of a value that may be one, a list of them, or something else."""
    values = value if isinstance(value, list) else [value]
    return next((item for item in values if isinstance(item, Mapping)), {})


def _texts(value: object) -> list[str]:
    """Return the strings of a value that may be one, a number, a list, or an object with @value or name."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, Mapping):
        return _texts(value.get("@value") or value.get("name") or value.get("description"))
    return [str(value).strip()] if isinstance(value, str | int | float) and not isinstance(value, bool) else []


def _first(value: object) -> str:
    return next(iter(_texts(value)), "")
