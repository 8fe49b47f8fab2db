"""What templates say stands in the catalogues, and nothing in them breaks the strict policy."""

import re
from pathlib import Path

import pytest

from api.pages import site, static_files
from matcher.messages.catalogue import catalogue

TEMPLATES = sorted(site.FOLDER.glob("*.html"))
CODE = sorted(Path(site.__file__).parent.glob("*.py"))


def texts_of(path: Path) -> set[str]:
    """Keys under `pages` that a file names in full."""
    return set(re.findall(r"""\bt\(\s*["']([a-z_.0-9]+[a-z0-9])["']""", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [*TEMPLATES, *CODE], ids=lambda path: path.name)
def test_every_text_of_a_page_is_in_the_catalogue(path: Path) -> None:
    assert {key for key in texts_of(path) if f"pages.{key}" not in catalogue("da")} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_brings_style_or_script_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=|hx-on|javascript:", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_the_token(path: Path) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)

    assert [form for form in forms if "csrf_field()" not in form] == []


def test_the_vendored_files_keep_their_licences() -> None:
    names = {path.name for path in static_files.FOLDER.iterdir()}

    assert {"htmx.LICENSE", "pico.LICENSE.md"} <= names
