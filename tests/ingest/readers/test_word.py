"""DOCX: everything a person sees, once, in order."""

from io import BytesIO

import docx as python_docx
import pytest

from matcher.ingest.parsed import Refused
from matcher.ingest.readers.word import read
from tests.ingest.documents import docx, paragraph, zipped

BOX = "<w:txbxContent>{}</w:txbxContent>"
ALTERNATIVE = "<w:p><w:r><mc:AlternateContent>{}</mc:AlternateContent></w:r></w:p>"
TWICE = ALTERNATIVE.format("<mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>")


def text_of(body: str, **parts: str) -> str:
    return read(docx(body, **parts)).text


def test_a_document_that_a_word_processor_wrote() -> None:
    document = python_docx.Document()
    document.add_heading("Erfaring", 1)
    document.add_paragraph("Projektleder i Aalborg", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "2021-2024", "Konsulent"
    document.add_paragraph("Efter tabellen")
    document.sections[0].header.paragraphs[0].text = "Anna Eksempel"
    document.sections[0].footer.paragraphs[0].text = "Side 1"
    out = BytesIO()
    document.save(out)

    lines = ["Anna Eksempel", "Erfaring", "Projektleder i Aalborg", "2021-2024\tKonsulent", "Efter tabellen", "Side 1"]
    assert read(out.getvalue()).text.split("\n") == lines


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    box = BOX.format(paragraph("Kompetencer") + paragraph("Excel"))

    assert text_of(paragraph("Før") + TWICE.format(box) + paragraph("Efter")) == "Før\nKompetencer\nExcel\nEfter"


def test_a_text_box_only_for_old_readers_is_read() -> None:
    old = f"<mc:Choice/><mc:Fallback>{BOX.format(paragraph('Sprog'))}</mc:Fallback>"

    assert text_of(ALTERNATIVE.format(old)) == "Sprog"


def test_content_controls_of_templates_are_read() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"

    assert text_of(control.format(paragraph("Profil")) + control.format(control.format(paragraph("Jeg er")))) == (
        "Profil\nJeg er"
    )


def test_a_page_laid_out_by_a_table_is_read_cell_by_cell() -> None:
    cells = [["Kontakt", "Sprog", "Dansk"], ["Profil", "Erfaring"]]
    row = "".join(f"<w:tc>{''.join(map(paragraph, cell))}</w:tc>" for cell in cells)

    assert text_of(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>") == "Kontakt\nSprog\nDansk\nProfil\nErfaring"


def test_a_heading_beside_its_text_gets_a_line_of_its_own_but_a_date_or_a_value_does_not() -> None:
    rows = [
        ("Profil", "Jeg er økonom med sans for tal"),
        ("2021-2024", "Konsulent i en virksomhed i Aalborg"),
        ("Dansk", "flydende"),
    ]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)

    assert text_of(f"<w:tbl>{table}</w:tbl>").split("\n") == [
        "Profil",
        "Jeg er økonom med sans for tal",
        "2021-2024\tKonsulent i en virksomhed i Aalborg",
        "Dansk\tflydende",
    ]


def test_what_is_deleted_hidden_or_a_field_code_is_left_out() -> None:
    runs = (
        "<w:del><w:r><w:delText>slettet</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>synlig</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:ins><w:r><w:tab/><w:t>tilføjet</w:t><w:br/><w:t>linje</w:t></w:r></w:ins>"
    )

    assert text_of(f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{runs}</w:p>") == "synlig\ttilføjet\nlinje"


def test_the_same_header_on_first_and_other_pages_is_read_once() -> None:
    assert text_of(paragraph("Tekst"), header1=paragraph("Anna"), header2=paragraph("Anna")) == "Anna\nTekst"


def test_a_package_without_a_document_is_damaged() -> None:
    with pytest.raises(Refused, match="damaged"):
        read(zipped({"word/styles.xml": "<w/>"}))


def test_a_document_that_is_no_xml_is_damaged() -> None:
    with pytest.raises(Refused, match="damaged"):
        read(zipped({"word/document.xml": "<w:document>"}))
