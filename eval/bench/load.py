"""Load data from templates: to measure time and memory, never to judge quality."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from matcher.ingest.build import prepare
from matcher.records import Candidate, Posting

FIELDS = [
    "maskiner",
    "energi",
    "data",
    "software",
    "jura",
    "økonomi",
    "miljø",
    "sundhed",
    "kultur",
    "salg",
    "HR",
    "logistik",
]
VERBS = ["beregnede", "planlagde", "evaluerede", "byggede", "analyserede", "forhandlede", "dokumenterede", "forbedrede"]
THINGS = [
    "svejsninger",
    "tidsserier",
    "klagesager",
    "budgetter",
    "borgerforløb",
    "vandmiljø",
    "kampagner",
    "leverandører",
    "brugertests",
    "databaser",
    "udstillinger",
    "indkøb",
    "prognoser",
    "arbejdsgange",
    "prototyper",
    "kontrakter",
]
POSTCODES = ("9000", "9400", "9700", "9800", "9900", "9500", "7700", "9240", "9300", "9690", "8000")
PROGRAMMES = ("Maskiningeniør", "Datalogi", "Jura", "HA almen", "Bioteknologi", "Sygeplejerske", "Musikterapi")
TOOLS = ["Excel", "Python", "SolidWorks", "QGIS", "SQL", "NVivo", "PowerBI", "SAP", "Figma", "MATLAB", "R", "Revit"]


def _sentences(rng: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        thing, other = rng.sample(THINGS, 2)
        verb, tool, field = rng.choice(VERBS), rng.choice(TOOLS), rng.choice(FIELDS)
        yield f"Jeg {verb} {thing} og {other} i {tool} for en virksomhed inden for {field}."


def cv_text(seed: int) -> str:
    """Return about 2,400 characters of a made-up CV, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311
    parts = ("Profil", 4, "Uddannelse", 5, "Erfaring", 14, "Kompetencer", 3, "Sprog", 1)
    blocks = [f"{head}\n" + "\n".join(_sentences(rng, n)) for head, n in zip(parts[::2], parts[1::2], strict=True)]
    return "\n\n".join(blocks)


def posting_text(seed: int) -> str:
    """Return about 1,600 characters of a made-up posting, the same for the same seed."""
    rng = random.Random(-seed - 1)  # noqa: S311
    tasks = "\n".join(f"- {line}" for line in _sentences(rng, 8))
    wishes = "\n".join(f"- {line}" for line in _sentences(rng, 6))
    about, offer = "Om os\nVi er en virksomhed.", "Vi tilbyder\nFrokostordning."
    return f"{about}\n\nOpgaver\n{tasks}\n\nKvalifikationer\n{wishes}\n\n{offer}\n"


def candidates(count: int) -> Iterator[Candidate]:
    """Yield made-up candidates, ids in order."""
    for number in range(count):
        prepared = prepare(cv_text(number), "candidate")
        yield Candidate(
            id=f"c{number:05}",
            text=prepared.text,
            language="da",
            sections=prepared.sections,
            programme=PROGRAMMES[number % len(PROGRAMMES)],
            postcode=POSTCODES[number % len(POSTCODES)],
            max_km=(20.0, 50.0, None)[number % 3],
            weeks_unemployed=number % 60,
        )


def postings(count: int) -> Iterator[Posting]:
    """Yield made-up postings, ids in order."""
    for number in range(count):
        prepared = prepare(posting_text(number), "posting")
        yield Posting(
            id=f"p{number:05}",
            title=f"Medarbejder til {FIELDS[number % len(FIELDS)]}",
            text=prepared.text,
            language="da",
            sections=prepared.sections,
            published=date(2026, 9, 1),
            employer=f"Firma {number % 900}",
            sector="private",
            postcode=POSTCODES[number % len(POSTCODES)],
        )


def write_pdfs(folder: Path, count: int) -> None:
    """Write one-page PDFs of made-up CVs."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    for number in range(count):
        page = Canvas(str(folder / f"cv-{number:04}.pdf"), pagesize=A4)
        writer = page.beginText(50, 800)
        writer.setFont("Helvetica", 9)
        for line in cv_text(number).splitlines():
            for part in simpleSplit(line, "Helvetica", 9, 490) or [""]:
                writer.textLine(part)
        page.drawText(writer)
        page.save()
