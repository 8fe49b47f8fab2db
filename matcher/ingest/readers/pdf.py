"""PDF by pypdfium2: text page by page, the Europass XML that may be inside, and the scans that hold no text."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from matcher.ingest.limits import OCR_PAGES, PDF_PAGES
from matcher.ingest.parsed import Notice, Parsed, Refused
from matcher.ingest.readers import europass, ocr
from matcher.ingest.readers.clean import joined
from matcher.ingest.readers.pdf_page import page_text
from matcher.ingest.readers.xmltree import parse_xml

_END = re.compile(rb"startxref\s+\d")
_END_WITHIN = 8192
"""The end of a PDF, also with some rubbish behind it, is found within so many bytes."""
_LEAST_LETTERS = 20
"""A page with fewer letters and digits than this holds no text of its own: a stamp, a page number."""
_BROKEN = re.compile(r"\b([^\W\d_]+)-\n([^\W\d_]+)\b[ \t]?")
_WORD = re.compile(r"[^\W\d_]+")


def read(data: bytes, *, recognise: bool = False) -> Parsed:
    """Read a PDF; `recognise` the letters of a scan, which takes seconds a page."""
    if not _END.search(data, max(0, len(data) - _END_WITHIN)):
        raise Refused("truncated")
    with _opened(data) as document:
        if len(document) > PDF_PAGES:
            raise Refused("too_many_pages", pages=len(document), limit=PDF_PAGES)
        return _embedded(document) or _pages(document, recognise=recognise)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """Open a document, close it afterwards, and turn PDFium's errors into refusals."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Refused("password") from error
        raise Refused("damaged", why=str(error)) from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged", why=str(error)) from error
    finally:
        document.close()


def _embedded(document: Any) -> Parsed | None:  # noqa: ANN401 - pypdfium2 has no types
    """Return what the Europass XML inside says, if there is one that can be read."""
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        if attachment.get_name().lower().endswith(".xml"):
            try:
                return europass.read_root(parse_xml(bytes(attachment.get_data())))
            except Refused:  # the text on the pages says the same
                continue
    return None


def _pages(document: Any, *, recognise: bool) -> Parsed:  # noqa: ANN401
    texts = [page_text(document[index]) for index in range(len(document))]
    letters = [sum(map(str.isalnum, text)) for text in texts]
    bare = [index for index, count in enumerate(letters) if count < _LEAST_LETTERS]
    drawn = [index for index in bare if _is_drawn(document[index], letters[index])]
    notices: tuple[Notice, ...] = ()
    if drawn and sum(letters) < _LEAST_LETTERS * len(texts):
        texts = _recognised(document, drawn) if recognise else _refuse_scan(len(texts))
        notices = (("notice.recognised", {"pages": len(drawn)}),)
    elif drawn:
        notices = (("notice.pages_without_text", {"count": len(drawn), "pages": len(texts)}),)
    return Parsed(text=_unbroken(joined(texts)), notices=notices, format="pdf")


def _is_drawn(page: Any, letters: int) -> bool:  # noqa: ANN401
    """Whether a page is a picture, or holds shapes and no letter: text may have been turned into outlines."""
    import pypdfium2.raw as pdfium

    wanted = [pdfium.FPDF_PAGEOBJ_IMAGE] if letters else None
    return any(True for _ in page.get_objects(filter=wanted, max_depth=3))


def _refuse_scan(pages: int) -> list[str]:
    raise Refused("scanned", pages=pages)


def _recognised(document: Any, pages: Sequence[int]) -> list[str]:  # noqa: ANN401
    if len(pages) > OCR_PAGES:
        raise Refused("too_many_pages", pages=len(pages), limit=OCR_PAGES)
    return [ocr.recognise(document[index]) for index in pages]


def _unbroken(text: str) -> str:
    """Join a word broken at a line's end where the document has the whole word elsewhere; else leave it as it is.

    "salgs-" before "og marketing" and "e-" before "mail" keep their hyphens that way.
    """
    if "-\n" not in text:
        return text
    words = {word.lower() for word in _WORD.findall(_BROKEN.sub(" ", text))}

    def join(found: re.Match[str]) -> str:
        whole = found[1] + found[2]
        return f"{whole}\n" if whole.lower() in words else found.group()

    return _BROKEN.sub(join, text)
