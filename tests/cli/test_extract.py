"""`matcher extract`: what is read, with its place in the text that was given, and what a programme only implies."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher import assemble
from matcher.labour import read_programmes
from matcher.ports import Role
from matcher.settings import Settings
from models.hashing import HashingEncoder
from models.prototypes import Prototypes
from tests.cli.conftest import Answer, Matcher, stored, write_lines
from tests.competences.linkers import calibrated
from tests.eval.builders import some_prototypes

CV = """Uddannelse
2023-2025 Cand.scient. i teknoantropologi, Aalborg Universitet

Erfaring
2022-2024 Studiejob: kodede i Python hos et vandværk

Frivilligt
2019 Kasserer i en skakklub, førte regnskab i Dinero

Sprog: dansk (modersmål), engelsk (flydende)
Kørekort B
"""
POSTING = """Krav
- Python
- Kendskab til SQL er en fordel
- mindst 3 års erfaring med bogføring
- engelsk på forhandlingsniveau
- kørekort B
- Excel er ikke et krav
"""
PROGRAMME = next(programme for programme in read_programmes() if programme.id == "msc-techno-anthropology")
SPAN = {"label", "concept", "uri", "kind", "confidence", "evidence", "start", "end", "level", "years"}


@pytest.fixture
def cv(tmp_path: Path) -> Path:
    return written(tmp_path / "cv.txt", CV)


@pytest.fixture
def posting(tmp_path: Path) -> Path:
    return written(tmp_path / "posting.txt", POSTING)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def by_concept(spans: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Spans that the text itself names, by concept."""
    return {span["concept"]: span for span in spans if span["concept"] and not span.get("programme")}


def words(answer: Answer) -> str:
    return " ".join(answer.out.replace("│", " ").split())


def test_a_posting_gives_demands_with_strength_level_and_years(matcher: Matcher, posting: Path) -> None:
    answer = matcher("extract", posting, "--kind", "posting", "--json")

    assert answer.code == 0
    assert set(answer.json) == {"language", "demands"}
    assert answer.json["language"] == "da"
    assert all(set(demand) == SPAN | {"strength"} for demand in answer.json["demands"])
    found = by_concept(answer.json["demands"])
    assert {concept: demand["strength"] for concept, demand in found.items()} == {
        "python": "must",
        "sql": "nice",
        "bookkeeping": "must",
        "english-language": "must",
        "driving-licence-b": "must",
    }
    assert (found["bookkeeping"]["kind"], found["bookkeeping"]["years"]) == ("experience", 3)
    assert (found["english-language"]["kind"], found["english-language"]["level"]) == ("language", "fluent")
    assert found["python"]["years"] is found["python"]["level"] is None
    assert found["python"]["uri"].startswith("http://data.europa.eu/esco/skill/")


def test_a_cv_gives_competences_with_where_they_were_gained_and_when_they_were_last_used(
    matcher: Matcher, cv: Path
) -> None:
    answer = matcher("extract", cv, "--kind", "candidate", "--json")

    assert set(answer.json) == {"language", "competences"}
    assert all(set(span) == SPAN | {"source", "last_year", "programme"} for span in answer.json["competences"])
    found = by_concept(answer.json["competences"])
    gained = {concept: (found[concept]["source"], found[concept]["last_year"]) for concept in ("python", "dinero")}
    assert gained == {"python": ("student_job", 2024), "dinero": ("volunteering", 2019)}
    assert (found["danish-language"]["level"], found["english-language"]["level"]) == ("native", "fluent")
    assert found["driving-licence-b"]["kind"] == "licence"


@pytest.mark.parametrize(("kind", "key"), [("candidate", "competences"), ("posting", "demands")])
def test_evidence_is_the_slice_of_the_text_that_was_given(
    matcher: Matcher, tmp_path: Path, kind: str, key: str
) -> None:
    text = f"\ufeff👩‍💻 Løbenummer\n{CV if kind == 'candidate' else POSTING}"
    lines = write_lines(tmp_path / "in.jsonl", {"id": "x", "text": text})

    spans = matcher("extract", lines, "--kind", kind, "--json").json[key]

    assert len(spans) > 4
    assert [span["evidence"] for span in spans] == [text[span["start"] : span["end"]] for span in spans]
    assert all(0 < span["confidence"] <= 1 for span in spans)


def test_what_the_programme_implies_is_marked_with_it_and_quotes_only_its_name(matcher: Matcher, cv: Path) -> None:
    spans = matcher("extract", cv, "--kind", "candidate", "--json").json["competences"]

    implied = [span for span in spans if span["programme"]]
    assert {span["concept"]: span["confidence"] for span in implied} == {
        item.concept: item.weight for item in PROGRAMME.implied
    }
    assert {span["programme"] for span in implied} == {PROGRAMME.id}
    assert {span["evidence"] for span in implied} == {"Cand.scient. i teknoantropologi"}
    assert {span["source"] for span in implied} == {"education"}
    assert "ethnography" not in by_concept(spans)


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [("en", PROGRAMME.en, "not said in the CV"), ("da", PROGRAMME.da, "står ikke i CV'et")],
)
def test_people_see_what_is_implied_as_implied_and_never_as_a_quote(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, cv: Path, language: str, title: str, said: str
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", language)

    shown = words(matcher("extract", cv, "--kind", "candidate"))

    assert shown.count(said) == len(PROGRAMME.implied)
    assert title in shown
    assert "Cand.scient. i teknoantropologi" not in shown
    assert "kodede i Python" in shown


@pytest.mark.parametrize(
    ("language", "strength", "name"), [("en", "nice", "bookkeeping"), ("da", "gerne", "bogføring")]
)
def test_people_see_demands_with_strength_concept_and_words(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, posting: Path, language: str, strength: str, name: str
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", language)

    shown = words(matcher("extract", posting, "--kind", "posting"))

    assert f"{strength} SQL" in shown
    assert f"{name} {'“bogføring”' if language == 'en' else '»bogføring«'}" in shown
    assert "Excel" not in shown


class Adapted(HashingEncoder):
    """An encoder with prototypes, that remembers what it was asked for."""

    adapter: Any = None

    def __init__(self, prototypes: Prototypes) -> None:
        self.adapter = SimpleNamespace(prototypes=prototypes)
        self.asked: list[tuple[str, Role]] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.asked += [(text, role) for text in texts]
        return super().encode(texts, role=role)


def test_without_link_no_model_is_loaded_and_the_same_words_are_read(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, posting: Path
) -> None:
    linked = matcher("extract", posting, "--kind", "posting", "--link", "--json")
    by_default = matcher("extract", posting, "--kind", "posting", "--json")
    monkeypatch.delattr("matcher.assemble.encoder")

    unlinked = matcher("extract", posting, "--kind", "posting", "--no-link", "--json")

    assert unlinked.code == 0
    assert unlinked.json == linked.json == by_default.json  # the weightless encoder has no trained part


def test_with_a_trained_part_phrases_without_a_concept_are_linked_and_the_others_left_as_they_are(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = written(tmp_path / "p.txt", "Krav\n- Python\n- kan tale med folk, der er sure\n")
    plain = matcher("extract", file, "--kind", "posting", "--no-link", "--json").json["demands"]
    [nameless] = [demand for demand in plain if demand["concept"] is None]
    rows = HashingEncoder().encode([nameless["evidence"], "noget andet"], role="competence")
    encoder = Adapted(some_prototypes(rows, "stress-tolerance", "excel"))
    monkeypatch.setattr(assemble, "encoder", lambda _settings, progress: encoder)
    calibrated(monkeypatch)

    meant = matcher("extract", file, "--kind", "posting", "--json").json["demands"]

    assert [text for text, _ in encoder.asked] == [nameless["evidence"]]
    assert [(demand["start"], demand["end"]) for demand in meant] == [(d["start"], d["end"]) for d in plain]
    assert {demand["concept"] for demand in meant} == {"python", "stress-tolerance"}


def test_json_lines_in_give_json_lines_out_with_their_ids(matcher: Matcher, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": "a", "text": "Krav\n- Python"}, {"id": 7, "text": "We require\n- SQL"}]

    answer = matcher("extract", write_lines(tmp_path / "p.jsonl", *rows), "--kind", "posting", "--json")

    found = [Answer(0, line, "").json for line in answer.out.splitlines()]
    assert [(each["id"], each["language"]) for each in found] == [("a", "da"), ("7", "en")]
    assert [[demand["concept"] for demand in each["demands"]] for each in found] == [["python"], ["sql"]]


BROKEN = [
    ('{"id": "b", "text": "Erf', "not a JSON object"),
    ('{"id": "b"}', "line 2"),
    ('{"text": "Python"}', "line 2"),
    ('{"id": "b", "text": 4}', "line 2"),
    ("[1, 2]", "JSON, but no object"),
]


@pytest.mark.parametrize(("line", "said"), BROKEN, ids=[line for line, _ in BROKEN])
def test_a_broken_line_is_named_and_the_others_are_read(matcher: Matcher, tmp_path: Path, line: str, said: str) -> None:
    good = '{{"id": "{}", "text": "Krav\\n- Python"}}'
    file = written(tmp_path / "p.jsonl", "\n".join([good.format("a"), line, good.format("c")]))

    answer = matcher("extract", file, "--kind", "posting", "--no-link", "--json")

    assert answer.code == 3
    assert [Answer(0, one, "").json["id"] for one in answer.out.splitlines()] == ["a", "c"]
    assert "line 2" in " ".join(answer.err.split())
    assert said in " ".join(answer.err.split())


def test_where_no_line_can_be_read_it_is_refused(matcher: Matcher, tmp_path: Path) -> None:
    answer = matcher("extract", written(tmp_path / "p.jsonl", "{\n"), "--kind", "posting", "--no-link", "--json")

    assert (answer.code, answer.out) == (1, "")
    assert "line 1" in " ".join(answer.err.split())


@pytest.mark.parametrize("text", ["", "   \n", "Vi er en virksomhed med 40 ansatte. Vi tilbyder frugt og kaffe."])
def test_a_text_without_demands_gives_none_and_that_is_no_error(matcher: Matcher, tmp_path: Path, text: str) -> None:
    lines = write_lines(tmp_path / "p.jsonl", {"id": "x", "text": text})

    answer = matcher("extract", lines, "--kind", "posting", "--json")

    assert answer.code == 0
    assert answer.json["demands"] == []


def test_nothing_is_stored(matcher: Matcher, settings: Settings, cv: Path) -> None:
    matcher("extract", cv, "--kind", "candidate")

    assert stored(settings) == []


def test_a_kind_that_does_not_exist_and_none_at_all_are_misuse(matcher: Matcher, cv: Path) -> None:
    assert matcher("extract", cv, "--kind", "employer").code == 2
    assert matcher("extract", cv).code == 2
