"""Sections cover a document without gap or overlap and are told by headings, else by phrases."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ingest.headings import heading_of
from matcher.ingest.language import detect
from matcher.ingest.sections import split
from matcher.records import Kind, SectionKind


def kinds(text: str, kind: Kind) -> list[str]:
    return [section.kind for section in split(text, kind, detect(text))]


def part(text: str, kind: Kind, wanted: SectionKind) -> str:
    return "".join(text[s.start : s.end] for s in split(text, kind, detect(text)) if s.kind == wanted)


CV_HEADINGS: list[tuple[str, SectionKind]] = [
    ("UDDANNELSE", "education"),
    ("Uddannelse:", "education"),
    ("## 3. Uddannelse", "education"),
    ("🎓 UDDANNELSE", "education"),
    ("**Uddannelse og kurser**", "education"),
    ("U D D A N N E L S E", "education"),
    ("SPECIALE (2026)", "education"),
    ("THESIS (JAN-JUN 2026) WITH A FIRM", "education"),
    ("Erhvervserfaring", "experience"),
    ("STUDIERELEVANT ERFARING", "experience"),
    ("Studiejob", "experience"),
    ("PRAKTIK", "experience"),
    ("Work experience", "experience"),
    ("IT-kompetencer", "skills"),
    ("Værktøjer og metoder", "skills"),
    ("SKILLS & TOOLS", "skills"),
    ("Sprog", "languages"),
    ("LANGUAGES:", "languages"),
    ("Frivilligt arbejde", "volunteering"),
    ("FRITID", "interests"),
    ("Om mig", "profile"),
    ("Hvem er jeg?", "profile"),
    ("Kort fortalt", "profile"),
    ("education", "education"),
]
POSTING_HEADINGS: list[tuple[str, SectionKind]] = [
    ("Om os", "about"),
    ("Om Klitvang A/S", "about"),
    ("About the company", "about"),
    ("DINE OPGAVER", "tasks"),
    ("Arbejdsopgaver:", "tasks"),
    ("Your main tasks will be:", "tasks"),
    ("What you will be doing", "tasks"),
    ("Vi forventer, at du", "requirements"),
    ("Faglige kvalifikationer:", "requirements"),
    ("Your profile", "requirements"),
    ("Must:", "requirements"),
    ("Vi tilbyder", "offer"),
    ("WHAT WE OFFER", "offer"),
    ("Løn og ansættelse", "offer"),
    ("Sådan søger du", "application"),
    ("How to apply", "application"),
    ("Ansøgningsfrist: 24. januar 2027", "application"),
]
TEXT_LINES: list[tuple[Kind, str]] = [
    ("candidate", "- Sprog"),
    ("candidate", "Jeg har en uddannelse i økonomi og bruger den hver dag."),
    ("candidate", "2019-2023 Bachelor i sociologi, Aalborg Universitet"),
    ("candidate", "Projektet handlede om sprog, og jeg lærte meget om metoder."),
    ("candidate", "Sprog er mit håndværk"),
    ("posting", "Vi tilbyder 37 timer med flekstid og to hjemmedage om ugen."),
    ("posting", "Du har lyst til at arbejde om aftenen"),
    ("posting", ""),
]


@pytest.mark.parametrize(("line", "section"), CV_HEADINGS)
def test_a_heading_of_a_cv_is_known_however_it_is_decorated(line: str, section: SectionKind) -> None:
    heading = heading_of(line, "candidate")

    assert heading is not None
    assert heading.section == section


@pytest.mark.parametrize(("line", "section"), POSTING_HEADINGS)
def test_a_heading_of_a_posting_is_known_however_it_is_decorated(line: str, section: SectionKind) -> None:
    heading = heading_of(line, "posting")

    assert heading is not None
    assert heading.section == section


@pytest.mark.parametrize(("kind", "line"), TEXT_LINES)
def test_text_is_no_heading(kind: Kind, line: str) -> None:
    assert heading_of(line, kind) is None


def test_a_cv_falls_into_its_sections() -> None:
    text = (
        "Aalborg, 2026\n\nPROFIL\nJeg er god til tal.\n\nUDDANNELSE\nCand.merc.\n\nSPECIALE\nOm vand.\n\n"
        "ERFARING\n- Kasserer\n- Kommunikation\n\nSPROG\nDansk, engelsk\n"
    )

    assert kinds(text, "candidate") == ["other", "profile", "education", "education", "experience", "languages"]


def test_a_deeper_heading_stays_inside_its_section() -> None:
    text = "## Erfaring\n### Uddannelsesvejleder, AAU\n- rådgav studerende\n## Sprog\nDansk\n"

    assert kinds(text, "candidate") == ["experience", "languages"]


def test_a_label_and_its_text_on_one_line_cover_their_paragraph_only() -> None:
    text = "Erfaring\nJeg har ryddet op.\n\nSprog: dansk, engelsk\n\nJeg søger noget med analyse og udvikling.\n"

    assert kinds(text, "candidate") == ["experience", "languages", "profile"]


def test_a_cv_without_headings_is_told_by_its_phrases() -> None:
    text = (
        "Nyuddannet sociolog, der søger noget med analyse.\n\nCand.scient.soc., Aalborg Universitet, 2026.\n\n"
        "Studentermedhjælper i en kommunal stab, 15 timer om ugen.\n\nFrivillig i en forening hver onsdag.\n"
    )

    assert kinds(text, "candidate") == ["profile", "education", "experience", "volunteering"]


def test_a_posting_without_headings_keeps_boilerplate_apart_from_demands() -> None:
    text = (
        "Vi er et forbrugerejet selskab med hovedkontor i Løgstør og 47 ansatte.\n\n"
        "Du kommer til at bygge prognoser og hente data ud af vores databaser.\n\n"
        "Du har en uddannelse med statistik i og erfaring med Python.\n\n"
        "Vi tilbyder flekstid, pension og frokostordning.\n\n"
        "Ansøgning sendes via hjemmesiden senest den 20. januar. Spørgsmål besvares af chefen.\n"
    )

    assert kinds(text, "posting") == ["about", "tasks", "requirements", "offer", "application"]


def test_an_offer_under_the_heading_of_demands_is_kept_apart() -> None:
    text = (
        "Faglige kvalifikationer:\nDu har en økonomisk uddannelse og er rutineret i Excel.\n\n"
        "Vi tilbyder et selvstændigt job. Flekstid, frokostordning, pension og hjemmearbejde.\n\n"
        "Ansøgning sendes til os senest den 20. november.\n"
    )

    assert "Excel" in part(text, "posting", "requirements")
    assert "pension" in part(text, "posting", "offer")
    assert "november" in part(text, "posting", "application")


def test_bullets_belong_to_the_line_that_introduces_them() -> None:
    text = "Som analytiker skal du blandt andet:\n\n- bygge prognoser\n- hente data\n- undervise kolleger\n"

    assert kinds(text, "posting") == ["tasks"]


def test_a_bilingual_posting_has_sections_in_both_languages() -> None:
    danish = "Vi tilbyder\nEn arbejdsplads med gode kolleger og fleksible tider for alle.\n"
    english = "We offer\nA workplace with good colleagues and flexible hours for everybody.\n"

    assert [s.language for s in split(danish + english, "posting", "da")] == ["da", "en"]


def test_a_section_that_changes_language_is_split() -> None:
    english = "We collected six years of hourly prices and trained a model with the team that runs the plant. " * 3
    danish = "Vi lavede også en afprøvning, hvor man handler efter modellen og ser, hvad der bliver tilbage. " * 3

    sections = split(f"Erfaring\n{english}\n\n{danish}\n", "candidate", "da")

    assert [(s.kind, s.language) for s in sections] == [("experience", "en"), ("experience", "da")]


def test_a_short_list_of_tools_takes_the_language_of_its_document() -> None:
    sections = split("Uddannelse\nCand.merc. i økonomi og styring\n\nIT\nExcel, Power BI, Python\n", "candidate", "da")

    assert [s.language for s in sections] == ["da", "da"]


@pytest.mark.parametrize("kind", ["candidate", "posting", "employer"])
def test_an_empty_text_has_no_sections(kind: Kind) -> None:
    assert split("", kind, "da") == ()


lines = st.one_of(
    st.sampled_from(["Uddannelse", "## Sprog", "Vi tilbyder", "- punkt", "", "Du har erfaring med Excel.", "Ring nu"]),
    st.text(max_size=60),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=st.lists(lines, max_size=12).map("\n".join), kind=st.sampled_from(["candidate", "posting", "employer"]))
def test_sections_cover_any_text_without_gap_or_overlap(text: str, kind: Kind) -> None:
    sections = split(text, kind, "da")

    if not text.strip():
        assert sections == ()
        return
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(left.end == right.start < right.end for left, right in pairwise(sections))
