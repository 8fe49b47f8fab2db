"""Invented people whose every trace can be looked for, and the home that knows them."""

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast
from urllib.parse import quote
from zipfile import ZipFile, is_zipfile

from api.runs import Runs
from eval.kept_reports import KeptReports
from matcher import assemble
from matcher.accounts.roles import Role
from matcher.corrections import Correction
from matcher.engine import Engine
from matcher.ingest.build import build
from matcher.ingest.source import Source
from matcher.ledger.verdicts import Draft
from matcher.records import Contact, Kind, Record
from matcher.settings import Settings
from matcher.storage.store import SqlStore
from tests.builders import HEALTH_POSTING, NURSE_CV, WELDER_CV, WELDING_POSTING

NOTE = "Ringede mandag og bad os vente til storkene trækker"
"""What a consultant noted on a pair."""
ADDED = "Ålegræskortlægning"
"""A competence that a person added."""


@dataclass(frozen=True, kw_only=True)
class Soul:
    """Somebody with a record: id, contact, and a sentence that stands in no other text."""

    id: str
    name: str
    email: str
    phone: str
    sentence: str

    @property
    def contact(self) -> tuple[str, ...]:
        return (self.name, self.name.split()[-1], self.email, self.phone, self.phone.replace(" ", ""))

    def heading(self) -> str:
        return f"{self.name}\n{self.email}\nTlf. {self.phone}\n\n"


MAJA = Soul(
    id="k-7f3a91",
    name="Maja Ærønika Tangskov",
    email="maja@tangskov.example",
    phone="61 82 73 94",
    sentence="Har talt sæler fra fyret på Læsø i tolv lange vintre",
)
NORA = Soul(
    id="k-90bd22",
    name="Nora Kvæstebro Hjulmand",
    email="nora@kvaestebro.example",
    phone="27 14 55 83",
    sentence="Kept bees on the old lighthouse at Skagen for years",
)
BO = Soul(
    id="p1",
    name="Bo Skrædderup Tværgaard",
    email="bo@vaerket.example",
    phone="98 76 51 42",
    sentence="Svejseværket ligger bag den gule mølle",
)
SOULS = (MAJA, NORA, BO)
COLLEAGUES: Mapping[Role, str] = {
    "consultant": "karla@kommune.example",
    "graduate": MAJA.email,
    "analyst": "anders@kommune.example",
    "employer_contact": "else@kommune.example",
    "administrator": "adam@kommune.example",
}
"""The address that somebody of each role signs in with."""


def ingested(kind: Kind, soul: Soul, text: str, **fields: object) -> tuple[Record, Contact]:
    """A record as a file of it would be stored: with its name in the file, and masked."""
    built = build(kind, soul.id, {"text": text, **fields}, Source(file=Path(soul.id)))
    return built.record, built.contact


def records() -> list[tuple[Record, Contact]]:
    """Two candidates with CVs, two postings and an employer."""
    place = {"municipality": "Aalborg", "postcode": "9000"}
    welder = f"{MAJA.heading()}{WELDER_CV}{MAJA.sentence}.\n"
    nurse = f"{NORA.heading()}{NURSE_CV}{NORA.sentence}.\n"
    welding = f"{WELDING_POSTING}{BO.sentence}.\n\nKontakt: {BO.name}, {BO.email}, tlf. {BO.phone}\n"
    works = {"title": "Maskiningeniør", "employer": "Maskinværket", "municipality": "Hobro", "postcode": "9500"}
    health = build("posting", "p2", {"title": "Health consultant", "text": HEALTH_POSTING}, Source(file=Path("p2")))
    employer = {"name": "Maskinværket", "text": "Vi svejser rammer.", "hires": ["2019: maskiningeniør"]}
    built = build("employer", "e1", employer, Source(file=Path("e1")))
    return [
        ingested("candidate", MAJA, welder, name=MAJA.name, programme="Maskiningeniør", **place),
        ingested("candidate", NORA, nurse, name=NORA.name, language="en"),
        ingested("posting", BO, welding, **works),
        (health.record, health.contact),
        (built.record, built.contact),
    ]


def settle(settings: Settings) -> None:
    """Make a home that knows all of them, with verdicts, a correction and a kept report."""
    engine = assemble.engine(settings)
    engine.store.save(records())
    engine.refresh()
    log, desk = assemble.decision_log(engine.store, engine.home), assemble.desk(engine.store)
    for candidate in (MAJA.id, NORA.id):
        draft = Draft.of(
            posting="p1", candidate=candidate, verdict="propose", reason="competences", note=NOTE, account="a-old"
        )
        log.decide(draft, version=0)
    log.anchor(desk.correct(Correction(kind="candidate", id=MAJA.id, action="add", label=ADDED, account="a-old")))
    Runs(engine, KeptReports(engine.home)).groups(lambda *_: None)
    engine.refresh()
    cast("SqlStore", engine.store).close()


def report_of(engine: Engine) -> str:
    """The id of the report that was kept."""
    return KeptReports(engine.home).all()[0].id


def spellings(word: str) -> set[str]:
    """How a word may stand in an answer: plain, in HTML, in JSON, in an address."""
    return {word, html.escape(word), json.dumps(word)[1:-1], quote(word), quote(word).replace("%20", "+")}


def told(content: bytes, words: Iterable[str]) -> set[str]:
    """Which of the words an answer tells, whatever it is packed in."""
    texts = [content.decode("utf-8", errors="replace")]
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            texts = [packed.read(name).decode("utf-8", errors="replace") for name in packed.namelist()]
    whole = "\n".join(texts).casefold()
    return {word for word in words if any(form.casefold() in whole for form in spellings(word))}
