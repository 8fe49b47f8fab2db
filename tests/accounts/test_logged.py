"""What happens to accounts stands in the decision log of the home, by id and never by name."""

from pathlib import Path

import pytest

from matcher.accounts.desk import Event
from matcher.accounts.logged import noted_by
from matcher.assemble import accounts, decision_log
from matcher.ledger.lines import Entry
from matcher.storage.open import open_store


def test_an_invitation_is_two_lines_that_hold_together(tmp_path: Path) -> None:
    with open_store(None, tmp_path) as store:
        link = accounts(store, tmp_path).links.invite(name="Maja Testesen", email="maja@example.org", role="analyst")
        log = decision_log(store, tmp_path)
        lines = list(log.lines())

        assert [(line.kind, line.facts["event"]) for line in lines] == [
            ("account", "invited"),
            ("account", "link_made"),
        ]
        assert [line.facts["account"] for line in lines] == [link.account.id] * 2
        assert "aja" not in "".join(line.content for line in lines)
        assert [line.number for line in log.about("account", link.account.id)] == [2, 1]
        assert log.verify().ok


@pytest.mark.parametrize(
    ("event", "kinds"),
    [
        (Event(kind="login", account="a1"), ["login"]),
        (Event(kind="login_refused", account="a1"), ["login"]),
        (Event(kind="login_refused", account=""), []),
        (Event(kind="key_made", account="a1", by="a2", details={"key": "k1"}), ["account"]),
    ],
)
def test_strangers_cannot_fill_the_log(event: Event, kinds: list[str]) -> None:
    entries: list[Entry] = []

    noted_by(entries.append)(event)

    assert [entry.kind for entry in entries] == kinds
