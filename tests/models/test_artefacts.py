from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from models.artefacts import SMALL, condemn, open_artefact, publish
from models.errors import DamagedArtefactError

SMALL_FILE, LARGE_FILE = "facts.txt", "deep/weights.bin"


def builder(word: str = "first") -> Callable[[Path], Mapping[str, object]]:
    def build(folder: Path) -> Mapping[str, object]:
        (folder / SMALL_FILE).write_text(word)
        (folder / LARGE_FILE).parent.mkdir()
        (folder / LARGE_FILE).write_bytes(bytes(SMALL + 1))
        return {"word": word}

    return build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return publish(tmp_path / "models" / "built", builder()).folder


def test_what_was_built_can_be_opened_with_its_facts(folder: Path) -> None:
    artefact = open_artefact(folder)

    assert artefact.facts == {"word": "first"}
    assert sorted(artefact.files) == [LARGE_FILE, SMALL_FILE]
    artefact.verify(artefact.files)


def test_building_again_replaces_the_folder_and_leaves_nothing_behind(folder: Path) -> None:
    publish(folder, builder("second"))

    assert open_artefact(folder).facts == {"word": "second"}
    assert [path.name for path in folder.parent.iterdir()] == ["built"]


def test_the_same_content_has_the_same_checksum_and_other_content_another(folder: Path, tmp_path: Path) -> None:
    same = publish(tmp_path / "same", builder())
    other = publish(tmp_path / "other", builder("other"))
    names = [SMALL_FILE, LARGE_FILE]

    assert open_artefact(folder).checksum(names) == same.checksum(names) != other.checksum(names)


def test_a_build_that_fails_leaves_the_folder_as_it_was(folder: Path) -> None:
    def failing(empty: Path) -> Mapping[str, object]:
        (empty / "half").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        publish(folder, failing)

    assert open_artefact(folder).facts == {"word": "first"}
    assert [path.name for path in folder.parent.iterdir()] == ["built"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    for state in ("building", "replaced"):
        (tmp_path / f".built.{state}" / "deep").mkdir(parents=True)

    publish(tmp_path / "built", builder())

    assert [path.name for path in tmp_path.iterdir()] == ["built"]


def test_a_missing_folder_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedArtefactError, match="manifest"):
        open_artefact(tmp_path / "nowhere")


def test_a_missing_file_is_noticed(folder: Path) -> None:
    (folder / LARGE_FILE).unlink()

    with pytest.raises(DamagedArtefactError, match=r"weights\.bin is missing"):
        open_artefact(folder)


def test_a_truncated_large_file_is_noticed_when_opened(folder: Path) -> None:
    (folder / LARGE_FILE).write_bytes(bytes(SMALL))

    with pytest.raises(DamagedArtefactError, match=f"not {SMALL + 1} bytes"):
        open_artefact(folder)


def test_a_changed_small_file_is_noticed_when_opened(folder: Path) -> None:
    (folder / SMALL_FILE).write_text("fjrst")

    with pytest.raises(DamagedArtefactError, match=r"checksum of facts\.txt"):
        open_artefact(folder)


def test_a_flipped_bit_in_a_large_file_is_noticed_when_verified(folder: Path) -> None:
    (folder / LARGE_FILE).write_bytes(bytes(SMALL) + b"\1")
    artefact = open_artefact(folder)

    with pytest.raises(DamagedArtefactError, match=r"checksum of deep/weights\.bin"):
        artefact.verify([LARGE_FILE])


@pytest.mark.parametrize("content", ["", "{}", '{"body": 1, "sha256": 2}', "[1]", "\0"])
def test_a_manifest_of_another_shape_is_damage(folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content)

    with pytest.raises(DamagedArtefactError, match="manifest"):
        open_artefact(folder)


def test_a_manifest_that_was_edited_is_damage(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"first"', '"third"'))

    with pytest.raises(DamagedArtefactError, match="has changed"):
        open_artefact(folder)


def test_a_condemned_folder_counts_as_not_built(folder: Path) -> None:
    condemn(folder)
    condemn(folder)

    with pytest.raises(DamagedArtefactError, match="manifest"):
        open_artefact(folder)
