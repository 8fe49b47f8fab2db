"""Europass in both generations, and JSON Resume: text under plain headings, facts as fields."""

import json

import pytest

from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers import europass, json_document

PASSPORT = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en"><LearnerInfo>
<Identification><PersonName><FirstName>Maja</FirstName><Surname>Eksempel</Surname></PersonName>
<ContactInfo><Address><Contact><AddressLine>Prøvevej 1</AddressLine><PostalCode>9000</PostalCode>
<Municipality>Aalborg</Municipality></Contact></Address><Email><Contact>maja@post.example</Contact></Email>
<TelephoneList><Telephone><Contact>+45 11 22 33 44</Contact></Telephone></TelephoneList></ContactInfo>
<Demographics><Birthdate year="1999"/><Gender><Label>Kvinde</Label></Gender></Demographics></Identification>
<WorkExperienceList><WorkExperience><Period><From year="2023" month="--08"/><Current>true</Current></Period>
<Position><Label>Studentermedhjælper</Label></Position><Activities>&lt;p&gt;Jeg har arbejdet med drift og planlægning.
&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Rapporter&lt;/li&gt;&lt;/ul&gt;</Activities><Employer><Name>Havnen</Name><ContactInfo>
<Address><Contact><Municipality>Aalborg</Municipality></Contact></Address></ContactInfo></Employer></WorkExperience>
</WorkExperienceList><EducationList>
<Education><Period><From year="2018"/><To year="2021" month="--06" day="---30"/></Period><Title>Bachelor i geografi
</Title><Organisation><Name>Aalborg Universitet</Name></Organisation></Education>
<Education><Period><From year="2021"/><To year="2024" month="--06"/></Period><Title>Kandidat i planlægning</Title>
<Organisation><Name>Aalborg Universitet</Name></Organisation></Education></EducationList>
<Skills><Linguistic><MotherTongueList><MotherTongue><Description><Label>Dansk</Label></Description></MotherTongue>
</MotherTongueList><ForeignLanguageList><ForeignLanguage><Description><Label>Engelsk</Label></Description>
<ProficiencyLevel><Listening>C1</Listening><Writing>B2</Writing></ProficiencyLevel></ForeignLanguage>
</ForeignLanguageList></Linguistic><Computer><Description>QGIS og Excel</Description></Computer>
<Driving><Description><Licence>B</Licence></Description></Driving></Skills></LearnerInfo></SkillsPassport>"""

CANDIDATE = """<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
 xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0"><CandidatePerson>
<PersonName><oa:GivenName>Jonas</oa:GivenName><hr:FamilyName>Example</hr:FamilyName></PersonName>
<Communication><ChannelCode>Email</ChannelCode><oa:URI>jonas@post.example</oa:URI></Communication>
<Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>45</CountryDialing><oa:DialNumber>11223344</oa:DialNumber>
</Communication><Communication><Address><oa:AddressLine>Testvej 2</oa:AddressLine><oa:CityName>Hobro</oa:CityName>
<oa:PostalCode>9500</oa:PostalCode></Address></Communication><PrimaryLanguageCode>dan</PrimaryLanguageCode>
<hr:BirthDate>1998-02-03</hr:BirthDate></CandidatePerson><CandidateProfile languageCode="en">
<hr:ExecutiveSummary>&lt;p&gt;I work with data and with the people who need it.&lt;/p&gt;</hr:ExecutiveSummary>
<EmploymentHistory><EmployerHistory><hr:OrganizationName>Mill A/S</hr:OrganizationName><PositionHistory>
<PositionTitle>Analyst</PositionTitle><eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2022-01-01
</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>&lt;ul&gt;&lt;li&gt;Forecasts&lt;/li&gt;&lt;/ul&gt;</oa:Description></PositionHistory></EmployerHistory>
</EmploymentHistory><EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>AAU</hr:OrganizationName>
<AttendancePeriod><StartDate><hr:FormattedDateTime>2019-09-01</hr:FormattedDateTime></StartDate><EndDate>
<hr:FormattedDateTime>2021-06-30</hr:FormattedDateTime></EndDate></AttendancePeriod><EducationDegree>
<hr:DegreeName>MSc Economics</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></EducationHistory>
<PersonQualifications><PersonCompetency><CompetencyID>eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
<eures:CompetencyDimension><eures:Score><hr:ScoreText>C2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
</PersonCompetency></PersonQualifications><Skills><SkillsGroup><Title>Tools</Title><PersonCompetency>
<hr:CompetencyName>Stata</hr:CompetencyName></PersonCompetency></SkillsGroup></Skills><Others><Title>Courses</Title>
<Other><Title>Lean</Title><Description>Two days</Description></Other></Others>
<EmploymentReferences><Reference>Somebody Else</Reference></EmploymentReferences></CandidateProfile></Candidate>"""

RESUME = {
    "basics": {
        "name": "Oliver Example",
        "label": "Software developer",
        "email": "oliver@post.example",
        "phone": "11223344",
        "summary": "I like systems that run for years and the people who keep them running.",
        "location": {"address": "Kodevej 3", "postalCode": "9200", "city": "Aalborg SV"},
    },
    "work": [
        {
            "name": "Control",
            "position": "Developer",
            "startDate": "2023-02",
            "highlights": ["Wrote Rust"],
        }
    ],
    "education": [{"institution": "AAU", "area": "Computer Science", "studyType": "MSc", "endDate": "2026-01-31"}],
    "skills": [{"name": "Programming", "level": "Advanced", "keywords": ["Rust", "Python"]}],
    "languages": [{"language": "Danish", "fluency": "Native"}],
    "references": [{"name": "Somebody Else", "reference": "A fine colleague"}],
}


def resume(**changes: object) -> Parsed:
    return json_document.read(json.dumps({**RESUME, **changes}).encode())


def test_a_skills_passport_is_written_out_in_the_language_of_its_content() -> None:
    parsed = europass.read(PASSPORT.encode())

    assert parsed.text.split("\n") == [
        "Erhvervserfaring",
        "2023-08 – nu\tStudentermedhjælper, Havnen, Aalborg",
        "Jeg har arbejdet med drift og planlægning.",
        "Rapporter",
        "",
        "Uddannelse",
        "2018 – 2021-06-30\tBachelor i geografi, Aalborg Universitet",
        "2021 – 2024-06\tKandidat i planlægning, Aalborg Universitet",
        "",
        "Sprog",
        "Dansk",
        "Engelsk: B2–C1",
        "",
        "It-kompetencer",
        "QGIS og Excel",
        "",
        "Kørekort",
        "B",
    ]


def test_the_passports_fields_name_the_person_and_the_last_education() -> None:
    assert europass.read(PASSPORT.encode()).fields == {
        "name": "Maja Eksempel",
        "emails": ["maja@post.example"],
        "phones": ["+45 11 22 33 44"],
        "addresses": ["Prøvevej 1, 9000 Aalborg"],
        "municipality": "Aalborg",
        "postcode": "9000",
        "programme": "Kandidat i planlægning",
        "institution": "Aalborg Universitet",
        "finished": "2024-06",
        "language": "en",
    }


def test_a_candidate_document_is_written_out_with_its_own_sections() -> None:
    parsed = europass.read(CANDIDATE.encode())

    assert parsed.text.split("\n") == [
        "Profile",
        "I work with data and with the people who need it.",
        "",
        "Work experience",
        "2022-01-01 – present\tAnalyst, Mill A/S",
        "Forecasts",
        "",
        "Education",
        "2019-09-01 – 2021-06-30\tMSc Economics, AAU",
        "",
        "Languages",
        "Danish",
        "English: C2",
        "",
        "Skills",
        "Tools",
        "Stata",
        "",
        "Courses",
        "Lean",
        "Two days",
    ]
    assert parsed.fields["phones"] == ["+45 11223344"]
    assert parsed.fields["addresses"] == ["Testvej 2, 9500 Hobro"]
    assert (parsed.fields["programme"], parsed.fields["finished"]) == ("MSc Economics", "2021-06-30")


def test_a_resume_is_written_out_and_its_fields_named() -> None:
    parsed = resume()

    assert parsed.text.split("\n") == [
        "Software developer",
        "Profile",
        "I like systems that run for years and the people who keep them running.",
        "",
        "Work experience",
        "2023-02 – present\tDeveloper, Control",
        "Wrote Rust",
        "",
        "Education",
        "2026-01-31\tMSc, Computer Science, AAU",
        "",
        "Skills",
        "Programming (Advanced): Rust, Python",
        "",
        "Languages",
        "Danish (Native)",
    ]
    assert parsed.fields["name"] == "Oliver Example"
    assert (parsed.fields["programme"], parsed.fields["finished"]) == ("MSc, Computer Science", "2026-01-31")


@pytest.mark.parametrize("private", ["Oliver", "oliver@post", "11223344", "Kodevej", "Somebody"])
def test_name_and_contact_stay_out_of_the_text(private: str) -> None:
    assert private not in resume().text


@pytest.mark.parametrize("document", [PASSPORT, CANDIDATE])
def test_birth_date_sex_and_referees_are_nowhere(document: str) -> None:
    parsed = europass.read(document.encode())

    assert not any(word in f"{parsed.text}{parsed.fields}" for word in ("1999", "Kvinde", "1998", "Somebody"))


def test_a_resume_with_the_wrong_types_is_read_as_far_as_it_goes() -> None:
    parsed = resume(work="none", education=[7, {"institution": ["x"]}], skills={"name": "y"}, languages=None)

    assert "I like systems" in parsed.text


def test_other_xml_is_refused_by_its_root() -> None:
    with pytest.raises(Refused, match="unknown_xml") as refusal:
        europass.read(b"<invoice><total>7</total></invoice>")

    assert refusal.value.values == {"found": "invoice"}


@pytest.mark.parametrize("data", [b'{"id": 1}', b"[]", b'{"id": "a"}\n{"id": "b"}'])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="unknown_json"):
        json_document.read(data)


def test_a_posting_as_bare_json_is_read() -> None:
    parsed = json_document.read(b'{"@type": "JobPosting", "title": "Analyst", "description": "Numbers"}')

    assert (parsed.format, parsed.text) == ("job-posting", "Analyst\nNumbers")
