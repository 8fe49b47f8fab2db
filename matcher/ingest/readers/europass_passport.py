"""Europass SkillsPassport, schema 3.x: the XML of the CV editor until 2020, also within its PDF files."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from matcher.ingest.parsed import Parsed
from matcher.ingest.readers.cv_text import CvText, graded, likely_language, period
from matcher.ingest.readers.facts import Study, named, person_fields, study_fields
from matcher.ingest.readers.markup import plain_text
from matcher.ingest.readers.xmltree import attribute, child, children, descendants, raw_text, text_at, text_below

_PROSE = ("WorkExperienceList", "EducationList", "Skills")
_SKILLS = ("Communication", "Organisational", "JobRelated", "Computer", "Digital", "Other")


def read(root: Element) -> Parsed:
    """Return the CV as text, and what it names as fields."""
    learner = child(root, "LearnerInfo")
    learner = root if learner is None else learner
    sample = " ".join(raw_text(child(learner, part)) for part in _PROSE)
    language = attribute(root, "locale")
    text = CvText(likely_language(plain_text(sample), language))
    _write(text, learner)
    studies = [study for study, _ in _studies(learner, text)]
    fields = named(_person(child(learner, "Identification")), study_fields(studies), {"language": language[:2].lower()})
    return Parsed(text=text.text(), fields=fields, format="europass")


def _write(text: CvText, learner: Element | None) -> None:
    headline = child(learner, "Headline")
    text.paragraph(text_at(headline, "Description", "Label") or text_at(headline, "Description"))
    text.section("experience", (line for job in descendants(learner, "WorkExperience") for line in _job(job, text)))
    text.section("education", (line for _, lines in _studies(learner, text) for line in lines))
    skills = child(learner, "Skills")
    text.section("languages", _languages(skills))
    for key in _SKILLS:
        text.section(key.lower(), _described(child(skills, key)))
    text.section("driving", [", ".join(text_at(item) for item in descendants(child(skills, "Driving"), "Licence"))])
    for achievement in descendants(learner, "Achievement"):
        text.titled(text_at(achievement, "Title", "Label") or text_at(achievement, "Title"), _described(achievement))


def _job(job: Element, text: CvText) -> Iterator[str]:
    position = text_at(job, "Position", "Label") or text_at(job, "Position")
    employer = child(job, "Employer")
    if position or employer is not None:
        place = text_below(employer, "Municipality")
        yield text.entry(_period(job, text), position, text_at(employer, "Name"), place)
        yield from plain_text(raw_text(child(job, "Activities"))).split("\n")


def _studies(learner: Element | None, text: CvText) -> Iterator[tuple[Study, list[str]]]:
    for item in descendants(learner, "Education"):
        programme, school = text_at(item, "Title"), text_at(item, "Organisation", "Name")
        if not (programme or school):
            continue
        end = child(item, "Period", "To")
        current = text_at(item, "Period", "Current") == "true"
        field = text_at(item, "Field", "Label")
        head = text.entry(
            _period(item, text), programme, school, text_below(child(item, "Organisation"), "Municipality")
        )
        lines = [head, field, *plain_text(raw_text(child(item, "Activities"))).split("\n")]
        yield (
            Study(programme=programme, institution=school, finished="" if current else _date(end), current=current),
            lines,
        )


def _languages(skills: Element | None) -> Iterator[str]:
    linguistic = child(skills, "Linguistic")
    for tongue in descendants(linguistic, "MotherTongue"):
        if name := text_at(tongue, "Description", "Label"):
            yield name
    for tongue in descendants(linguistic, "ForeignLanguage"):
        if name := text_at(tongue, "Description", "Label"):
            yield graded(name, (text_at(level) for level in child(tongue, "ProficiencyLevel") or ()))


def _described(item: Element | None) -> list[str]:
    return plain_text(raw_text(child(item, "Description"))).split("\n")


def _period(item: Element, text: CvText) -> str:
    span = child(item, "Period")
    current = text_at(span, "Current") == "true"
    return period(_date(child(span, "From")), _date(child(span, "To")), text.language, current=current)


def _date(item: Element | None) -> str:
    """Return 2024-06-30, 2024-06 or 2024 from year="2024" month="--06" day="---30"."""
    parts = [attribute(item, name).strip("-") for name in ("year", "month", "day")]
    return "-".join(part.zfill(2) for part in parts[: parts.index("") if "" in parts else 3])


def _person(person: Element | None) -> dict[str, object]:
    contact = child(person, "ContactInfo")
    address = child(contact, "Address", "Contact")
    return person_fields(
        name=f"{text_at(person, 'PersonName', 'FirstName')} {text_at(person, 'PersonName', 'Surname')}",
        emails=(text_at(item) for item in children(child(contact, "Email"), "Contact")),
        phones=(text_at(item, "Contact") for item in descendants(contact, "Telephone")),
        street=", ".join(text_at(line) for line in children(address, "AddressLine")),
        postcode=text_at(address, "PostalCode"),
        town=text_at(address, "Municipality"),
    )
