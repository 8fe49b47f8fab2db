"""Excel files are parsed in the child: dates and numbers come through, and a sheet that is a bomb harms nobody."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest import limits
from matcher.ingest.parsed import Refused
from matcher.ingest.readers import sheet
from matcher.ingest.rows import read_rows
from matcher.ingest.sandbox import Budget, Sandbox
from matcher.ingest.tables import Line
from tests.ingest.documents import docx, locked_xlsx, paragraph, sheet_row, xlsx, xlsx_of, zipped

GOOD = xlsx(["id", "Tekst"], ["c1", "Regnskab"])
HEAD = sheet_row(1, A="id", B="text")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def read(folder: Path, data: bytes, sandbox: Sandbox) -> list[Line]:
    path = folder / "c.xlsx"
    path.write_bytes(data)
    return list(read_rows(path, "candidate", sandbox))


def refusal(folder: Path, data: bytes, sandbox: Sandbox) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read(folder, data, sandbox)
    assert "c.xlsx" in refused.value.text("da")
    assert read(folder, GOOD, sandbox) == [(2, {"id": "c1", "text": "Regnskab"})]
    return refused.value


def test_a_sheet_is_read_with_its_dates_and_numbers(tmp_path: Path, sandbox: Sandbox) -> None:
    data = xlsx(
        ["id", "Tekst", "Dimissionsdato", "Postnummer", None],
        [None] * 5,
        [7, "Cand.merc.", datetime(2026, 6, 30), 9000, None],  # noqa: DTZ001
        ["c2", "x", date(2026, 7, 1), 7700.0],
    )

    assert read(tmp_path, data, sandbox) == [
        (3, {"id": 7, "text": "Cand.merc.", "finished": "2026-06-30", "postcode": 9000}),
        (4, {"id": "c2", "text": "x", "finished": "2026-07-01", "postcode": 7700}),
    ]


def test_every_kind_of_cell_becomes_a_plain_value() -> None:
    moment = datetime(2026, 6, 30, 8, 15)  # noqa: DTZ001
    [(number, cells)] = sheet.read(xlsx([True, 1.5, None, moment, time(8, 15), timedelta(hours=30), "æ", None]))

    assert number == 1
    assert cells == [True, 1.5, None, "2026-06-30T08:15:00", "08:15:00", "1 day, 6:00:00", "æ"]


def test_a_row_with_a_cell_beyond_the_columns_is_refused_by_its_number(tmp_path: Path, sandbox: Sandbox) -> None:
    (_, found), _ = read(tmp_path, xlsx(["id", "text"], ["c1", "a", None, "b"], ["c2", "x"]), sandbox)

    assert isinstance(found, InvalidLine)
    assert "line 2: 4 cells" in str(found)


def test_a_sheet_that_declares_a_huge_size_is_read_by_what_it_holds(tmp_path: Path, sandbox: Sandbox) -> None:
    row = sheet_row(1_048_576, A="c1", B="Regnskab")
    data = xlsx_of(f'<dimension ref="A1:XFD1048576"/><sheetData>{HEAD}{row}</sheetData>')

    assert read(tmp_path, data, sandbox) == [(1_048_576, {"id": "c1", "text": "Regnskab"})]


def test_a_row_number_beyond_all_sheets_costs_processor_time_and_no_more(tmp_path: Path) -> None:
    data = xlsx_of(f"<sheetData>{HEAD}{sheet_row(10**15, A='c1', B='x')}</sheetData>")

    with Sandbox(Budget(cpu_seconds=1.5)) as sandbox:
        assert refusal(tmp_path, data, sandbox).reason == "too_slow"


def test_a_sheet_that_inflates_is_not_unpacked(tmp_path: Path, sandbox: Sandbox) -> None:
    bomb = zipped({"xl/worksheets/sheet1.xml": b"0" * 30_000_000})

    assert refusal(tmp_path, bomb, sandbox).reason == "zip_bomb"


@pytest.mark.slow
def test_a_sheet_that_fills_the_memory_is_given_up(tmp_path: Path) -> None:
    rows = "".join(sheet_row(number, A=str(number), B=f"{number:x}" * 400) for number in range(2, 12_000))

    with Sandbox(Budget(memory_bytes=170 * limits.MEGABYTE)) as sandbox:
        assert refusal(tmp_path, xlsx_of(f"<sheetData>{HEAD}{rows}</sheetData>"), sandbox).reason == "too_much_memory"


def test_more_rows_than_an_answer_holds_are_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "ANSWER_BYTES", limits.MEGABYTE + 10)

    with pytest.raises(Refused, match="rows_too_many") as refused:
        sheet.read(GOOD)
    told = UnreadableFile(refused.value.reason, file="c.xlsx", **refused.value.values)
    assert "Del den i flere filer" in told.text("da")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (GOOD[: len(GOOD) // 2], "truncated"),
        (b"PK\x03\x04cut off", "truncated"),
        (locked_xlsx(), "password"),
        (b"\xd0\xcf\x11\xe0....", "rows_old_excel"),
        (b"id,text\n", "rows_damaged"),
        (docx(paragraph("x")), "rows_damaged"),
        (xlsx_of("<sheetData><row r='1'><c r='A1'"), "rows_damaged"),
        (xlsx_of("<sheetData><row r='x'/></sheetData>"), "rows_damaged"),
        (xlsx(), "rows_empty"),
        (xlsx(["foo"], [1]), "no_columns"),
    ],
    ids=["half", "stub", "password", "xls", "text", "docx", "broken XML", "row number", "empty", "columns"],
)
def test_a_file_without_a_readable_sheet_is_refused_and_the_next_one_read(
    tmp_path: Path, sandbox: Sandbox, data: bytes, reason: str
) -> None:
    assert refusal(tmp_path, data, sandbox).reason == reason
