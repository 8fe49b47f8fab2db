"""Documents are read in a child that hostile files may kill; the next file is read as if nothing had happened."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.errors import UnreadableFile
from matcher.ingest import limits
from matcher.ingest.answers import parsed_of, rows_of
from matcher.ingest.parsed import Parsed
from matcher.ingest.readers import ocr
from matcher.ingest.sandbox import Budget, Sandbox
from tests.ingest.documents import crowded_docx, docx, locked_pdf, many_pages_pdf, paragraph, pdf, pdf_bomb, scanned_pdf

GOOD = pdf([(60, 700, "En god ansøgning")])


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 100 * limits.MEGABYTE)


def refusal(sandbox: Sandbox, name: str, data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        sandbox.parse_bytes(name, data)
    assert name in refused.value.text("da")
    assert name in refused.value.text("en")
    return refused.value


def assert_still_works(sandbox: Sandbox) -> None:
    assert sandbox.parse_bytes("god.pdf", GOOD).text == "En god ansøgning"


def test_a_file_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "cv.pdf"
    path.write_bytes(GOOD)

    assert sandbox.parse(path) == Parsed(text="En god ansøgning", format="pdf")


def test_fields_and_notices_come_through(sandbox: Sandbox) -> None:
    data = (
        b'{"basics": {"name": "Anna \\ud83d\\ude00", "email": "a@b.example", "summary": "Hej \\u0000 med dig \\ud800"}}'
    )
    parsed = sandbox.parse_bytes("cv.pdf", data)

    assert parsed.fields == {"name": "Anna 😀", "emails": ["a@b.example"]}
    assert parsed.text.endswith("Hej   med dig \ufffd")
    assert [key for key, _ in parsed.notices] == ["notice.wrong_extension", "notice.unusable_characters"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("tom.pdf", b"", "empty"),
        ("skåret.pdf", GOOD[: len(GOOD) // 2], "truncated"),
        ("låst.pdf", locked_pdf("x"), "password"),
        ("sider.pdf", many_pages_pdf(10_000), "too_many_pages"),
        ("dyb.json", b"[" * 100_000, "damaged"),
        ("billede.png", b"\x89PNG\r\n\x1a\n", "image"),
    ],
)
def test_a_bad_file_is_refused_and_the_next_one_read(sandbox: Sandbox, name: str, data: bytes, reason: str) -> None:
    assert refusal(sandbox, name, data).reason == reason
    assert_still_works(sandbox)


@pytest.mark.skipif(ocr.is_available(), reason="scans are read here: the OCR extra is installed")
def test_a_scan_is_refused_with_the_name_of_the_extra(sandbox: Sandbox) -> None:
    refused = refusal(sandbox, "skannet.pdf", scanned_pdf())

    assert "pip install matcher[ocr]" in str(refused)
    assert "pip install matcher[ocr]" in refused.text("da")


@pytest.mark.skipif(not ocr.is_available(), reason="the OCR extra or Tesseract is not installed")
def test_a_scan_is_recognised_where_the_extra_is_installed(sandbox: Sandbox) -> None:
    assert "Project manager" in sandbox.parse_bytes("skannet.pdf", scanned_pdf()).text


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "not_found"),
        (lambda path: path.mkdir(), "is_folder"),
        (lambda path: path.touch(), "empty"),
        (os.mkfifo, "no_file"),
        (sparse, "too_large"),
    ],
    ids=["missing", "folder", "empty", "pipe", "100 MB"],
)
def test_what_is_no_file_to_read_never_reaches_the_child(tmp_path: Path, make: object, reason: str) -> None:
    path = tmp_path / "cv.pdf"
    assert callable(make)
    make(path)

    with Sandbox() as sandbox, pytest.raises(UnreadableFile, match=str(path)) as refused:
        sandbox.parse(path)

    assert refused.value.reason == reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "cv.pdf"
    path.touch(mode=0)

    with pytest.raises(UnreadableFile, match="may not be read"):
        sandbox.parse(path)


def test_a_large_upload_is_refused_before_it_is_sent(sandbox: Sandbox) -> None:
    assert refusal(sandbox, "stor.txt", bytes(limits.FILE_BYTES + 1)).reason == "too_large"


def test_a_pdf_bomb_dies_of_its_memory_and_the_next_file_is_read() -> None:
    with Sandbox(Budget(memory_bytes=300 * limits.MEGABYTE)) as sandbox:
        assert_still_works(sandbox)
        assert refusal(sandbox, "bombe.pdf", pdf_bomb(100)).reason == "too_much_memory"
        assert_still_works(sandbox)


@pytest.mark.slow
def test_a_docx_that_takes_too_much_memory_is_given_up() -> None:
    with Sandbox(Budget(memory_bytes=150 * limits.MEGABYTE)) as sandbox:
        assert refusal(sandbox, "stor.docx", crowded_docx(2_600_000)).reason == "too_much_memory"
        assert_still_works(sandbox)


def test_a_document_that_takes_too_much_processor_time_is_given_up() -> None:
    with Sandbox(Budget(cpu_seconds=0.1)) as sandbox:
        assert refusal(sandbox, "langsom.docx", crowded_docx(1_000_000)).reason == "too_slow"
        assert_still_works(sandbox)


def test_a_child_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "START_SECONDS", 0)

    with Sandbox(Budget(wall_seconds=0.001)) as sandbox:
        refused = refusal(sandbox, "langsom.docx", docx(paragraph("x")))

    assert refused.reason == "too_slow"


def test_a_child_that_is_killed_between_two_files_is_replaced(sandbox: Sandbox) -> None:
    assert_still_works(sandbox)
    assert sandbox._child is not None
    sandbox._child.kill()

    assert_still_works(sandbox)


def test_a_child_is_replaced_after_enough_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES_PER_CHILD", 2)

    with Sandbox() as sandbox:
        seen = set()
        for _ in range(4):
            assert_still_works(sandbox)
            seen.add(id(sandbox._child) if sandbox._child is None else sandbox._child._process.pid)

    assert len(seen) == 2


def test_no_child_is_left_behind() -> None:
    with Sandbox() as sandbox:
        assert_still_works(sandbox)
        assert sandbox._child is not None
        process = sandbox._child._process

    assert process.returncode is not None


CONFINED = """
import sys
sys.argv = ["worker", "{memory}"]
from matcher.ingest.worker import _confine
_confine(memory_bytes={memory})
try:
    with open({path!r}, "w") as file:
        file.write("x" * 10)
except OSError as error:
    sys.exit(f"refused: {{error.strerror}}")
"""


def test_the_child_can_write_no_file(tmp_path: Path) -> None:
    code = CONFINED.format(memory=limits.MEMORY_BYTES, path=str(tmp_path / "out"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert "refused: File too large" in done.stderr


def test_the_child_imports_no_model_and_no_database() -> None:
    code = (
        "import sys, matcher.ingest.worker\n"
        "print(*{name.split('.')[0] for name in sys.modules}"
        " & {'torch', 'spacy', 'sklearn', 'numpy', 'sqlalchemy', 'pydantic', 'bs4', 'pypdfium2', 'lxml'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "answer",
    [
        {"refused": "no such reason", "values": {}},
        {"refused": "too_many_pages", "values": {}},
        {"refused": "damaged", "values": ["why"]},
        {"text": 7, "fields": {}, "notices": [], "format": "pdf"},
        {"text": "x", "fields": {"name": {"deep": 1}}, "notices": [], "format": "pdf"},
        {"text": "x", "fields": {}, "notices": [["no.such.notice", {}]], "format": "pdf"},
        {"text": "x"},
        {},
    ],
)
def test_an_answer_that_makes_no_sense_is_a_crash(answer: dict[str, object]) -> None:
    with pytest.raises(UnreadableFile) as refused:
        parsed_of("cv.pdf", answer)

    assert refused.value.reason == "parser_crashed"


@pytest.mark.parametrize(
    "answer",
    [
        {"rows": 7},
        {"rows": [[1]]},
        {"rows": [["1", ["id"]]]},
        {"rows": [[True, ["id"]]]},
        {"rows": [[1, "id"]]},
        {"rows": [[1, [{"deep": 1}]]]},
        {"text": "x", "fields": {}, "notices": [], "format": "pdf"},
    ],
)
def test_rows_that_make_no_sense_are_a_crash(answer: dict[str, object]) -> None:
    with pytest.raises(UnreadableFile) as refused:
        rows_of("c.xlsx", answer)

    assert refused.value.reason == "parser_crashed"
