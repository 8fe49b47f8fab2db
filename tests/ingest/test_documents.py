"""Which files an ingest finds, and the originals it keeps."""

from pathlib import Path

from matcher.ingest.documents import Found, find, id_of
from matcher.ingest.originals import forget_original, keep_original, objections
from matcher.ingest.parsed import Parsed


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


def test_an_id_of_any_length_has_a_place_for_its_original(tmp_path: Path) -> None:
    folder, id = tmp_path / "originals", "å" * 200
    keep_original(folder, "candidate", id, touch(tmp_path / "a.pdf"))
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["original.pdf"]

    forget_original(folder, "candidate", id)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_an_original_is_kept_only_where_all_of_it_was_read_and_no_cpr_number_found(tmp_path: Path) -> None:
    file = tmp_path / "cv.html"
    file.write_text("<p>Profil</p>", encoding="utf-8")
    packed = tmp_path / "cv.pdf"
    packed.write_bytes(b"%PDF-1.7 (120598-1234)")

    def reasons(file: Path, text: str = "Profil", **parsed: object) -> list[str]:
        return [key for key, _ in objections(file, Parsed(text=text, format="html", **parsed))]  # type: ignore[arg-type]

    assert reasons(file) == []
    assert reasons(packed) == [], "the bytes of a PDF are no text"
    assert reasons(file, "CPR 120598-1234") == ["notice.original_holds_cpr"]
    assert reasons(file, fields={"name": "Anna, 120598-1234"}) == ["notice.original_holds_cpr"]
    assert reasons(file, fields={"phones": ["98 12 34 56", "120598-1234"]}) == ["notice.original_holds_cpr"]
    assert reasons(file, notices=(("notice.recognised", {"pages": 1}),)) == ["notice.original_unchecked"]

    file.write_text("<!-- 120598-1234 --><p>Profil</p>", encoding="utf-8")
    assert reasons(file) == ["notice.original_holds_cpr"], "what the reader passes over counts too"
