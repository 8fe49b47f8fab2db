"""Documents that lists are explained with: read once, and forgotten as soon as anything changes."""

from dataclasses import replace

import pytest

from matcher import documents
from matcher.documents import Documents
from matcher.engine import Engine
from matcher.errors import UnknownId
from tests.builders import a_candidate, bare


@pytest.fixture
def kept(engine: Engine) -> Documents:
    engine.store.save(bare(a_candidate("c1"), a_candidate("c2")))
    engine.refresh()
    return Documents(engine.store, engine.store.generation)


def test_a_document_is_read_once(kept: Documents) -> None:
    assert kept.get("candidate", "c1")[1] is kept.get("candidate", "c1")[1]
    assert kept.get("candidate", "c1")[1].passages


def test_any_change_forgets_them_all(kept: Documents, engine: Engine) -> None:
    before = kept.get("candidate", "c1")
    engine.store.save(bare(replace(a_candidate("c2"), programme="Jura")))

    assert kept.get("candidate", "c1")[1] is not before[1]


def test_who_was_erased_is_not_found_and_not_kept(kept: Documents, engine: Engine) -> None:
    kept.get("candidate", "c1")
    engine.store.delete("candidate", "c1")

    with pytest.raises(UnknownId):
        kept.get("candidate", "c1")
    assert not kept._kept


def test_the_ones_used_last_are_kept(kept: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST", 1)
    first = kept.get("candidate", "c1")
    second = kept.get("candidate", "c2")

    assert kept.get("candidate", "c2")[1] is second[1]
    assert kept.get("candidate", "c1")[1] is not first[1]
