"""The report of a small evaluation, made whole: what it says, in both languages, as a page and as JSON."""

import doctest
import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any, get_args

import pytest

from eval.ablation import ablation
from eval.calibration import calibration
from eval.exposure import exposure
from eval.gaps import gaps_of
from eval.judged import judged
from eval.measures import measure, measures
from eval.report import Report, ReportLanguage, Section, Table, to_html, to_json
from eval.report_parts import page, rankings, trust, wording
from eval.runs import Run, by_group, evaluate, language_pair
from eval.significance import Comparison, Interval
from matcher.messages.catalogue import catalogue
from tests.eval.builders import judgements

LANGUAGES: tuple[ReportLanguage, ...] = get_args(ReportLanguage)
every_language = pytest.mark.parametrize("language", LANGUAGES)
POSTINGS = [f"p{n}" for n in range(8)]
CANDIDATES = [f"c{n}" for n in range(6)]
NASTY = '<script>alert("&")</script>'
VOID = {"meta", "img"}


def an_evaluation() -> tuple[list[Run], Any]:
    rows = [
        (posting, candidate, (n + m) % 4)
        for n, posting in enumerate(POSTINGS)
        for m, candidate in enumerate(CANDIDATES)
    ]
    truth = judged(judgements(*rows, ("gone", "c1", 3)), postings=POSTINGS, candidates=CANDIDATES)
    good = {p: {c: float(grade) for c, grade in items.items()} for p, items in truth.grades.items()}
    bad = {p: {c: -score for c, score in items.items()} for p, items in good.items()}
    return [Run.of("matcher", good), Run.of("bm25", bad)], truth


@cache
def a_report(language: ReportLanguage) -> Report:
    (ours, theirs), truth = an_evaluation()
    results = {run.name: evaluate(run, truth, measures(["ndcg@10", "mrr", "auc"])) for run in (ours, theirs)}
    spoken = {id_: "da" if int(id_[1:]) % 2 else "en" for id_ in [*POSTINGS, *CANDIDATES]}
    groups = by_group(ours, truth, [measure("ndcg@10")], language_pair(spoken, spoken))
    chances = {p: {c: score / 3 for c, score in items.items()} for p, items in ours.scores.items()}
    return Report(
        title=f"Evaluering {NASTY}",
        language=language,
        made="2026-11-22",
        model=NASTY,
        settings={**results["matcher"].settings, "note": NASTY, "many": [f"id{n}" for n in range(30)]},
        sections=(
            rankings.overview(results, language),
            rankings.groups("language_pair", groups, language),
            rankings.gaps("language_pair", gaps_of(groups, "ndcg@10"), language),
            trust.calibration(calibration(chances, truth), language),
            trust.exposure(exposure(ours, CANDIDATES, k=3), language),
            rankings.ablation(ablation(ours, lambda _: theirs, ["fit"], truth, measures(["mrr"])), language),
            trust.left_out(results["matcher"], language),
        ),
    )


class Strict(HTMLParser):
    """Reads a page and stumbles over tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else, line {self.getpos()[0]}"

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@every_language
def test_the_page_is_well_formed_and_names_its_language(language: ReportLanguage) -> None:
    text = to_html(a_report(language))
    read = Strict(text)

    assert text.startswith("<!DOCTYPE html>")
    assert read.open == []
    assert read.attributes("html") == [{"lang": language}]
    assert len(read.attributes("title")) == len(read.attributes("h1")) == 1
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@every_language
def test_the_page_needs_nothing_from_elsewhere(language: ReportLanguage) -> None:
    read = Strict(to_html(a_report(language)))

    assert read.attributes("script") == read.attributes("link") == []
    for _, attributes in read.tags:
        target = attributes.get("src") or attributes.get("href") or "#"
        assert target.startswith(("#", "data:image/png;base64,"))
    assert "@import" not in to_html(a_report(language))


@every_language
def test_whoever_does_not_see_is_told_what_the_plots_and_tables_are(language: ReportLanguage) -> None:
    read = Strict(to_html(a_report(language)))
    images, figures = read.attributes("img"), read.attributes("figure")

    assert len(images) == len(figures) == len(read.attributes("figcaption")) == 4
    assert all(len(image["alt"] or "") > 40 for image in images)
    assert all(cell["scope"] in ("col", "row") for cell in read.attributes("th"))
    assert len(read.attributes("caption")) == len(read.attributes("table")) - 1  # the settings have a heading


@every_language
def test_what_came_from_outside_is_text_and_never_markup(language: ReportLanguage) -> None:
    text = to_html(a_report(language))

    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 4


def test_a_hostile_id_among_the_unknown_ones_is_escaped_too() -> None:
    (ours, _), _ = an_evaluation()
    truth = judged(judgements(("p1", "c1", 3), (NASTY, "c1", 3)), postings=["p1"], candidates=["c1"])
    section = trust.left_out(evaluate(ours, truth, measures(["mrr"])), "en")
    text = to_html(Report(title="t", language="en", made="2026-11-22", model="m", sections=(section,)))

    assert NASTY not in text
    assert "&lt;script&gt;alert(&quot;&amp;&quot;)" in text


@every_language
def test_every_table_is_explained_in_words(language: ReportLanguage) -> None:
    for section in a_report(language).sections:
        for table in (*section.tables, *(plot.table for plot in section.plots)):
            assert table.meaning, table.title
            assert table.rows, table.title


@every_language
def test_every_plot_stands_beside_its_figures(language: ReportLanguage) -> None:
    plots = [plot for section in a_report(language).sections for plot in section.plots]

    for plot in plots:
        shown = getattr(plot.drawing, "figures", None) or getattr(plot.drawing, "came_true", None)
        in_table = [cell for row in plot.table.rows for cell in row if isinstance(cell, Interval)]
        assert set(shown or ()) <= set(in_table)


def test_danish_and_english_say_the_same_in_their_own_words() -> None:
    danish, english = a_report("da"), a_report("en")

    for ours, theirs in zip(danish.sections, english.sections, strict=True):
        assert ours.title != theirs.title
        assert [len(table.rows) for table in ours.tables] == [len(table.rows) for table in theirs.tables]
    comma, point = r"\b0,\d{3}\b", r"\b0\.\d{3}\b"
    pages = [_without_images(to_html(report)) for report in (danish, english)]
    assert [bool(re.search(comma, text)) for text in pages] == [True, False]
    assert [bool(re.search(point, text)) for text in pages] == [False, True]


def test_every_figure_is_shown_with_its_interval_and_n() -> None:
    text = to_html(a_report("da"))
    (ours, _), truth = an_evaluation()
    mrr = evaluate(ours, truth, measures(["mrr"])).metrics["mrr"]

    assert "1,000 til 1,000" in text
    assert f"n = {mrr.n}" in text


@every_language
def test_the_lead_over_a_baseline_is_the_paired_difference(language: ReportLanguage) -> None:
    leads = a_report(language).sections[0].tables[1]
    lead = leads.rows[0][1]

    assert isinstance(lead, Comparison)
    assert lead.low > 0
    assert leads.rows[0][0] == catalogue(language)["report.ranker.bm25"]
    assert leads.rows[0][-1] == catalogue(language)["report.leads.won"]


def test_a_baseline_that_wins_is_not_called_beaten() -> None:
    (ours, theirs), truth = an_evaluation()
    turned = {run.name: evaluate(run, truth, measures(["ndcg@10"])) for run in (theirs, ours)}

    assert rankings.overview(turned, "en").tables[1].rows[0][-1] == "Not shown to be better"


def test_without_a_baseline_there_is_no_table_of_leads() -> None:
    (ours, _), truth = an_evaluation()
    section = rankings.overview({"matcher": evaluate(ours, truth, measures(["ndcg@10"]))}, "en")

    assert len(section.tables) == 1


def test_what_was_left_out_is_counted_and_named() -> None:
    counts, unknown, without = a_report("en").sections[-1].tables

    assert {row[0]: row[1] for row in counts.rows}["Judgements on unknown ids, left out"] == 1
    assert unknown.rows[0] == ("Unknown postings", 1, "gone")
    assert without.rows[1] == ("MRR", 8, 0)


@every_language
def test_json_holds_the_same_and_null_for_what_is_not_known(language: ReportLanguage) -> None:
    report = a_report(language)
    document = json.loads(to_json(report))

    assert [section["title"] for section in document["sections"]] == [section.title for section in report.sections]
    assert document["settings"]["many"] == [f"id{n}" for n in range(30)]
    figure = document["sections"][0]["plots"][0]["table"]["rows"][0][1]
    assert set(figure) == {"value", "low", "high", "n"}
    lead = document["sections"][0]["tables"][1]["rows"][0][1]
    assert set(lead) == {"difference", "low", "high", "p_value", "n"}


def test_json_takes_any_setting_there_is() -> None:
    nan = float("nan")
    settings = {
        "none": None,
        "nan": nan,
        "set": {"b", "a"},
        "deep": {"x": (1, 2.5)},
        "odd": POSTINGS.__class__,
        "yes": True,
    }
    lone = Table(title="t", columns=("a",), rows=((Interval(value=0.5, low=nan, high=nan, n=1),),))
    report = Report(
        title="t",
        language="en",
        made="2026-11-22",
        model="m",
        settings=settings,
        sections=(Section(title="s", tables=(lone,)),),
    )
    document = json.loads(to_json(report))

    assert document["settings"] == {
        "none": None, "nan": None, "set": ["a", "b"], "deep": {"x": [1, 2.5]}, "odd": "<class 'list'>", "yes": True,
    }  # fmt: skip
    assert document["sections"][0]["tables"][0]["rows"] == [[{"value": 0.5, "low": None, "high": None, "n": 1}]]
    assert "no interval" in to_html(report)


def test_a_long_list_among_the_settings_is_cut_on_the_page() -> None:
    text = to_html(a_report("da"))

    assert "id19 og 10 til" in text
    assert "id20" not in text


def test_equal_reports_give_equal_pages() -> None:
    assert to_html(a_report("da")) == to_html(a_report("da"))


def test_a_row_of_another_width_than_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns, but a row of 1"):
        Table(title="t", columns=("a", "b"), rows=(("only",),))


@pytest.mark.parametrize("module", [wording, page])
def test_the_examples_in_the_docstrings_are_true(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_rounding_leaves_no_minus_at_zero() -> None:
    assert wording.number(-0.0001, "en", sign=True) == "0.000"
    assert wording.number(0.0004, "da") == "0,000"


def test_every_baseline_and_every_measure_has_a_name_and_every_measure_a_meaning() -> None:
    for language in LANGUAGES:
        for ranker in (
            "matcher",
            "random",
            "popularity",
            "bm25",
            "char_tfidf",
            "dense",
            "dense_plus_char",
            "hybrid_standardised",
        ):
            assert f"report.ranker.{ranker}" in catalogue(language)
        for kind in ("ndcg", "map", "mrr", "recall", "precision", "hit", "auc"):
            assert f"report.measure.{kind}" in catalogue(language)
            assert f"report.explained.{kind}" in catalogue(language)


def _without_images(text: str) -> str:
    return re.sub(r'src="data:[^"]*"|<style>.*?</style>', "", text, flags=re.DOTALL)
