"""The secret is made once, and only its owner reads it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.auth.secret import BYTES, FILE, secret_of
from matcher.errors import HomeNotWritable, InvalidSetting


def test_the_first_start_makes_it_and_later_ones_find_it(tmp_path: Path) -> None:
    home = tmp_path / "home"

    secret = secret_of(home)

    assert len(secret) == BYTES
    assert secret_of(home) == secret
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [FILE]


def test_no_two_homes_share_one(tmp_path: Path) -> None:
    assert secret_of(tmp_path / "a") != secret_of(tmp_path / "b")


def test_starts_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret_of(tmp_path), range(32)))) == 1


def test_one_that_others_could_read_is_closed_again(tmp_path: Path) -> None:
    secret = secret_of(tmp_path)
    (tmp_path / FILE).chmod(0o644)

    assert secret_of(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"q7x"])
def test_one_that_is_too_short_is_refused_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(InvalidSetting, match="remove it") as refusal:
        secret_of(tmp_path)

    assert "q7x" not in str(refusal.value)


def test_a_home_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(HomeNotWritable):
        secret_of(tmp_path / "file" / "home")
