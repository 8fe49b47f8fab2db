"""JSON Resume, version 1.0.0 and the older names (company for name)."""

from collections.abc import Iterable, Iterator, Mapping

from matcher.ingest.parsed import Parsed
from matcher.ingest.readers.cv_text import CvText, likely_language, period
from matcher.ingest.readers.facts import Study, named, person_fields, study_fields

Item = Mapping[str, object]
_PROSE = ("summary", "description", "highlights", "courses", "keywords")


def read(document: Item) -> Parsed:
    """Return the CV as text, and what it names as fields."""
    basics = _item(document.get("basics"))
    language = _text(_item(document.get("meta")).get("language")) or _text(basics.get("language"))
    text = CvText(likely_language(" ".join(_strings(document)), language))
    text.paragraph(_text(basics.get("label")))
    text.section("profile", _prose(basics))
    _write(text, document)
    studies = [_study(item) for item in _items(document, "education")]
    fields = named(_person(basics), study_fields(studies), {"language": language[:2].lower()})
    return Parsed(text=text.text(), fields=fields, format="json-resume")


def _write(text: CvText, document: Item) -> None:
    text.section("experience", _entries(text, document, "work", ("position", "name", "company", "location")))
    text.section("education", _entries(text, document, "education", ("studyType", "area", "institution")))
    text.section("skills", (_listed(item, "name", "level") for item in _items(document, "skills")))
    text.section("languages", (_listed(item, "language", "fluency") for item in _items(document, "languages")))
    text.section("projects", _entries(text, document, "projects", ("name", "entity")))
    text.section("volunteering", _entries(text, document, "volunteer", ("position", "organization")))
    text.section("certificates", _entries(text, document, "certificates", ("name", "issuer")))
    text.section("publications", _entries(text, document, "publications", ("name", "publisher")))
    text.section("awards", _entries(text, document, "awards", ("title", "awarder")))
    text.section("interests", (_listed(item, "name") for item in _items(document, "interests")))


def _entries(text: CvText, document: Item, part: str, names: tuple[str, ...]) -> Iterator[str]:
    for item in _items(document, part):
        start = _text(item.get("startDate") or item.get("date") or item.get("releaseDate"))
        current = bool(item.get("startDate")) and not item.get("endDate") and part == "work"
        when = period(start, _text(item.get("endDate")), text.language, current=current)
        yield text.entry(when, *(_text(item.get(name)) for name in names))
        yield from _prose(item)


def _prose(item: Item) -> Iterator[str]:
    for name in _PROSE:
        value = item.get(name)
        if isinstance(value, list):
            yield from (line for entry in value for line in _text(entry).split("\n"))
        else:
            yield from _text(value).split("\n")


def _listed(item: Item, name: str, level: str = "") -> str:
    """Return "Python (B2): pandas, SciPy" from a skill with its level and keywords."""
    head = " ".join(part for part in (_text(item.get(name)), f"({_text(item.get(level))})") if part.strip("()"))
    keywords = item.get("keywords")
    rest = ", ".join(_text(word) for word in keywords) if isinstance(keywords, list) else ""
    return ": ".join(part for part in (head, rest) if part)


def _study(item: Item) -> Study:
    programme = ", ".join(part for part in (_text(item.get("studyType")), _text(item.get("area"))) if part)
    end = _text(item.get("endDate"))
    return Study(programme=programme, institution=_text(item.get("institution")), finished=end[:10], current=not end)


def _person(basics: Item) -> dict[str, object]:
    place = _item(basics.get("location"))
    return person_fields(
        name=_text(basics.get("name")),
        emails=[_text(basics.get("email"))],
        phones=[_text(basics.get("phone"))],
        street=_text(place.get("address")),
        postcode=_text(place.get("postalCode")),
        town=_text(place.get("city")),
    )


def _strings(value: object) -> Iterable[str]:
    """Yield every string of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)


def _items(document: Item, name: str) -> list[Item]:
    found = document.get(name)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def _item(value: object) -> Item:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
