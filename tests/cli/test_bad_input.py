"""Bad input as a user meets it: a clear message, the right exit code, and the rest done."""

import json
import os
from functools import partial
from pathlib import Path

import pytest

from matcher import assemble
from matcher.ingest import limits, service
from matcher.ingest.readers import ocr
from matcher.ingest.sandbox import Budget, Sandbox
from matcher.records import Posting
from matcher.settings import Settings
from tests.builders import NURSE_CV, WELDER_CV, WELDING_POSTING
from tests.cli.conftest import Answer, Matcher, stored, text_of, write_lines
from tests.ingest.documents import (
    docx,
    locked_pdf,
    locked_xlsx,
    many_pages_pdf,
    paragraph,
    pdf,
    pdf_bomb,
    scanned_pdf,
    xlsx,
    zipped,
)

GOOD_PDF = pdf([(60, 700, "Erfaring med regnskab")])


pytestmark = pytest.mark.usefixtures("short_names")


def written(name: str, content: bytes | str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def words(answer: Answer) -> str:
    """What a table says, without its lines and breaks."""
    return " ".join(answer.out.replace("│", " ").split())


def statuses(answer: Answer) -> list[str]:
    return [row["status"] for row in answer.json["files"]]


BOMB = zipped({"word/document.xml": b"0" * 30_000_000})
BAD_DOCUMENTS: dict[str, tuple[str, bytes, tuple[str, str]]] = {
    "empty": ("bad.pdf", b"", ("is empty", "er tom")),
    "password": ("bad.pdf", locked_pdf("x"), ("password", "adgangskode")),
    "truncated": ("bad.pdf", GOOD_PDF[: len(GOOD_PDF) // 2], ("cut off", "afbrudt")),
    "no document": ("bad.pdf", b"\x00\x01\x02 nothing", ("not what its name says", "ikke det, navnet siger")),
    "zip bomb": ("bad.docx", BOMB, ("zip bomb", "zip-bombe")),
    "10,000 pages": ("bad.pdf", many_pages_pdf(10_000), ("10000 pages", "10000 sider")),
    "bomb in a sheet": ("bad.xlsx", zipped({"xl/workbook.xml": b"0" * 30_000_000}), ("zip bomb", "zip-bombe")),
    "password on a sheet": ("bad.xlsx", locked_xlsx(), ("password", "adgangskode")),
    "empty rows": ("bad.jsonl", b"", ("holds no row", "ingen rækker")),
}


@pytest.mark.parametrize(("name", "data", "said"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_a_bad_file_is_refused_in_words_and_the_good_one_is_stored(
    matcher: Matcher,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    data: bytes,
    said: tuple[str, str],
) -> None:
    bad, good = written(name, data), written("good.txt", WELDER_CV)

    both = matcher("ingest", "candidates", bad, good, "--json")
    assert (both.code, statuses(both)) == (3, ["refused", "read"])
    assert both.json["counts"] == {"read": 1, "updated": 0, "unchanged": 0, "refused": 1}
    assert name in both.json["files"][0]["message"]
    assert said[0] in both.json["files"][0]["message"]
    assert both.err == ""

    alone = matcher("ingest", "candidates", bad)
    assert alone.code == 1
    assert said[0] in words(alone)
    assert "0 read, 0 updated, 0 unchanged, 1 refused" in alone.out

    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    assert said[1] in words(matcher("ingest", "candidates", bad))
    assert stored(settings) == ["good"]


def test_a_file_of_100_megabytes_is_refused_by_its_size(matcher: Matcher, settings: Settings) -> None:
    for name in ("big.pdf", "big.csv", "big.xlsx"):
        os.truncate(written(name, b""), 100 * limits.MEGABYTE)

    answer = matcher("ingest", "candidates", "big.pdf", "big.csv", "big.xlsx", "--json")

    assert (answer.code, statuses(answer)) == (1, ["refused"] * 3)
    assert all("100 MB, and at most 50 MB" in row["message"] for row in answer.json["files"])
    assert stored(settings) == []


@pytest.mark.skipif(ocr.is_available(), reason="scans are read here: the OCR extra is installed")
def test_a_scan_says_so_and_names_the_extra_that_reads_it(matcher: Matcher) -> None:
    answer = matcher("ingest", "candidates", written("scan.pdf", scanned_pdf()), "--json")

    assert answer.code == 1
    message = answer.json["files"][0]["message"]
    assert "is a scan" in message
    assert "pip install matcher[ocr]" in message
    assert "matcher[ocr]" in words(matcher("ingest", "candidates", "scan.pdf"))


def test_a_pdf_bomb_is_given_up_and_the_next_file_read(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Budget(memory_bytes=300 * limits.MEGABYTE)
    monkeypatch.setattr(service, "Sandbox", partial(Sandbox, small))

    answer = matcher("ingest", "candidates", written("a.pdf", pdf_bomb(100)), written("b.pdf", GOOD_PDF), "--json")

    assert (answer.code, statuses(answer)) == (3, ["refused", "read"])
    assert "more memory than a document may" in answer.json["files"][0]["message"]


@pytest.mark.slow
def test_a_pdf_bomb_is_given_up_with_the_limits_that_users_have(matcher: Matcher) -> None:
    answer = matcher("ingest", "candidates", written("a.pdf", pdf_bomb(300)), written("b.pdf", GOOD_PDF), "--json")

    assert (answer.code, statuses(answer)) == (3, ["refused", "read"])
    assert "was given up" in answer.json["files"][0]["message"]


def test_a_wrong_extension_is_read_with_a_notice(matcher: Matcher, settings: Settings) -> None:
    written("cv.pdf", docx(paragraph("Erfaring med regnskab")))
    answer = matcher("ingest", "candidates", "cv.pdf", "--json")

    assert (answer.code, statuses(answer)) == (0, ["read"])
    assert "ends in .pdf, but it is a .docx file" in answer.json["files"][0]["notices"][0]
    assert "ends in .pdf" in words(matcher("ingest", "candidates", "cv.pdf"))
    assert text_of(settings, "cv") == "Erfaring med regnskab"


ODD = {
    "NUL": "Erfaring med regnskab \x00\x01 og Excel",
    "lone surrogates": "Erfaring med regnskab \ud800 og \udfff Excel",
    "U+FDFA": "Erfaring med regnskab " + "\ufdfa" * 20_000,
    "right to left": "\u202eخبرة في المحاسبة والتحليل \u202c Erfaring",
    "emoji": "Erfaring med regnskab 👩\u200d💻🎓 og Excel",
}


def test_odd_characters_are_stored_indexed_and_ranked(filled: Matcher, settings: Settings) -> None:
    rows: list[dict[str, object]] = [{"id": name, "text": text} for name, text in ODD.items()]
    Path("odd.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="ascii")

    answer = filled("ingest", "candidates", "odd.jsonl", "--json")
    assert (answer.code, statuses(answer)) == (0, ["read"] * len(ODD))
    assert {id: len(text_of(settings, id)) for id in ODD} == {id: len(text) for id, text in ODD.items()}
    assert "\x00" not in text_of(settings, "NUL")

    assert filled("index", "--json").json["candidates"] == 2 + len(ODD)
    ranked = [match["candidate"] for match in filled("shortlist", "welding", "--json").json["matches"]]
    assert sorted(ranked) == sorted([*ODD, "engineer", "nurse"])
    assert filled("shortlist", "welding").code == 0
    assert statuses(filled("ingest", "candidates", "odd.jsonl", "--json")) == ["unchanged"] * len(ODD)


def test_odd_characters_in_a_document_are_read_with_a_notice(matcher: Matcher, settings: Settings) -> None:
    resume = '{"basics": {"summary": "Erfaring med \\u0000 regnskab \\ud800 og Excel"}}'
    answer = matcher("ingest", "candidates", written("cv.json", resume), "--json")

    assert answer.code == 0
    assert "2 character(s) that cannot be stored" in answer.json["files"][0]["notices"][0]
    assert "regnskab" in text_of(settings, "cv")


def test_one_broken_line_among_a_thousand_is_named_and_the_others_are_stored(
    matcher: Matcher, settings: Settings
) -> None:
    lines = [json.dumps({"id": f"c{number:04}", "text": f"Erfaring nummer {number}"}) for number in range(1, 1001)]
    lines[499] = '{"id": "c0500", "text": "Erfar'
    written("c.jsonl", "\n".join(lines))

    answer = matcher("ingest", "candidates", "c.jsonl", "--json")

    assert answer.code == 3
    assert answer.json["counts"] == {"read": 999, "updated": 0, "unchanged": 0, "refused": 1}
    [refused] = [row for row in answer.json["files"] if row["status"] == "refused"]
    assert refused["line"] == 500
    assert "c.jsonl, line 500: not a JSON object" in refused["message"]
    assert len(stored(settings)) == 999


@pytest.mark.parametrize("suffix", ["jsonl", "xlsx"])
def test_of_an_id_that_stands_twice_in_a_file_the_first_is_kept(
    matcher: Matcher, settings: Settings, suffix: str
) -> None:
    rows: list[dict[str, object]] = [
        {"id": "c1", "text": "Erfaring med regnskab"},
        {"id": "c2", "text": "Erfaring med salg"},
        {"id": "c1", "text": "Noget andet"},
    ]
    if suffix == "xlsx":
        written("c.xlsx", xlsx(("id", "text"), *(tuple(row.values()) for row in rows)))
    else:
        write_lines(Path("c.jsonl"), *rows)

    answer = matcher("ingest", "candidates", f"c.{suffix}", "--json")

    first, line = (2, 4) if suffix == "xlsx" else (1, 3)
    assert (answer.code, statuses(answer)) == (3, ["read", "read", "refused"])
    assert f"line {line}: the id 'c1' stands in line {first} already" in answer.json["files"][2]["message"]
    assert text_of(settings, "c1") == "Erfaring med regnskab"


def test_rows_that_lack_what_they_must_have_are_named(matcher: Matcher, settings: Settings) -> None:
    write_lines(Path("p.jsonl"), {"id": "p1", "text": "Svejs"}, {"title": "Smed"}, {"id": "p3", "title": "Smed"}, {})

    answer = matcher("ingest", "postings", "p.jsonl", "--json")

    assert (answer.code, statuses(answer)) == (1, ["refused"] * 4)
    for number, field in enumerate(("title", "id", "text", "id"), start=1):
        assert f"line {number}: the field `{field}` is missing" in answer.json["files"][number - 1]["message"]
    assert "`title`" in words(matcher("ingest", "postings", "p.jsonl"))
    assert stored(settings, "posting") == []


def test_optional_fields_may_be_missing_or_unknown(matcher: Matcher) -> None:
    write_lines(Path("c.jsonl"), {"id": "c1", "text": WELDER_CV, "shoe_size": 43})
    answer = matcher("ingest", "candidates", "c.jsonl", "--json")

    assert (answer.code, statuses(answer)) == (0, ["read"])
    assert "shoe_size" in answer.json["notices"][0]["message"]
    assert "shoe_size" in matcher("ingest", "candidates", "c.jsonl").out


def test_an_unknown_employment_type_is_stored_as_unknown_with_a_notice(matcher: Matcher, settings: Settings) -> None:
    write_lines(Path("p.jsonl"), {"id": "p1", "title": "t", "text": WELDING_POSTING, "employment_type": "freelance"})
    answer = matcher("ingest", "postings", "p.jsonl", "--json")

    assert (answer.code, statuses(answer)) == (0, ["read"])
    assert "`employment_type` was stored as unknown: 'freelance'" in answer.json["files"][0]["notices"][0]
    posting = assemble.store(settings).get("posting", "p1")
    assert isinstance(posting, Posting)
    assert posting.employment_type == "unknown"


def test_two_documents_of_one_name_are_refused_and_the_way_out_works(matcher: Matcher, settings: Settings) -> None:
    written("in/2025/cv.txt", WELDER_CV)
    written("in/2026/cv.txt", NURSE_CV)

    answer = matcher("ingest", "candidates", "in", "--json")
    assert (answer.code, statuses(answer)) == (1, ["refused", "refused"])
    assert "--id-from path" in answer.json["files"][0]["message"]
    assert "--id-from" in words(matcher("ingest", "candidates", "in"))
    assert stored(settings) == []

    assert matcher("ingest", "candidates", "in", "--id-from", "path").code == 0
    assert stored(settings) == ["2025/cv.txt", "2026/cv.txt"]
    assert matcher("ingest", "candidates", "in", "--id-from", "hash").code == 0
    assert len(stored(settings)) == 4
    assert matcher("ingest", "candidates", "in", "--id-from", "name").code == 2


def test_the_same_again_is_unchanged_and_something_else_an_update(matcher: Matcher, settings: Settings) -> None:
    written("in/a.txt", WELDER_CV)
    written("in/b.docx", docx(paragraph("Erfaring med regnskab")))
    write_lines(Path("in/c.jsonl"), {"id": "c1", "text": NURSE_CV})

    assert statuses(matcher("ingest", "candidates", "in", "--json")) == ["read"] * 3
    assert statuses(matcher("ingest", "candidates", "in", "--json")) == ["unchanged"] * 3
    written("in/b.docx", docx(paragraph("Erfaring med salg")))
    again = matcher("ingest", "candidates", "in", "--json")

    assert (again.code, statuses(again)) == (0, ["unchanged", "updated", "unchanged"])
    assert text_of(settings, "b") == "Erfaring med salg"


def test_what_does_not_exist_is_refused_and_a_wrong_kind_is_misuse(matcher: Matcher) -> None:
    gone = matcher("ingest", "candidates", "gone.pdf", "--json")

    assert gone.code == 1
    assert "gone.pdf does not exist" in gone.json["files"][0]["message"]
    assert matcher("ingest", "cats", "gone.pdf").code == 2
    assert matcher("ingest", "candidates").code == 2
