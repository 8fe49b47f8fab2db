"""Reading the tab-separated files of public sets: what is missing or malformed is named with its line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from matcher.errors import InvalidBenchmark


def folder_with(folder: Path, files: Sequence[str]) -> Path:
    """Return `folder` if it holds all `files`; the refusal names the first that is not there."""
    if not folder.is_dir():
        raise InvalidBenchmark("no_folder", folder=folder)
    for name in files:
        if not (folder / name).is_file():
            raise InvalidBenchmark("missing_file", folder=folder, file=name, wanted=", ".join(files))
    return folder


def read_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield line numbers from 1 and lines of UTF-8 text without their ends; letters that only look like line ends stay.

    A file without a single line is refused, an empty last line is none.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InvalidBenchmark("not_text", file=file, byte=problem.start) from problem
    except OSError as problem:
        raise InvalidBenchmark("unreadable", file=file, why=problem.strerror) from problem
    if not text.strip():
        raise InvalidBenchmark("empty", file=file)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        yield number, line.removesuffix("\r")


def read_table(file: Path, columns: Sequence[str], *, header: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield line numbers and cells of a table with exactly these `columns`; a `header` must name them."""
    for number, line in read_lines(file):
        cells = line.split("\t")
        if header and number == 1:
            if cells != list(columns):
                raise malformed(file, number, found=line, wanted="\t".join(columns))
            continue
        if len(cells) != len(columns):
            raise malformed(file, number, found=line, wanted="\t".join(columns))
        yield number, cells


def read_texts(file: Path, columns: tuple[str, str]) -> dict[str, str]:
    """Read a table of ids and texts without a header; an id stands once."""
    texts: dict[str, str] = {}
    for number, (id_, text) in read_table(file, columns, header=False):
        add_once(texts, id_, text, file=file, line=number)
    return texts


def read_grades(
    file: Path, queries: dict[str, str], elements: dict[str, str], *, grades: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Read judgements in TREC's form (query, 0, element, grade), by query; each names what the other files hold."""
    found: dict[str, dict[str, int]] = {}
    for number, (query, _, element, grade) in read_table(file, ("query", "0", "element", "grade"), header=False):
        for id_, known in ((query, queries), (element, elements)):
            if id_ not in known:
                raise InvalidBenchmark("unknown_id", file=file, line=number, id=id_)
        if grade not in grades:
            raise malformed(file, number, found=grade, wanted=", ".join(grades))
        found.setdefault(query, {})[element] = int(grade)
    return found


def add_once(into: dict[str, str], id_: str, value: str, *, file: Path, line: int) -> None:
    """Add a value under an id that was not there yet."""
    if id_ in into:
        raise InvalidBenchmark("repeated_id", file=file, line=line, id=id_)
    into[id_] = value


def malformed(file: Path, line: int, *, found: str, wanted: str) -> InvalidBenchmark:
    """Return the refusal of a line that is not as wanted, its beginning quoted and tabs made visible."""
    shown, columns = (" | ".join(text.split("\t")) for text in (found[:80], wanted))
    return InvalidBenchmark("malformed", file=file, line=line, found=shown, wanted=columns)
