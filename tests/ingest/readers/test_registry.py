"""Any file: what it is by its bytes, what is refused by name, and how text leaves the readers."""

from io import BytesIO

import pytest

from matcher.ingest import limits
from matcher.ingest.parsed import Refused
from matcher.ingest.readers.clean import clean
from matcher.ingest.readers.registry import read_document
from matcher.messages import message
from tests.ingest.documents import docx, paragraph, pdf, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("cv.txt", b"En tekst", "txt"),
        ("cv.md", b"# CV\n[1, 2] og <b>", "txt"),
        ("cv", b"En tekst uden endelse", "txt"),
        ("cv.RTF", rb"{\rtf1 En tekst}", "rtf"),
        ("cv.docx", docx(paragraph("En tekst")), "docx"),
        ("cv.txt", b"MZ Konsulenterne, en tekst", "txt"),
        ("cv.pdf", pdf([(60, 700, "En tekst")]), "pdf"),
        ("job.html", b"\xef\xbb\xbf <!DOCTYPE html><body>En tekst", "html"),
        ("job.htm", b"<div>En tekst</div>", "html"),
        ("cv.txt", "﻿En tekst".encode("utf-16"), "txt"),
        ("note.txt", b'{"ikke": json', "txt"),
        ("note.txt", b"<Anna> skrev en tekst", "txt"),
    ],
)
def test_a_file_is_read_as_what_it_is(name: str, data: bytes, kind: str) -> None:
    parsed = read_document(name, data)

    assert (parsed.format, parsed.notices) == (kind, ())


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("cv.pdf", docx(paragraph("En tekst")), ".docx"),
        ("cv.docx", pdf([(60, 700, "En tekst")]), ".pdf"),
        ("cv.doc.docx", rb"{\rtf1 En tekst}", ".rtf"),
        ("cv.pdf", b"Bare tekst", ".txt"),
    ],
)
def test_a_wrong_extension_is_told_and_the_content_read(name: str, data: bytes, found: str) -> None:
    (notice,) = read_document(name, data).notices

    assert notice[0] == "notice.wrong_extension"
    assert found in message(notice[0], "da", **notice[1])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "no_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "image"),
        (b"MZ\x90\x00" + bytes(50), "program"),
        (b"\x7fELF" + bytes(50), "program"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
        (b"\x1f\x8b\x08" + bytes(50), "archive"),
        (zipped({"cv.pdf": b"%PDF"}), "archive"),
        (zipped({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "presentation"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "spreadsheet"),
        (OLE + "WordDocument".encode("utf-16-le"), "legacy_word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (OLE, "other_file"),
        (b"SQLite format 3\x00" + bytes(50), "other_file"),
        (b"MIME-Version: 1.0\r\nSubject: CV\r\n\r\nHej", "mail"),
        (bytes(range(256)) * 10, "wrong_type"),
        (zipped({"word/document.xml": "<w/>"})[:40], "truncated"),
        (b"<?xml version='1.0'?><a><b></a>", "damaged"),
    ],
)
def test_what_is_no_document_is_refused_by_name_in_both_languages(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_document("cv.pdf", data)

    assert refusal.value.reason == reason
    for language in ("da", "en"):
        assert "cv.pdf" in message(f"unreadable.{reason}", language, file="cv.pdf", **refusal.value.values)


def test_a_password_on_the_parts_of_a_package_is_seen() -> None:
    data = bytearray(docx(paragraph("hemmelig")))
    data[6] |= 1  # the flag of the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and that of the directory

    with pytest.raises(Refused, match="password"):
        read_document("cv.docx", bytes(data))


def test_a_word_file_with_a_password_is_an_ole_file() -> None:
    with pytest.raises(Refused, match="password"):
        read_document("cv.docx", OLE + "EncryptedPackage".encode("utf-16-le"))


def test_nul_and_half_characters_become_fillers_in_place() -> None:
    text, notices = clean("a\x00b\ud800c\x07d\ufffee")

    assert text == "a b\ufffdc d\ufffde"
    assert notices == (("notice.unusable_characters", {"count": 4}),)


def test_every_line_end_becomes_a_newline_and_nothing_else_changes() -> None:
    text = "en\r\nto\rtre\u2028fire\x0cfem\ttab  to mellemrum \xa0"

    assert clean(text) == ("en\nto\ntre\nfire\nfem\ttab  to mellemrum \xa0", ())


@pytest.mark.parametrize("text", ["مرحبا بالعالم CV", "Jeg er 👩🏽‍🔬 og 🇩🇰", "\ufdfa" * 100_000, "e\u0301 ﬁ ½ Å"])
def test_code_points_are_kept_as_they_are(text: str) -> None:
    assert read_document("cv.txt", text.encode()).text == text


def test_text_beyond_the_limit_is_cut_with_a_notice() -> None:
    length = limits.TEXT_LENGTH + 7
    parsed = read_document("cv.txt", b"a" * length)

    assert len(parsed.text) == limits.TEXT_LENGTH
    assert parsed.notices == (("notice.text_cut", {"length": length, "kept": limits.TEXT_LENGTH}),)


def test_a_docx_whose_text_is_packed_too_tightly_is_not_unpacked() -> None:
    with pytest.raises(Refused, match="zip_bomb") as refusal:
        read_document("cv.docx", zipped({"word/document.xml": bytes(10 * limits.MEGABYTE)}))

    assert refusal.value.values == {"part": "word/document.xml", "size": 10}


def test_a_docx_that_unpacks_to_more_than_a_document_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ZIP_BYTES", 10 * limits.MEGABYTE)
    media = {f"word/media/{number}.bmp": bytes(2 * limits.MEGABYTE) for number in range(6)}

    with pytest.raises(Refused, match="zip_bomb"):
        read_document("cv.docx", zipped({"word/document.xml": "<w/>", **media}))


def test_a_tightly_packed_picture_is_no_bomb_for_it_is_never_unpacked() -> None:
    from zipfile import ZipFile

    out = BytesIO(docx(paragraph("En tekst")))
    with ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.bmp", bytes(5 * limits.MEGABYTE), compress_type=8)

    assert read_document("cv.docx", out.getvalue()).text == "En tekst"


def test_a_package_that_lies_about_its_sizes_is_not_believed() -> None:
    honest = zipped({"word/document.xml": bytes(40 * limits.MEGABYTE)})
    size = (40 * limits.MEGABYTE).to_bytes(4, "little")
    assert honest.count(size) == 2, "in the local header and in the directory"

    with pytest.raises(Refused, match="damaged"):
        read_document("cv.docx", honest.replace(size, (5000).to_bytes(4, "little")))


@pytest.mark.parametrize("name", ["cv.xml", "cv.docx"])
def test_a_billion_laughs_are_not_told(name: str) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><SkillsPassport>&l9;</SkillsPassport>'
    data = laughs.encode() if name == "cv.xml" else zipped({"word/document.xml": laughs})

    with pytest.raises(Refused, match="xml_entities"):
        read_document(name, data)
