"""PDF files, good and bad."""

import pytest

from matcher.ingest.limits import PDF_PAGES
from matcher.ingest.parsed import Refused
from matcher.ingest.readers import ocr
from matcher.ingest.readers.pdf import read
from tests.ingest.documents import (
    locked_pdf,
    many_pages_pdf,
    one_column,
    pdf,
    pdf_with_attachment,
    scanned_pdf,
)

EUROPASS = b"""<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en"><LearnerInfo>
<Identification><PersonName><FirstName>Giulia</FirstName><Surname>Ferrantini</Surname></PersonName></Identification>
<WorkExperienceList><WorkExperience><Period><From year="2024"/></Period><Position><Label>Laboratory assistant</Label>
</Position></WorkExperience></WorkExperienceList></LearnerInfo></SkillsPassport>"""


def test_pages_follow_each_other_line_by_line() -> None:
    parsed = read(pdf(one_column(["Første side", "med to linjer"]), one_column(["Anden side æøå"])))

    assert parsed.text == "Første side\nmed to linjer\nAnden side æøå"
    assert parsed.format == "pdf"


def test_a_word_broken_at_the_line_end_is_joined_where_the_document_has_it_whole() -> None:
    parsed = read(pdf(one_column(["Hun kan projekt-", "ledelse i praksis.", "Projektledelse er hendes fag."])))

    assert parsed.text == "Hun kan projektledelse\ni praksis.\nProjektledelse er hendes fag."


@pytest.mark.parametrize(("first", "second"), [("salgs-", "og marketing"), ("en e-", "mail"), ("Hjørring-", "Aalborg")])
def test_a_hyphen_at_the_line_end_stays_where_it_may_be_meant(first: str, second: str) -> None:
    assert read(pdf(one_column([first, second, "og lidt mere tekst"]))).text.startswith(f"{first}\n{second}")


def test_a_scan_is_refused_and_says_how_many_pages() -> None:
    with pytest.raises(Refused, match="scanned") as refusal:
        read(scanned_pdf())

    assert refusal.value.values == {"pages": 1}


def test_a_scanned_page_among_written_ones_is_skipped_with_a_notice() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    written = pdf(one_column(["En side med rigtig tekst på mere end fyrre tegn, så den tæller."] * 3))
    for data in (written, scanned_pdf()):
        writer.append(PdfReader(BytesIO(data)))
    out = BytesIO()
    writer.write(out)
    parsed = read(out.getvalue())

    assert parsed.text.startswith("En side")
    assert parsed.notices == (("notice.pages_without_text", {"count": 1, "pages": 2}),)


@pytest.mark.skipif(not ocr.is_available(), reason="the OCR extra or Tesseract is not installed")
def test_a_scan_is_recognised_where_the_extra_is_installed() -> None:
    parsed = read(scanned_pdf("Projektleder med erfaring i planlægning"), recognise=True)

    assert "Projektleder med erfaring" in parsed.text
    assert parsed.notices == (("notice.recognised", {"pages": 1}),)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_is_asked_for_by_refusing(algorithm: str) -> None:
    with pytest.raises(Refused, match="password"):
        read(locked_pdf("hemmelig", algorithm=algorithm))


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert read(locked_pdf("")).text == "Secret"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_without_its_end_is_refused_even_if_pages_could_be_saved(share: float) -> None:
    data = pdf(*[one_column([f"Side {number}"] * 30) for number in range(5)])

    with pytest.raises(Refused, match="truncated"):
        read(data[: int(len(data) * share)])


def test_a_file_that_is_no_pdf_behind_its_first_line_is_damaged() -> None:
    with pytest.raises(Refused, match="damaged"):
        read(b"%PDF-1.7\nnothing of a PDF\nstartxref\n12\n%%EOF")


def test_ten_thousand_pages_are_too_many() -> None:
    with pytest.raises(Refused, match="too_many_pages") as refusal:
        read(many_pages_pdf(10_000))

    assert refusal.value.values == {"pages": 10_000, "limit": PDF_PAGES}


def test_europass_xml_inside_is_preferred_to_the_page() -> None:
    parsed = read(pdf_with_attachment("Europass-CV.xml", EUROPASS))

    assert parsed.format == "europass"
    assert parsed.fields["name"] == "Giulia Ferrantini"
    assert "Laboratory assistant" in parsed.text


@pytest.mark.parametrize("attached", [b"<invoice/>", b"<broken", b"\x00\x01"])
def test_any_other_xml_inside_is_left_alone(attached: bytes) -> None:
    parsed = read(pdf_with_attachment("attachment.xml", attached))

    assert (parsed.format, parsed.text) == ("pdf", "What the page says of Giulia")
