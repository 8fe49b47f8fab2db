"""Which files an ingest finds, and the originals it keeps."""

from pathlib import Path

from matcher.ingest.documents import Found, find, id_of
from matcher.ingest.originals import forget_original, keep_original


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    return path


def names(paths: list[Path]) -> list[str]:
    return [found.relative for found in find(paths) if isinstance(found, Found)]


def test_folders_are_walked_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.pdf", "a/2.pdf", "a/1.pdf", ".git/config.txt", "__pycache__/x.txt"):
        touch(tmp_path / name)

    assert names([tmp_path]) == ["b.pdf", "a/1.pdf", "a/2.pdf"]


def test_a_readme_that_is_named_is_read(tmp_path: Path) -> None:
    assert names([touch(tmp_path / "README.md")]) == ["README.md"]


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")

    assert names([tmp_path]) == []
    assert len(list(find([tmp_path]))) == 1


def test_one_letter_written_in_two_ways_is_one_id(tmp_path: Path) -> None:
    decomposed = Found(path=tmp_path / "cafe\u0301.pdf", relative="cafe\u0301.pdf")

    assert id_of(decomposed, "stem") == "caf\u00e9"


def test_an_original_replaces_an_older_one_and_goes_with_its_record(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    keep_original(folder, "candidate", "../c 1", touch(tmp_path / "a.pdf"))
    keep_original(folder, "candidate", "../c 1", touch(tmp_path / "a.docx"))

    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["original.docx"]

    forget_original(folder, "candidate", "../c 1")
    forget_original(folder, "candidate", "never kept")
    assert not [path for path in folder.rglob("*") if path.is_file()]
