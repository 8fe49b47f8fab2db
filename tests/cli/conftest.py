"""Runs the command line in this process, as `main` does, on a home of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from matcher import assemble
from matcher.records import Kind
from matcher.settings import Settings
from tests.builders import HEALTH_POSTING, NURSE_CV, WELDER_CV, WELDING_POSTING


@dataclass(frozen=True)
class Answer:
    """What a command wrote, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Matcher = Callable[..., Answer]


@pytest.fixture
def matcher(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Matcher:
    def run(*words: object) -> Answer:
        monkeypatch.setattr("sys.argv", ["matcher", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Answer(int(left.value.code or 0), captured.out, captured.err)

    return run


def write_lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def short_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the folder of the test: the table of a report wraps long names."""
    monkeypatch.chdir(tmp_path)


def stored(settings: Settings, kind: Kind = "candidate") -> list[str]:
    """Ids of the records in a home."""
    return list(assemble.store(settings).ids(kind))


def text_of(settings: Settings, id: str) -> str:
    """The text of a candidate as it is stored."""
    return assemble.store(settings).get("candidate", id).text


@pytest.fixture
def filled(matcher: Matcher, tmp_path: Path) -> Matcher:
    """The command line over a home with two candidates and two postings."""
    candidates = write_lines(
        tmp_path / "c.jsonl", {"id": "engineer", "text": WELDER_CV}, {"id": "nurse", "text": NURSE_CV}
    )
    postings = write_lines(
        tmp_path / "p.jsonl",
        {"id": "welding", "title": "Maskiningeniør", "text": WELDING_POSTING, "employer": "Maskinværket"},
        {"id": "health", "title": "Health consultant", "text": HEALTH_POSTING, "employer": "Sundhedshuset"},
    )
    assert matcher("ingest", "candidates", candidates).code == 0
    assert matcher("ingest", "postings", postings).code == 0
    return matcher
