"""Europass Candidate: the XML (HR Open with extensions) of the editor since 2020, also within its PDF files."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from matcher.ingest.parsed import Parsed
from matcher.ingest.readers.cv_text import CvText, graded, language_name, likely_language, period
from matcher.ingest.readers.facts import Study, named, person_fields, study_fields
from matcher.ingest.readers.markup import plain_text
from matcher.ingest.readers.xmltree import attribute, child, children, descendants, local, raw_text, text_at, text_below

_SECTIONS = {
    "Skills": "skills",
    "DigitalSkills": "digital",
    "Licenses": "driving",
    "VoluntaryWorks": "volunteering",
    "Projects": "projects",
    "PublicationHistory": "publications",
    "Certifications": "certificates",
    "CourseCertifications": "certificates",
    "HobbiesAndInterests": "interests",
    "NetworksAndMemberships": "memberships",
    "ConferencesAndSeminars": "conferences",
    "CreativeWorks": "creative",
    "SocialAndPoliticalActivities": "volunteering",
}
"""Sections that are lists of titles and descriptions. Referees (EmploymentReferences) are other people: left out."""
_WORDS = {
    "Title",
    "Name",
    "Description",
    "CompetencyName",
    "DigitalSkill",
    "LicenseTypeCode",
    "LicenseName",
    "CertificationName",
    "CertificationTypeCode",
    "CertificationDescription",
    "Reference",
    "Role",
    "Organisation",
}


def read(root: Element) -> Parsed:
    """Return the CV as text, and what it names as fields."""
    profile = root if local(root) == "CandidateProfile" else child(root, "CandidateProfile")
    language = attribute(profile, "languageCode") or attribute(root, "languageCode")
    sample = " ".join(
        raw_text(item) for item in (profile if profile is not None else ()) if local(item) != "Attachment"
    )
    text = CvText(likely_language(plain_text(sample), language))
    person = child(root, "CandidatePerson")
    studies = list(_studies(profile, text))
    text.section("profile", plain_text(raw_text(child(profile, "ExecutiveSummary"))).split("\n"))
    text.section("experience", (line for job in descendants(profile, "EmployerHistory") for line in _job(job, text)))
    text.section("education", (line for _, lines in studies for line in lines))
    text.section("languages", _languages(person, profile, text))
    _write_rest(text, profile)
    latest = study_fields([study for study, _ in studies])
    fields = named(_person(person), latest, {"language": language[:2].lower()})
    return Parsed(text=text.text(), fields=fields, format="europass")


def _write_rest(text: CvText, profile: Element | None) -> None:
    for part in profile if profile is not None else ():
        if key := _SECTIONS.get(local(part)):
            text.section(key, _words(part))
        elif local(part) == "Others":
            text.titled(
                text_at(part, "Title"), (line for item in part if local(item) != "Title" for line in _words(item))
            )


def _words(part: Element) -> Iterator[str]:
    """Yield titles and descriptions at any depth of a section."""
    for item in part.iter():
        if local(item) in _WORDS:
            yield from plain_text(raw_text(item)).split("\n")


def _job(employer: Element, text: CvText) -> Iterator[str]:
    for position in children(employer, "PositionHistory"):
        place = text_at(position, "City") or text_below(child(employer, "OrganizationContact"), "CityName")
        title, name = text_at(position, "PositionTitle"), text_at(employer, "OrganizationName")
        yield text.entry(_period(position, text), title, name, place)
        yield from plain_text(raw_text(child(position, "Description"))).split("\n")


def _studies(profile: Element | None, text: CvText) -> Iterator[tuple[Study, list[str]]]:
    for item in descendants(profile, "EducationOrganizationAttendance"):
        degree = child(item, "EducationDegree")
        programme = text_at(degree, "DegreeName") or text_at(item, "ProgramName")
        school = text_at(item, "OrganizationName")
        place = text_below(child(item, "OrganizationContact"), "CityName")
        skills = plain_text(raw_text(child(degree, "OccupationalSkillsCovered")))
        lines = [text.entry(_period(item, text), programme, school, place), *skills.split("\n")]
        end = text_below(next(descendants(item, "EndDate"), None), "FormattedDateTime")
        yield Study(programme=programme, institution=school, finished=end[:10], current=_is_current(item)), lines


def _languages(person: Element | None, profile: Element | None, text: CvText) -> Iterator[str]:
    for code in children(person, "PrimaryLanguageCode"):
        yield language_name(text_at(code), text.language)
    for competency in descendants(child(profile, "PersonQualifications"), "PersonCompetency"):
        if text_at(competency, "TaxonomyID") == "language":
            name = language_name(text_at(competency, "CompetencyID"), text.language)
            yield graded(name, (text_at(score) for score in descendants(competency, "ScoreText")))


def _is_current(item: Element) -> bool:
    return "true" in (text_below(item, "CurrentIndicator"), text_below(item, "Ongoing"))


def _period(item: Element, text: CvText) -> str:
    dates = [
        text_below(next(descendants(item, name), None), "FormattedDateTime")[:10] for name in ("StartDate", "EndDate")
    ]
    return period(dates[0], dates[1], text.language, current=_is_current(item))


def _person(person: Element | None) -> dict[str, object]:
    reach: dict[str, list[str]] = {"Email": [], "Telephone": []}
    address: Element | None = None
    for item in children(person, "Communication"):
        reach.setdefault(text_at(item, "ChannelCode"), []).append(text_at(item, "URI") or _phone(item))
        address = child(item, "Address") if address is None else address
    return person_fields(
        name=f"{text_at(person, 'PersonName', 'GivenName')} {text_at(person, 'PersonName', 'FamilyName')}",
        emails=reach["Email"],
        phones=reach["Telephone"],
        street=", ".join(text_at(line) for line in children(address, "AddressLine")),
        postcode=text_at(address, "PostalCode"),
        town=text_at(address, "CityName"),
    )


def _phone(item: Element) -> str:
    dialing = text_at(item, "CountryDialing").lstrip("+")
    return f"+{dialing} {text_at(item, 'DialNumber')}" if dialing else text_at(item, "DialNumber")
