"""ODT as odfpy and LibreOffice write it."""

from io import BytesIO

import pytest

from matcher.ingest.parsed import Refused
from matcher.ingest.readers.opendocument import read
from tests.ingest.documents import zipped

URN = "urn:oasis:names:tc:opendocument:xmlns:"
PLACES = {"office": "office", "text": "text", "table": "table", "draw": "drawing"}
SPACES = " ".join(f'xmlns:{name}="{URN}{place}:1.0"' for name, place in PLACES.items())


def text_of(body: str, **parts: str) -> str:
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {SPACES}>{inner}</office:document-content>"
    return read(zipped({"content.xml": content, **parts})).text


def test_a_document_that_odfpy_wrote() -> None:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, List, ListItem, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Uddannelse"))
    item = ListItem()
    item.addElement(P(text="Kandidat i læring"))
    listing = List()
    listing.addElement(item)
    document.text.addElement(listing)
    out = BytesIO()
    document.write(out)

    assert read(out.getvalue()).text == "Uddannelse\nKandidat i læring"


def test_spaces_tabs_and_breaks_are_what_the_writer_saw() -> None:
    assert text_of('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d\n e</text:p>') == "a   b\tc\nd  e"


def test_tables_text_boxes_and_notes_are_read_once() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    inner = f"<table:table><table:table-row>{cell.format('indre')}</table:table-row></table:table>"
    nested = f"<table:table-cell>{inner}</table:table-cell>"
    body = (
        f"<table:table><table:table-row>{cell.format('2021')}{cell.format('Job')}</table:table-row>"
        f"<table:table-row>{nested}</table:table-row></table:table>"
        "<text:p>Ved siden af<draw:frame><draw:text-box><text:p>Boks</text:p></draw:text-box></draw:frame></text:p>"
    )

    assert text_of(body) == "2021\tJob\nindre\nVed siden af\nBoks"


def test_deleted_text_and_comments_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:p>slettet</text:p></text:tracked-changes>"
        "<text:p>Tekst<office:annotation><text:p>kommentar</text:p></office:annotation> her</text:p>"
    )

    assert text_of(body) == "Tekst her"


def test_header_and_footer_stand_around_the_body() -> None:
    styles = (
        f'<office:document-styles {SPACES} xmlns:style="{URN}style:1.0"><office:master-styles><style:master-page>'
        "<style:header><text:p>Anna</text:p></style:header><style:footer><text:p>Side</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )

    assert text_of("<text:p>Tekst</text:p>", **{"styles.xml": styles}) == "Anna\nTekst\nSide"


def test_an_encrypted_document_is_refused() -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"

    with pytest.raises(Refused, match="password"):
        text_of("<text:p>x</text:p>", **{"META-INF/manifest.xml": manifest})
