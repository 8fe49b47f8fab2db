"""A graduate in a browser: hands in a CV by dragging it, corrects what was read, wishes, and leaves with everything."""

from pathlib import Path

import pytest

from api.pages.language import PageLanguage
from tests.builders import NURSE_CV
from tests.e2e.conftest import Visit
from tests.e2e.test_consultant import BOTH
from tests.e2e.town import NEWCOMER
from tests.e2e.visitor import Visitor


@pytest.fixture
def graduate(visit: Visit, language: PageLanguage) -> Visitor:
    return visit("graduate", language)


def drop(visitor: Visitor, file: Path) -> None:
    """Let go of a file over the field, as somebody does who drags it from a folder."""
    box = visitor.page.locator("input[type=file]").bounding_box()
    assert box is not None
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    held = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    session = visitor.page.context.new_cdp_session(visitor.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **where, "data": held})


@BOTH
def test_a_dragged_cv_is_read_and_leads_to_suggestions(visit: Visit, language: PageLanguage, tmp_path: Path) -> None:
    newcomer = visit().sign_in(NEWCOMER, language)
    cv = tmp_path / "mit cv.txt"
    cv.write_text(NURSE_CV, encoding="utf-8")
    before = newcomer.faults()
    drop(newcomer, cv)
    newcomer.press("me.upload.send")
    newcomer.page.wait_for_url("**/me/reading*")
    told, after = newcomer.reads("mit cv.txt"), newcomer.faults()
    newcomer.follow("nav.me_suggestions")

    assert not before
    assert told
    assert not after
    assert newcomer.reads("Health consultant")
    assert not newcomer.faults()


@BOTH
def test_what_was_read_is_confirmed_dropped_and_added_to(graduate: Visitor) -> None:
    graduate.follow("nav.me_reading")
    graduate.press("me.reading.drop")
    dropped = graduate.reads(graduate.t("flash.me_drop"))
    graduate.page.get_by_label(graduate.t("me.reading.own_label")).fill("Projektledelse")
    graduate.page.get_by_role("button", name=graduate.t("me.reading.add"), exact=True).click()

    assert dropped
    assert graduate.reads(graduate.t("flash.me_added", label="Projektledelse"))
    assert not graduate.faults()


@BOTH
def test_wishes_are_kept_and_a_wrong_one_is_told(graduate: Visitor) -> None:
    graduate.follow("nav.me_wishes")
    graduate.page.get_by_label(graduate.t("me.wishes.hours")).fill("mange")
    graduate.press("me.wishes.save")
    told, wrong = graduate.reads(graduate.t("me.wishes.wrong")), graduate.faults()
    graduate.page.get_by_label(graduate.t("me.wishes.hours")).fill("30")
    graduate.press("me.wishes.save")

    assert told
    assert not wrong
    assert graduate.reads(graduate.t("flash.me_wishes"))


@BOTH
def test_a_graduate_takes_everything_along_and_is_forgotten(graduate: Visitor) -> None:
    graduate.follow("nav.me_data")
    with graduate.page.expect_download() as taken:
        graduate.press("me.data.export")
    graduate.page.get_by_label(graduate.t("me.data.sure")).check()
    graduate.page.get_by_role("button", name=graduate.t("me.data.delete"), exact=True).click()

    assert taken.value.suggested_filename.endswith(".json")
    assert graduate.reads(graduate.t("me.erased.text"))
    assert graduate.reads(graduate.t("proof.title"))
    assert not graduate.faults()
    graduate.go("/me/data")
    assert graduate.path == "/sign-in"


def test_a_file_that_is_no_cv_is_refused_in_words(visit: Visit, tmp_path: Path) -> None:
    graduate = visit("graduate")
    picture = tmp_path / "billede.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    graduate.page.locator("input[type=file]").set_input_files(picture)
    graduate.press("me.upload.send")

    graduate.page.get_by_role("alert").wait_for()
    assert not graduate.faults()
