"""Originals are kept only where asked for, never with a CPR number in them, and go with their record."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builders import NURSE_CV, WELDER_CV
from tests.cli.conftest import Matcher
from tests.ingest.documents import docx, one_column, paragraph, pdf

CPR = "120598-1234"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of CVs; originals are kept."""
    monkeypatch.setenv("MATCHER_KEEP_ORIGINALS", "1")
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def kept(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in files(home / "originals"))


def contents(file: Path) -> list[bytes]:
    """The bytes of a file, unpacked where it is a package."""
    if file.suffix != ".docx":
        return [file.read_bytes()]
    with ZipFile(file) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_no_cpr_number_reaches_the_home_with_originals_kept(matcher: Matcher, home: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(f"CPR: {CPR}\n{WELDER_CV}", encoding="utf-8")
    (folder / "b.docx").write_bytes(docx(paragraph(f"Profil, {CPR}") + paragraph("Erfaring med regnskab")))
    (folder / "c.pdf").write_bytes(pdf(one_column([f"CPR-nr. {CPR}", "Erfaring med regnskab"])))
    (folder / "d.html").write_text(f"<!-- {CPR} --><p>Erfaring med regnskab</p>", encoding="utf-8")
    (folder / "good.txt").write_text(NURSE_CV, encoding="utf-8")

    report = matcher("ingest", "candidates", folder, "--json")

    assert report.code == 0
    notices = {Path(row["source"]).name: row["notices"] for row in report.json["files"]}
    assert all("holds a CPR number" in notices[name][-1] for name in ("a.txt", "b.docx", "c.pdf", "d.html"))
    assert notices["good.txt"] == []
    assert kept(home) == ["originals/candidate/good/original.txt"]
    found = [content for file in files(home) for content in contents(file)]
    assert not [content for content in found if CPR.encode() in content]


def test_the_notice_speaks_danish_and_stands_in_the_table(
    matcher: Matcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    (folder / "a.txt").write_text(f"CPR: {CPR}\n{WELDER_CV}", encoding="utf-8")

    assert "CPR-nummer, som ikke må gemmes" in matcher("ingest", "candidates", folder, "--json").out
    assert "CPR-nummer" in matcher("ingest", "candidates", folder).out


def test_an_original_goes_when_its_next_version_holds_a_cpr_number(matcher: Matcher, home: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(WELDER_CV, encoding="utf-8")
    matcher("ingest", "candidates", folder)
    assert kept(home) == ["originals/candidate/a/original.txt"]

    (folder / "a.txt").write_text(f"CPR: {CPR}\n{WELDER_CV}", encoding="utf-8")
    matcher("ingest", "candidates", folder)
    assert kept(home) == []


def test_a_deleted_record_takes_its_original_along(matcher: Matcher, home: Path, folder: Path) -> None:
    (folder / "a.b.txt").write_text(WELDER_CV, encoding="utf-8")
    (folder / "c.txt").write_text(NURSE_CV, encoding="utf-8")
    matcher("ingest", "candidates", folder)

    assert matcher("delete", "posting", "a.b").code == 1
    assert len(kept(home)) == 2
    assert matcher("delete", "candidate", "a.b").code == 0
    assert kept(home) == ["originals/candidate/c/original.txt"]
    assert not [file for file in files(home / "originals") if b"SolidWorks" in file.read_bytes()]
