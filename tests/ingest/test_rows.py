"""Files with one record a row: JSON Lines, CSV and XLSX as people and programs write them."""

import json
from pathlib import Path

import pytest

from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest.fieldnames import RowKind
from matcher.ingest.rows import read_rows
from matcher.ingest.sandbox import Sandbox
from matcher.ingest.tables import Line


def read(path: Path, kind: RowKind = "candidate") -> list[Line]:
    with Sandbox() as sandbox:
        return list(read_rows(path, kind, sandbox))


def rows(path: Path, kind: RowKind = "candidate") -> list[dict[str, object]]:
    found = [fields for _, fields in read(path, kind)]
    assert not any(isinstance(fields, InvalidLine) for fields in found)
    return [fields for fields in found if isinstance(fields, dict)]


def refused(path: Path, kind: RowKind = "candidate") -> list[tuple[int, str]]:
    return [(line, found.reason) for line, found in read(path, kind) if isinstance(found, InvalidLine)]


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_json_lines_are_read_one_object_a_line(tmp_path: Path) -> None:
    path = written(tmp_path / "c.jsonl", '\ufeff{"id": "c1", "text": "æ"}\r\n\n{"id": 2, "text": "x", "name": null}')

    assert read(path) == [(1, {"id": "c1", "text": "æ"}), (3, {"id": 2, "text": "x"})]


def test_one_broken_line_among_a_thousand_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"c{n}", "text": "x"}) for n in range(1, 1001)]
    lines[499] = '{"id": "c500", "text": "x'
    path = written(tmp_path / "c.jsonl", "\n".join(lines))

    assert refused(path) == [(500, "not_json")]
    assert sum(isinstance(fields, dict) for _, fields in read(path)) == 999


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not_json"),
        (b"[1, 2]", "no_object"),
        (b'"text"', "no_object"),
        (b'{"id": "\xe6"}', "not_utf8"),
        (b"[" * 100_000, "not_json"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not_json"),
    ],
)
def test_a_line_that_is_no_object_is_refused_and_the_next_is_read(tmp_path: Path, line: bytes, reason: str) -> None:
    path = written(tmp_path / "c.jsonl", line + b'\n{"id": "c2", "text": "x"}\n')

    assert refused(path) == [(1, reason)]
    assert len(read(path)) == 2


def test_json_lines_from_powershell_are_read_too(tmp_path: Path) -> None:
    path = written(tmp_path / "c.jsonl", '{"id": "c1", "text": "blåbær"}\r\n'.encode("utf-16"))

    assert rows(path) == [{"id": "c1", "text": "blåbær"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_is_read_in_any_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    head, row = ["id", "tekst", "Kommune", "Maks km"], ["c1", "Æbler og pærer", "Brønderslev", "40"]
    content = f"{delimiter.join(head)}\r\n{delimiter.join(row)}\r\n"
    path = written(tmp_path / "c.csv", content.encode(encoding))

    assert rows(path) == [{"id": "c1", "text": "Æbler og pærer", "municipality": "Brønderslev", "max_km": "40"}]


def test_a_cell_may_hold_lines_and_delimiters_and_line_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    path = written(tmp_path / "c.csv", 'id;text\nc1;"en\nto; ""tre"""\nc2;fire\n')

    assert read(path) == [
        (2, {"id": "c1", "text": 'en\nto; "tre"'}),
        (4, {"id": "c2", "text": "fire"}),
    ]


def test_excels_own_separator_line_is_obeyed(tmp_path: Path) -> None:
    path = written(tmp_path / "c.csv", "sep=|\nid|text\nc1|a;b\n")

    assert rows(path) == [{"id": "c1", "text": "a;b"}]


def test_danish_column_names_are_known_for_every_kind(tmp_path: Path) -> None:
    path = written(
        tmp_path / "p.csv",
        "Stillingsnr.;Stillingsbetegnelse;Tekst;Virksomhed;Postnr.;Ansøgningsfrist;Ansættelsestype;Antal stillinger\n"
        "p1;Jurist;x;Klit A/S;9000;31-12-2026;Løntilskud;2\n".replace("Stillingsnr.", "Stillingsnr"),
    )

    assert rows(path, "posting") == [
        {
            "id": "p1",
            "title": "Jurist",
            "text": "x",
            "employer": "Klit A/S",
            "postcode": "9000",
            "deadline": "31-12-2026",
            "employment_type": "Løntilskud",
            "openings": "2",
        }
    ]


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "c.csv", "id,text\nc1,Dansk, engelsk\nc2,x\nc3\n")

    assert refused(path) == [(2, "too_many_cells")]


def test_a_quotation_mark_left_open_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "c.csv", 'id,text\nc1,x\nc2,"y\nc3,z\n')

    assert refused(path) == [(3, "broken_table")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("c.jsonl", b"", "rows_empty"),
        ("c.csv", b"", "rows_empty"),
        ("c.csv", b"\n\n", "rows_empty"),
        ("c.csv", b"foo,bar\n1,2\n", "no_columns"),
        ("c.csv", b"id;tekst;text\n1;2;3\n", "columns_twice"),
        ("c.csv", b"PK\x03\x04....", "rows_damaged"),
        ("c.xlsx", b"id,text\n", "rows_damaged"),
        ("c.xlsx", b"\xd0\xcf\x11\xe0....", "rows_old_excel"),
        ("c.xlsx", b"PK\x03\x04cut off", "truncated"),
        ("gone.csv", None, "not_found"),
        ("gone.jsonl", None, "not_found"),
    ],
)
def test_a_file_without_rows_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert refusal.value.reason == reason
    assert name in str(refusal.value)
