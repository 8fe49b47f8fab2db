"""What README shows runs: every `matcher` command in order, and every `make` target it names exists."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

DOCUMENTS = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]

MATCHER = [sys.executable, "-m", "api.cli"]


def shown(document: Path, program: str) -> list[str]:
    """The commands of a program that a document shows on lines of their own."""
    return re.findall(rf"^ {{4}}({program}\b.*)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.model
def test_every_command_of_the_readme_runs(tmp_path: Path, shared_models: Path) -> None:
    commands = shown(REPOSITORY / "README.md", "matcher")
    environment = os.environ | {"MATCHER_HOME": str(tmp_path), "MATCHER_MODELS": str(shared_models)}

    assert len(commands) >= 8
    for command in commands:
        words = [
            sys.executable,
            "-c",
            "from api.cli.main import main; main()",
            *shlex.split(command, comments=True)[1:],
        ]
        run = subprocess.run(words, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
        assert run.stdout.strip(), command


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", text, flags=re.MULTILINE))

    assert named <= targets


def test_the_makefile_explains_every_target() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]

    assert set(phony) == set(re.findall(r"^([a-z-]+):.*## \S", text, flags=re.MULTILINE))


def test_continuous_integration_runs_the_tests_that_the_readme_names() -> None:
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")


def test_help_speaks_both_languages() -> None:
    texts = {}
    for language in ("da", "en"):
        run = subprocess.run(
            [*MATCHER, "--help"],
            env=os.environ | {"MATCHER_LANGUAGE": language},
            capture_output=True,
            text=True,
            check=True,
        )
        texts[language] = run.stdout

    assert "Kandidater til et stillingsopslag" in texts["da"]
    assert "Candidates for a posting" in texts["en"]
