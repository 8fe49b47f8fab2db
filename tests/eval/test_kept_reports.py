"""Reports that are kept: in both languages, without ids, found again, and only by their own ids."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.kept_reports import KeptReports, UnknownReport
from eval.report import Bars, Plot, Report, ReportLanguage, Section, Table
from eval.report_parts.wording import words
from eval.significance import Interval

HALF = Interval(value=0.5, low=0.25, high=0.75, n=8)
NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def a_report(language: ReportLanguage) -> Report:
    table = Table(title="t", columns=("a", "b"), rows=(("x", HALF),))
    ids = Table(title=words("left_out.ids", language), columns=("a", "b"), rows=(("secret-person", 1),))
    plot = Plot(title="p", alt="half", drawing=Bars(labels=("x",), figures=(HALF,), axis="b"), table=table)
    return Report(
        title=f"title {language}",
        language=language,
        made="2026-05-03",
        model="m",
        settings={"seed": 0, "unknown_candidates": ["secret-person"]},
        sections=(Section(title="s", text=("unknown: 'secret-person'",), tables=(table, ids), plots=(plot,)),),
    )


def test_a_report_is_kept_in_both_languages_with_its_drawings(tmp_path: Path) -> None:
    reports = KeptReports(tmp_path)
    kept = reports.keep("groups", a_report, at=NOW)

    assert reports.all() == [kept]
    assert (kept.kind, kept.made, kept.plots) == ("groups", NOW.isoformat(), 1)
    assert [reports.content(kept.id, language)["title"] for language in ("da", "en")] == ["title da", "title en"]
    assert reports.plot(kept.id, "da", 0).startswith(b"\x89PNG")


def test_no_id_of_a_person_is_written(tmp_path: Path) -> None:
    KeptReports(tmp_path).keep("groups", a_report, at=NOW)

    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(b"secret-person" in content for content in written)


@pytest.mark.parametrize("id", ["", "..", "../x", "20260503T120000-0000000g", "20260503T120000-00000000"])
def test_what_is_no_id_of_a_report_leads_nowhere(tmp_path: Path, id: str) -> None:
    with pytest.raises(UnknownReport, match="There is no report"):
        KeptReports(tmp_path).get(id)


def test_a_report_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def failing(language: ReportLanguage) -> Report:
        if language == "en":
            raise ValueError("no")
        return a_report(language)

    with pytest.raises(ValueError, match="no"):
        KeptReports(tmp_path).keep("groups", failing)
    assert KeptReports(tmp_path).all() == []
    assert list((tmp_path / "reports").iterdir()) == []


def test_a_removed_report_is_gone(tmp_path: Path) -> None:
    reports = KeptReports(tmp_path)
    reports.remove(reports.keep("swap", a_report).id)

    assert reports.all() == []
