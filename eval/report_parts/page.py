"""A report as one page of HTML that needs nothing else: no network, no script, plots inside, fit to print."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from eval.plots import png
from eval.report_parts.content import Cell, Plot, Report, ReportLanguage, Section, Table
from eval.report_parts.wording import figure, words
from eval.significance import Comparison, Interval

SHOWN = 20
"""Of a list among the settings, this many are shown; the JSON holds them all."""
STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto;
  max-width: 68rem; padding: 1.5rem; hyphens: auto; }
h1 { font-size: 1.9rem; line-height: 1.2; }
h2 { font-size: 1.4rem; margin-top: 2.5rem; border-bottom: 2px solid #1f5c99; }
.facts { color: #444; } .wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0 .5rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border-bottom: 1px solid #c9c9c9; }
thead th { border-bottom: 2px solid #555; } tbody th { font-weight: 500; }
.beside { display: block; font-size: .82rem; color: #4a4a4a; min-width: 9em; } .beside span { white-space: nowrap; }
.pair { display: flex; flex-wrap: wrap; gap: 0 2.5rem; align-items: flex-start; }
.pair figure { flex: 1 1 30rem; max-width: 40rem; }
.meaning, .intro { max-width: 46rem; margin: .3rem 0; color: #333; }
figure { margin: 1rem 0; } figcaption { font-weight: 600; margin-bottom: .3rem; } img { max-width: 100%; height: auto; }
.settings td { overflow-wrap: anywhere; } nav ul { columns: 2; padding-left: 1.2rem; } a { color: #17497a; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
  figure, tr { break-inside: avoid; } h2, .intro, caption, figcaption { break-after: avoid; }
  .pair { display: block; } .wide { overflow: visible; } }
"""


def page(report: Report) -> str:
    """Return the whole document; whatever came from outside is escaped."""
    language = report.language
    facts = words("facts", language, made=report.made, model=report.model)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{escape(report.title)}</h1>",
        f'<p class="facts">{escape(facts)}</p>',
        f'<p class="facts">{escape(words("how_to_read", language))}</p>',
        "</header>",
        _contents(report),
        "<main>",
        *(_section(at, section, language) for at, section in enumerate(report.sections, start=1)),
        _settings(report.settings, language),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _contents(report: Report) -> str:
    if len(report.sections) < 2:
        return ""
    links = (f'<li><a href="#s{at}">{escape(each.title)}</a></li>' for at, each in enumerate(report.sections, start=1))
    return f'<nav aria-label="{escape(words("contents", report.language))}"><ul>{"".join(links)}</ul></nav>'


def _section(at: int, section: Section, language: ReportLanguage) -> str:
    return "\n".join(
        [
            f'<section id="s{at}" aria-labelledby="t{at}">',
            f'<h2 id="t{at}">{escape(section.title)}</h2>',
            *_paragraphs(section.text, "intro"),
            *(_plot(plot, language) for plot in section.plots),
            *(_table(table, language) for table in section.tables),
            "</section>",
        ]
    )


def _paragraphs(texts: Sequence[str], kind: str = "meaning") -> Iterator[str]:
    return (f'<p class="{kind}">{escape(text)}</p>' for text in texts)


def _plot(plot: Plot, language: ReportLanguage) -> str:
    image = b64encode(png(plot.drawing, language)).decode("ascii")
    return (
        f'<div class="pair">\n<figure>\n<figcaption>{escape(plot.title)}</figcaption>\n'
        f'<img src="data:image/png;base64,{image}" alt="{escape(plot.alt)}">\n</figure>\n'
        f"{_grid(plot.table, language)}\n</div>\n" + "\n".join(_paragraphs(plot.table.meaning))
    )


def _table(table: Table, language: ReportLanguage) -> str:
    return "\n".join([_grid(table, language), *_paragraphs(table.meaning)])


def _grid(table: Table, language: ReportLanguage) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "\n".join(f"<tr>{''.join(_cells(row, language))}</tr>" for row in table.rows)
    return "\n".join(
        [
            f'<div class="wide" role="group" tabindex="0" aria-label="{escape(table.title)}"><table>',
            f"<caption>{escape(table.title)}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            f"<tbody>\n{rows}\n</tbody>",
            "</table></div>",
        ]
    )


def _cells(row: Sequence[Cell], language: ReportLanguage) -> Iterator[str]:
    for at, cell in enumerate(row):
        if isinstance(cell, Interval | Comparison):
            value, beside = figure(cell, language)
            said = "; ".join(f"<span>{escape(part)}</span>" for part in beside)
            inner = f'{escape(value)} <span class="beside">{said}</span>'
        else:
            inner = escape(str(cell))
        yield f'<th scope="row">{inner}</th>' if at == 0 else f"<td>{inner}</td>"


def _settings(settings: Mapping[str, object], language: ReportLanguage) -> str:
    if not settings:
        return ""
    rows = "\n".join(
        f'<tr><th scope="row"><code>{escape(key)}</code></th><td>{escape(value)}</td></tr>'
        for key, value in _flat(settings, language)
    )
    head = "".join(f'<th scope="col">{escape(words(key, language))}</th>' for key in ("setting", "setting_value"))
    return (
        f'<section aria-labelledby="settings">\n<h2 id="settings">{escape(words("settings", language))}</h2>\n'
        f'<div class="wide" role="group" tabindex="0" aria-label="{escape(words("settings", language))}">'
        f'<table class="settings">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
        "</table></div>\n</section>"
    )


def _flat(settings: Mapping[str, object], language: ReportLanguage, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, language, f"{prefix}{key}.")
        elif isinstance(value, list | tuple | set | frozenset):
            yield prefix + key, listed([str(item) for item in value], language)
        else:
            yield prefix + key, str(value)


def listed(items: Sequence[str], language: ReportLanguage, *, limit: int = SHOWN) -> str:
    """Join what fits and say how many more there are; a dash for none."""
    shown = ", ".join(items[:limit]) or "–"
    return shown + (words("and_more", language, count=len(items) - limit) if len(items) > limit else "")
