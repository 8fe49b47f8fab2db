"""The judged set of North Jutland is whole, its parts share nobody, and every grade was settled by its two judges."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from eval.nordjylland import FOLDER, KINDS, Part, part_engine, part_judgements
from matcher.ingest.language import detect
from matcher.ingest.report import Plural
from matcher.ingest.service import ingest
from matcher.privacy.cpr import cpr_spans
from matcher.records import Kind
from matcher.settings import Settings
from tests.fakes import MemoryStore

PARTS: tuple[Part, ...] = get_args(Part)
RELEVANT = 2
"""Least grade of a candidate that a careful consultant would propose."""
DANISH, GIVE = 0.6, 0.03
REAL_MAIL = re.compile(r"\w@(?!(?:[\w-]+\.)*example\b)\S+")

by_part = pytest.mark.parametrize("part", PARTS)


@cache
def rows(part: Part, name: str) -> list[dict[str, Any]]:
    text = (FOLDER / part / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def both(name: str) -> list[dict[str, Any]]:
    return [row for part in PARTS for row in rows(part, name)]


def pair(row: dict[str, Any]) -> tuple[str, str]:
    return row["posting"], row["candidate"]


def plain(name: str) -> str:
    """A name however it is written: without case, dots, spaces and what kind of company it is."""
    return re.sub(r"\b(?:a/s|aps|i/s|p/s|amba|fmba)\b|[\W_]", "", name.casefold())


def companies(part: Part) -> set[str]:
    named = [row["employer"] for row in rows(part, "postings")] + [row["name"] for row in rows(part, "employers")]
    return {plain(name) for name in named}


def test_there_are_enough_cvs_postings_and_employers() -> None:
    assert len(both("candidates")) >= 90
    assert len(both("postings")) >= 60
    assert len(both("employers")) >= 60


@pytest.mark.parametrize("name", ["candidates", "postings"])
def test_six_in_ten_are_danish_and_the_rest_english(name: str) -> None:
    spoken = Counter(row["language"] for row in both(name))

    assert set(spoken) == {"da", "en"}
    assert abs(spoken["da"] / spoken.total() - DANISH) <= GIVE


@pytest.mark.parametrize("name", ["candidates", "postings"])
@by_part
def test_each_text_is_in_the_language_it_is_said_to_be(part: Part, name: str) -> None:
    assert [row["id"] for row in rows(part, name) if detect(row["text"]) != row["language"]] == []


@pytest.mark.parametrize("name", KINDS)
def test_no_id_and_no_text_is_there_twice(name: Plural) -> None:
    for field in ("id", "text"):
        assert [value for value, count in Counter(row[field] for row in both(name)).items() if count > 1] == []


def test_no_person_is_in_both_parts() -> None:
    dev, test = ({plain(row["name"]) for row in rows(part, "candidates")} for part in PARTS)

    assert len(dev) == len(rows("dev", "candidates"))
    assert len(test) == len(rows("test", "candidates"))
    assert not dev & test


def test_no_company_is_in_both_parts() -> None:
    assert not companies("dev") & companies("test")


@by_part
def test_no_text_names_a_company_of_the_other_part(part: Part) -> None:
    """Municipalities are left out: one is many workplaces, and everybody in North Jutland lives in one."""
    [other] = set(PARTS) - {part}
    named = {row["employer"] for row in rows(other, "postings")} | {row["name"] for row in rows(other, "employers")}
    telling = sorted(name for name in named if " " in name and "Kommune" not in name)
    whole = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in telling))

    assert len(telling) > 20
    found = {row["id"]: whole.findall(row["text"]) for name in KINDS for row in rows(part, name)}
    assert {id: names for id, names in found.items() if names} == {}


@by_part
def test_every_judged_pair_is_of_this_part_and_judged_once(part: Part) -> None:
    postings, candidates = ({row["id"] for row in rows(part, name)} for name in ("postings", "candidates"))
    judged = [pair(row) for row in rows(part, "judgements")]

    assert len(set(judged)) == len(judged)
    assert {posting for posting, _ in judged} == postings
    assert {candidate for _, candidate in judged} <= candidates
    assert {row["grade"] for row in rows(part, "judgements")} == {0, 1, 2, 3}


@by_part
def test_every_posting_has_somebody_to_propose_and_at_most_ten(part: Part) -> None:
    good = Counter(row["posting"] for row in rows(part, "judgements") if row["grade"] >= RELEVANT)

    assert set(good) == {row["id"] for row in rows(part, "postings")}
    assert max(good.values()) <= 10


@by_part
def test_every_posting_has_many_to_turn_down(part: Part) -> None:
    bad = Counter(row["posting"] for row in rows(part, "judgements") if row["grade"] < RELEVANT)

    assert min(bad[row["id"]] for row in rows(part, "postings")) >= 10


@by_part
def test_where_two_judges_agree_the_grade_is_theirs_and_elsewhere_it_was_settled(part: Part) -> None:
    grades = {pair(row): row["grade"] for row in rows(part, "judgements")}
    judges = {pair(row): row for row in rows(part, "judges")}

    assert len(judges) == len(rows(part, "judges"))
    assert judges.keys() == grades.keys()
    for key, row in judges.items():
        if row["first"] == row["second"]:
            assert grades[key] == row["first"], key
            assert "settled" not in row, key
        else:
            assert grades[key] == row["settled"], key
            assert row["why"].strip(), key


@by_part
def test_nearly_every_pair_was_graded_by_both_judges_and_each_by_one(part: Part) -> None:
    given = [[row["first"], row["second"]] for row in rows(part, "judges")]

    assert {grade for both_grades in given for grade in both_grades} <= {0, 1, 2, 3, None}
    assert [None, None] not in given
    assert sum(None in both_grades for both_grades in given) < 0.01 * len(given)


@pytest.mark.parametrize("name", KINDS)
@by_part
def test_every_record_is_read_as_it_is_and_none_is_refused(part: Part, name: Plural) -> None:
    store = MemoryStore()
    report = ingest(name, [FOLDER / part / f"{name}.jsonl"], store=store)

    assert [(row.id, row.text("en")) for row in report.rows if row.status != "read" or row.notices] == []
    kind: Kind = name[:-1]  # type: ignore[assignment]
    assert list(store.ids(kind)) == sorted(row["id"] for row in rows(part, name))


@pytest.mark.parametrize("name", KINDS)
@by_part
def test_no_text_holds_anything_like_a_cpr_number(part: Part, name: Plural) -> None:
    for row in rows(part, name):
        assert [row["text"][start:end] for start, end in cpr_spans(row["text"])] == [], row["id"]


@by_part
def test_everybody_is_invented_down_to_the_mail_address(part: Part) -> None:
    for name in KINDS:
        for row in rows(part, name):
            assert REAL_MAIL.findall(row["text"]) == [], row["id"]


@pytest.mark.slow
def test_a_part_becomes_a_home_with_its_settled_judgements(tmp_path: Path, settings: Settings) -> None:
    engine = part_engine("test", tmp_path / "part", settings)
    found = part_judgements("test", engine)
    turned = part_judgements("test", engine, "candidates")

    assert (engine.store.count("candidate"), engine.store.count("posting")) == (54, 36)
    assert (found.left_out, found.unknown_postings, found.unknown_candidates) == (0, (), ())
    assert len(found) == len(turned) == len(rows("test", "judgements"))
    settled = {pair(row): row["grade"] for row in rows("test", "judgements")}
    assert {found.pair(p, c): grade for p, items in found.grades.items() for c, grade in items.items()} == settled
    assert set(engine.indexes.pool("candidate").ids) == {row["id"] for row in rows("test", "candidates")}
