"""Documents of every kind, good and hostile, made on the spot."""

import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4_WIDTH = 595
Line = tuple[float, float, str]
"""Left edge, height above the bottom of the page, text."""


def pdf(*pages: Sequence[Line]) -> bytes:
    """A PDF with each line drawn where it is said, in that order."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        for left, height, text in page:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(left, height, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def one_column(texts: Iterable[str], *, left: float = 60, top: float = 780, leading: float = 14) -> list[Line]:
    """Lines one under the other."""
    return [(left, top - leading * number, text) for number, text in enumerate(texts)]


def interleaved(first: Sequence[Line], second: Sequence[Line]) -> list[Line]:
    """Lines of two columns in the order in which a table is drawn: row by row."""
    pairs = zip(first, second, strict=False)
    rest = [*first[len(second) :], *second[len(first) :]]
    return [line for pair in pairs for line in pair] + rest


def scanned_pdf(text: str = "Project manager with experience") -> bytes:
    """A page that is a picture of text."""
    import pypdfium2

    source = pypdfium2.PdfDocument(pdf([(60, 700, text)]))
    picture = source[0].render(scale=3).to_pil()
    source.close()
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(picture), 0, 0, A4_WIDTH, 842)
    canvas.save()
    return out.getvalue()


def locked_pdf(password: str, *, algorithm: str = "AES-256") -> bytes:
    """A PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(pdf([(60, 700, "Secret")]))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_attachment(name: str, data: bytes) -> bytes:
    """A PDF with a page of text and a file inside."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(pdf([(60, 700, "What the page says of Giulia")]))))
    writer.add_attachment(name, data)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def many_pages_pdf(count: int) -> bytes:
    """A PDF of so many empty pages, written by hand for speed."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 9 9]>>" % (count, kids)]
    return _pdf_file([*objects, *[b"<</Type/Page/Parent 2 0 R>>"] * count])


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose drawing unpacks to so many megabytes of text."""
    packed = zlib.compress(b"BT /F1 9 Tf 50 700 Td " + b"(bombe) Tj " * (megabytes * 95_325) + b"ET", 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>"
    return _pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream, font])


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def paragraph(text: str) -> str:
    """A paragraph of WordprocessingML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, **parts: str) -> bytes:
    """A DOCX of raw WordprocessingML; `parts` are further stories, e.g. header1='<w:p>...'."""
    stories = {name: f"<w:hdr {W} {MC}>{content}</w:hdr>" for name, content in parts.items()}
    document = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": document, **{f"word/{name}.xml": story for name, story in stories.items()}})


def crowded_docx(elements: int) -> bytes:
    """A DOCX of so many empty elements: small on disk, not packed suspiciously, large as a tree."""
    choices = Random(1).choices(["<w:p/>", "<w:r/>", "<w:t/>"], k=20_000)
    return docx("".join(choices) * (elements // len(choices)))


def zipped(entries: dict[str, str | bytes]) -> bytes:
    """A ZIP file of these entries."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(ZipInfo(name), content, compress_type=ZIP_DEFLATED)  # without the clock: same bytes
    return out.getvalue()


def xlsx(*rows: Sequence[object]) -> bytes:
    """An Excel file with these rows on its second sheet; the first is empty."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("data")
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_of(sheet: str) -> bytes:
    """An Excel file whose only sheet is this raw SpreadsheetML."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packaged = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{packaged}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{related}">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packaged}/relationships">'
            f'<Relationship Id="r1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>",
        }
    )


def sheet_row(number: int, **cells: str) -> str:
    """A row of SpreadsheetML, e.g. `sheet_row(1, A="id", B="text")`."""
    inline = (f'<c r="{name}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for name, text in cells.items())
    return f'<row r="{number}">{"".join(inline)}</row>'


def locked_xlsx() -> bytes:
    """What Excel writes with a password: an OLE file around an encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
