"""Web pages with and without schema.org JobPosting."""

import json

import pytest

from matcher.ingest.parsed import Parsed
from matcher.ingest.readers.web_page import read

POSTING: dict[str, object] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Planlægger",
    "description": "<p>Du skal lave <b>lokalplaner</b>.</p><ul><li>Kort</li><li>Møder</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "Fjordby Kommune"},
    "jobLocation": [{"@type": "Place", "address": {"postalCode": "9400", "addressLocality": "Nørresundby"}}],
    "datePosted": "2026-12-07T08:00:00+01:00",
    "validThrough": "2027-01-22",
    "employmentType": "FULL_TIME",
    "industry": "Kommune",
    "totalJobOpenings": 2,
}


def page(document: object, language: str = "da") -> Parsed:
    script = f'<script type="application/ld+json">{json.dumps(document)}</script>'
    return read(f'<!doctype html><html lang="{language}"><head>{script}</head><body>Menu</body></html>'.encode())


def test_the_posting_is_the_text_and_its_facts_are_fields() -> None:
    parsed = page(POSTING)

    assert parsed.format == "job-posting"
    assert parsed.text == "Planlægger\nDu skal lave lokalplaner.\nKort\nMøder"
    assert parsed.fields == {
        "title": "Planlægger",
        "employer": "Fjordby Kommune",
        "municipality": "Nørresundby",
        "postcode": "9400",
        "employment_type": "ordinary",
        "openings": "2",
        "published": "2026-12-07",
        "deadline": "2027-01-22",
        "sector": "Kommune",
        "language": "da",
    }


@pytest.mark.parametrize(
    "document",
    [
        [{"@type": "WebSite"}, POSTING],
        {"@graph": [{"@type": "Organization", "name": "x"}, POSTING]},
        {**POSTING, "@type": ["Thing", "http://schema.org/JobPosting"]},
        {"@type": "WebPage", "mainEntity": POSTING},
    ],
    ids=["list", "graph", "several types", "main entity"],
)
def test_a_posting_is_found_wherever_it_hangs(document: object) -> None:
    assert page(document).fields["employer"] == "Fjordby Kommune"


@pytest.mark.parametrize(
    ("found", "ours"),
    [
        ("INTERN", "praktik"),
        (["FULL_TIME", "TEMPORARY"], "vikariat"),
        ("CONTRACTOR", "vikariat"),
        ("Part-time", "ordinary"),
        ("https://schema.org/FULL_TIME", "ordinary"),
        ("STUDENT_JOB", "studentermedhjaelper"),
        ("VOLUNTEER", "VOLUNTEER"),
    ],
)
def test_employment_types_get_our_names_and_unknown_ones_keep_theirs(found: object, ours: str) -> None:
    assert page({**POSTING, "employmentType": found}).fields["employment_type"] == ours


def test_what_stands_outside_the_description_is_added_under_a_heading_in_its_language() -> None:
    parsed = page({**POSTING, "qualifications": "Kandidatgrad", "skills": ["QGIS", "Word"], "jobBenefits": "Kort"})

    assert parsed.text.split("\n")[-4:] == ["Kvalifikationer", "Kandidatgrad", "Kompetencer", "QGIS", "Word"][-4:]
    assert "Vi tilbyder" not in parsed.text


def test_a_description_that_was_escaped_twice_is_still_text() -> None:
    parsed = page({**POSTING, "description": "&lt;p&gt;F&oslash;rst&lt;/p&gt;&lt;p&gt;Sidst&lt;/p&gt;"})

    assert parsed.text == "Planlægger\nFørst\nSidst"


def test_a_broken_script_leaves_the_page_readable() -> None:
    script = b"<script type='application/ld+json'>{oops</script>"
    html = b"<html><body><main><h1>Titel</h1><p>Tekst</p></main>%b</body></html>" % script

    assert read(html).text == "Titel\nTekst"


def test_a_page_without_a_posting_gives_its_main_text() -> None:
    html = """<html lang="en-GB"><head><title>Jobs</title><style>p{}</style></head><body><header>Logo</header>
    <nav>Home About</nav><h1>Data  analyst</h1><p>You will<br>analyse <i>data</i>.</p><!-- note -->
    <table><tr><td>Deadline</td><td>1 May</td></tr></table><script>alert(1)</script>
    <footer>Cookies</footer></body></html>"""
    parsed = read(html.encode())

    assert parsed.text == "Data analyst\nYou will\nanalyse data.\nDeadline\t1 May"
    assert (parsed.format, parsed.fields) == ("html", {"title": "Data analyst", "language": "en"})
