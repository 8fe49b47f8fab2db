"""A placement history is right in every line, or nothing is evaluated with it and every wrong line is told."""

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from matcher.errors import InvalidPlacements, UnreadableFile
from matcher.ingest.placement_file import InvalidPlacementLines, PlacementLog, read_placements
from matcher.records import Placement

TODAY = date(2026, 11, 1)
HEAD = "candidate,posting,date,outcome"
LINE = "c1,p1,2026-05-03,interview"


def table(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def read(path: Path, score_column: str | None = None) -> PlacementLog:
    return read_placements(path, score_column=score_column, today=TODAY)


def only(path: Path, score_column: str | None = None) -> Placement:
    [placement] = read(path, score_column).placements
    return placement


def refusals(path: Path, score_column: str | None = None) -> InvalidPlacementLines:
    with pytest.raises(InvalidPlacementLines) as caught:
        read(path, score_column)
    return caught.value


def test_a_line_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    path = table(
        tmp_path / "log.csv",
        f"{HEAD},instrument,exposed,propensity,score",
        "c1,p1,2026-05-03,hired,praktik,1,0.25,1.234",
    )

    assert only(path) == Placement(
        candidate="c1",
        posting="p1",
        date=date(2026, 5, 3),
        outcome="hired",
        instrument="praktik",
        exposed=True,
        propensity=0.25,
        score=1.234,
    )


def test_a_file_from_a_danish_excel_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(
        "sep=;\r\nkandidat;opslag;dato;udfald;vist;sandsynlighed;score\r\n"
        "c1;p1;03-05-2026;ansat;ja;0,25;-1,5\r\n".encode("utf-8-sig")
    )

    placement = only(path)

    assert (placement.outcome, placement.date, placement.exposed) == ("hired", date(2026, 5, 3), True)
    assert (placement.propensity, placement.score) == (0.25, -1.5)


def test_windows_letters_are_read(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", "kandidat;opslag;dato;udfald", "Åse;p1;03.05.2026;foreslået", encoding="cp1252")

    assert (only(path).candidate, only(path).outcome) == ("Åse", "proposed")


def test_tabs_are_columns_too(tmp_path: Path) -> None:
    path = table(tmp_path / "log.tsv", HEAD.replace(",", "\t"), LINE.replace(",", "\t"))

    assert only(path).posting == "p1"


def test_excel_and_json_lines_say_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ([*HEAD.split(","), "score"], ["c1", "p1", date(2026, 5, 3), "interview", 1.234]):
        book.active.append(row)
    book.save(tmp_path / "log.xlsx")
    fields = dict(zip(HEAD.split(","), LINE.split(","), strict=True))
    lines = table(tmp_path / "log.jsonl", json.dumps({**fields, "score": 1.234}))

    assert only(tmp_path / "log.xlsx") == only(lines)


@pytest.mark.parametrize("day", ["2026-05-03", "2026-05-03T09:30:00", "3-5-2026", "03.05.2026", "03-05-2026 09:30"])
def test_dates_are_iso_or_danish(tmp_path: Path, day: str) -> None:
    assert only(table(tmp_path / "log.csv", HEAD, f"c1,p1,{day},hired")).date == date(2026, 5, 3)


@pytest.mark.parametrize("day", ["03/05/2026", "05-03-26", "2026-05", "2026", "46145", "31-02-2026", "i går"])
def test_a_date_that_must_be_guessed_is_refused(tmp_path: Path, day: str) -> None:
    refused = refusals(table(tmp_path / "log.csv", HEAD, f"c1,p1,{day},hired"))

    assert "no date that can be read in one way only" in str(refused)
    assert day in refused.text("da")


def test_a_date_in_the_future_is_refused(tmp_path: Path) -> None:
    assert "after today (2026-11-01)" in str(refusals(table(tmp_path / "log.csv", HEAD, "c1,p1,2026-11-02,hired")))


def test_today_is_not_the_future(tmp_path: Path) -> None:
    assert only(table(tmp_path / "log.csv", HEAD, "c1,p1,2026-11-01,hired")).date == TODAY


@pytest.mark.parametrize("propensity", ["0", "-0.1", "1.01", "20"])
def test_a_propensity_is_a_chance_above_nothing(tmp_path: Path, propensity: str) -> None:
    path = table(tmp_path / "log.csv", f"{HEAD},propensity", f"{LINE},{propensity}")

    assert "is no chance" in str(refusals(path))


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("outcome", "maybe", "is no outcome"),
        ("exposed", "perhaps", "column `exposed`"),
        ("propensity", "high", "is no number"),
        ("score", "1.2.3", "is no number"),
        ("candidate", "", "`candidate` is missing"),
        ("candidate", "010190-1234", "CPR"),
    ],
)
def test_a_wrong_value_is_refused_and_not_left_out(tmp_path: Path, column: str, value: str, said: str) -> None:
    good = {"candidate": "c1", "posting": "p1", "date": "2026-05-03", "outcome": "hired"}
    wrong = {**good, "exposed": "1", "propensity": "0.5", "score": "1.5", column: value}
    path = table(
        tmp_path / "log.csv",
        ",".join(wrong),
        ",".join({**wrong, **good, "exposed": "1", "propensity": ".5", "score": "2"}.values()),
        ",".join(wrong.values()),
    )

    refused = refusals(path)

    assert said in str(refused)
    assert "line 3" in str(refused)
    assert "1 of 2 line(s)" in str(refused)


def test_thousands_or_decimals_are_not_guessed(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", f"{HEAD};score".replace(",", ";"), f"{LINE};1.234".replace(",", ";"))

    assert "can mean thousands or three decimals" in str(refusals(path))


def test_every_wrong_line_is_counted_and_the_first_are_named(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", HEAD, LINE, *[f"c{n},p1,never,hired" for n in range(2, 10)])

    refused = refusals(path)

    assert len(refused.errors) == 8
    assert "8 of 9 line(s)" in str(refused)
    assert [f"line {n}" in str(refused) for n in (3, 7, 8)] == [True, True, False]


def test_letters_that_were_lost_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(f"{HEAD}\n\x81se,p1,2026-05-03,hired\n".encode("latin-1"))

    assert "encoding UTF-8" in str(refusals(path))


def test_the_same_line_again_counts_once(tmp_path: Path) -> None:
    log = read(table(tmp_path / "log.csv", HEAD, LINE, LINE))

    assert (len(log.placements), log.repeated) == (1, 1)


def test_the_same_line_with_another_score_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", f"{HEAD},score", f"{LINE},1", f"{LINE},2")

    assert "stand in line 2 with other details" in str(refusals(path))


@pytest.mark.parametrize("column", ["dense_score", "Score fra KOMP", "score"])
def test_the_score_may_stand_in_a_column_of_any_name(tmp_path: Path, column: str) -> None:
    path = table(tmp_path / "log.csv", f"{HEAD},{column}", f"{LINE},0.7")

    assert only(path, score_column=column).score == 0.7


def test_another_score_does_not_count_beside_the_one_asked_for(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", f"{HEAD},score,theirs", f"{LINE},0.7,-2")

    assert only(path, score_column="theirs").score == -2.0


def test_a_score_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidPlacements, match=r"no line has a value in the column 'theirs'.*candidate, date"):
        read(table(tmp_path / "log.csv", HEAD, LINE), score_column="theirs")


def test_a_column_that_is_missing_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidPlacements, match="no line has a value for outcome"):
        read(table(tmp_path / "log.csv", "candidate,posting,date", "c1,p1,2026-05-03"))


def test_a_file_without_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidPlacements, match="not a single placement"):
        read(table(tmp_path / "log.csv", HEAD))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no row"):
        read(table(tmp_path / "log.csv", ""))


def test_a_made_up_history_is_known_by_its_name(tmp_path: Path) -> None:
    assert read(table(tmp_path / "placements-Simulated.csv", HEAD, LINE)).simulated
    assert not read(table(tmp_path / "placements.csv", HEAD, LINE)).simulated
