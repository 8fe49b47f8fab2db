"""`matcher train` as an analyst meets it: adopted where it wins, else the reason; and the way back."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from matcher import assemble
from matcher.records import Judgement
from matcher.settings import Settings
from matcher.trained import FOLDER, made_with, open_trained, save_trained
from tests.cli.conftest import Answer, Matcher, write_lines
from tests.known_answers import TRADES, a_blind_ranker, answers, fill, judgements, posting_id, trained_here

ROUNDS = 4


@pytest.fixture
def blind(matcher: Matcher, settings: Settings) -> Matcher:
    """The command line over the home with known answers, whose own ranker is blind."""
    engine = assemble.engine(settings)
    fill(engine)
    save_trained(engine.home, trained_here(engine, a_blind_ranker()))
    return matcher


def written(folder: Path, judged: Iterable[Judgement]) -> Path:
    rows: list[dict[str, object]] = [
        {"posting": one.posting, "candidate": one.candidate, "grade": one.grade} for one in judged
    ]
    return write_lines(folder / "mine.jsonl", *rows)


def words(answer: Answer) -> str:
    return " ".join((answer.out + answer.err).split())


def test_a_better_ranker_is_taken_into_use(blind: Matcher, tmp_path: Path, settings: Settings) -> None:
    file = written(tmp_path, judgements())
    answer = blind("train", "--judgements", file, "--json").json
    engine = assemble.engine(settings)
    own = open_trained(engine.home, made_with(engine.encoder, engine.cohort))

    assert answer["adopted"]
    assert answer["difference"]["low"] > 0
    assert answer["difference"]["n"] == len(TRADES)
    assert answer["trained_on"]["file"] == "mine.jsonl"
    assert answer["trained_on"]["postings"] == len(TRADES)
    assert len(answer["trained_on"]["sha256"]) == 64
    assert answer["outcome"] == "grade>=2"
    assert own is not None
    assert own.lead["low"] == answer["difference"]["low"]
    assert own.ranker == engine.ranker
    assert engine.model == answer["model"]
    assert blind("shortlist", posting_id(0), "--json").json["model"] == answer["model"]


def test_the_same_file_again_keeps_what_is_in_use(blind: Matcher, tmp_path: Path) -> None:
    file = written(tmp_path, judgements())
    first = blind("train", "--judgements", file, "--json").json
    again = blind("train", "--judgements", file, "--json").json

    assert not again["adopted"]
    assert again["passed_over"] == len(TRADES)
    assert again["model"] == first["model"]
    assert again["folder"] is None
    assert "keeps ranker" in again["why"]


def test_people_are_told_in_their_language(blind: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, judgements())
    english = words(blind("train", "--judgements", file))
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    danish = words(blind("train", "--judgements", file))

    assert "Adopted: the new ranker is better" in english
    assert "the probability of: grade 2 or 3" in english
    assert "Ikke taget i brug, beholder rangordning" in danish


@pytest.mark.parametrize(
    ("judged", "english", "danish"),
    [
        (judgements(trades=4), "Only 4 posting(s)", "Kun 4 opslag"),
        ([replace(one, grade=0) for one in judgements()], "the same side of grade 2", "samme side af karakteren 2"),
        ([], "holds no row", "har ingen rækker"),
        ([Judgement(posting="x", candidate="y", grade=1)], "names both a posting", "nævner både et opslag"),
    ],
    ids=["too few postings", "one class", "an empty file", "nobody known"],
)
def test_what_nothing_can_be_learnt_from_is_refused_and_nothing_changes(
    blind: Matcher,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    judged: list[Judgement],
    english: str,
    danish: str,
) -> None:
    file = written(tmp_path, judged)
    before = {path: path.read_bytes() for path in (home / FOLDER).iterdir()}
    refused = blind("train", "--judgements", file)
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    afvist = blind("train", "--judgements", file)

    assert (refused.code, afvist.code) == (1, 1)
    assert english in words(refused)
    assert danish in words(afvist)
    assert {path: path.read_bytes() for path in (home / FOLDER).iterdir()} == before


def test_unknown_ids_are_counted(blind: Matcher, tmp_path: Path) -> None:
    strangers = [Judgement(posting=posting_id(0), candidate=f"stranger{n}", grade=3) for n in range(3)]
    answer = blind("train", "--judgements", written(tmp_path, [*judgements(), *strangers]), "--json").json

    assert answer["left_out"]["unknown_ids"] == 3
    assert answer["warnings"] == ["3 pair(s) name ids that are not in this home and were left out."]


def test_a_stale_ranker_stops_lists_until_it_is_trained_again_or_removed(
    blind: Matcher, tmp_path: Path, settings: Settings
) -> None:
    engine = assemble.engine(settings)
    stale = replace(
        trained_here(engine, a_blind_ranker()), made_with={"encoder": "old", "cohort": "old", "reading": "old"}
    )
    save_trained(engine.home, stale)
    refused = blind("shortlist", posting_id(0), "--json")
    retrained = blind("train", "--judgements", written(tmp_path, judgements()), "--json")

    assert (refused.code, refused.json["error"]) == (1, "error.stale_ranker")
    assert retrained.code == 0
    assert "no longer fits" in retrained.json["warnings"][0]
    assert blind("train", "--reset", "--json").json["removed"]
    assert blind("shortlist", posting_id(0)).code == 0


def test_going_back_is_one_word(blind: Matcher, settings: Settings) -> None:
    shipped = assemble.engine(settings, shipped=True).prior.version

    assert blind("train", "--reset", "--json").json == {"removed": True, "ranker": shipped}
    assert blind("train", "--reset", "--json").json == {"removed": False, "ranker": shipped}
    assert shipped in blind("train", "--reset").out


@pytest.mark.slow
def test_placements_teach_too(matcher: Matcher, settings: Settings, tmp_path: Path) -> None:
    engine = assemble.engine(settings)
    fill(engine, rounds=ROUNDS)
    save_trained(engine.home, trained_here(engine, a_blind_ranker()))
    outcomes = {3: "hired", 2: "interview", 0: "rejected"}
    lines = [
        f"{candidate};{posting_id(trade, turn)};{trade + 1:02}-{turn + 1:02}-2025;{outcomes[grade]}"
        for turn in range(ROUNDS)
        for trade in range(len(TRADES))
        for candidate, grade in answers(trade).items()
    ]
    log = tmp_path / "simulated.csv"
    log.write_text("\n".join(["candidate;posting;date;outcome", *lines]) + "\n", encoding="utf-8")
    shown = words(matcher("train", "--placements", log))

    assert "Adopted" in shown
    assert "The proposals learnt from are of 2025-01-01 to" in shown
    assert "the probability of: an interview or more" in shown
    assert "This history is simulated" in shown
    assert "does not say with what chance they were made" in shown


def test_more_or_less_than_one_source_is_misuse(matcher: Matcher, tmp_path: Path) -> None:
    file = written(tmp_path, judgements())

    assert matcher("train").code == 2
    assert matcher("train", "--judgements", file, "--placements", file).code == 2
    assert matcher("train", "--judgements", file, "--reset").code == 2
