import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
from index.errors import DamagedIndex, IndexProblem, MissingIndex, StaleIndex
from index.manifest import Manifest, current, only_current, publish
from tests.index.builders import documents

MANIFEST = Manifest(encoder="e5@abc", dimension=32, count=1, generation=7)


def writing(content: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "a.bin").write_text(content, encoding="utf-8")
        (folder / "below").mkdir()
        (folder / "below" / "b.bin").write_text(content * 1000, encoding="utf-8")

    return write


def published(root: Path, content: str = "first") -> Path:
    return publish(root, writing(content), MANIFEST)


def builds(root: Path) -> list[str]:
    return sorted(path.name for path in root.glob("build-*"))


def test_what_was_published_is_current_with_its_manifest(tmp_path: Path) -> None:
    build = published(tmp_path / "not" / "there yet")

    found, manifest = current(tmp_path / "not" / "there yet", encoder="e5@abc", dimension=32, generation=7)

    assert found == build
    assert (found / "a.bin").read_text(encoding="utf-8") == "first"
    assert replace(manifest, files={}) == MANIFEST
    assert {name: stamp.size for name, stamp in manifest.files.items()} == {"a.bin": 5, "below/b.bin": 5000}
    assert manifest.made_with["numpy"] == np.__version__


def test_a_dense_index_is_published_and_opened(tmp_path: Path) -> None:
    index = DenseIndex.build(32, documents(20).items())
    publish(tmp_path, index.save, MANIFEST)

    assert DenseIndex.open(current(tmp_path)[0]).ids == index.ids


def test_where_nothing_was_published_the_index_is_missing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(MissingIndex, match="build one"):
            current(folder)


def test_every_build_but_the_current_one_can_be_removed(tmp_path: Path) -> None:
    published(tmp_path)
    build = published(tmp_path, "second")

    only_current(tmp_path)

    assert builds(tmp_path) == [build.name]
    assert current(tmp_path)[0] == build


def test_the_build_before_stays_and_older_ones_go(tmp_path: Path) -> None:
    made = [published(tmp_path, content).name for content in ("first", "second", "third")]

    assert builds(tmp_path) == made[1:]
    assert current(tmp_path)[0].name == made[2]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [({"encoder": "other"}, "encoder"), ({"dimension": 33}, "dimension"), ({"generation": 8}, "generation")],
)
def test_an_index_made_for_something_else_is_stale(wanted: dict[str, object], field: str, tmp_path: Path) -> None:
    published(tmp_path)

    with pytest.raises(StaleIndex, match=field) as refusal:
        current(tmp_path, **wanted)  # type: ignore[arg-type]

    assert (refusal.value.field, refusal.value.wanted) == (field, wanted[field])


def test_an_index_of_another_format_is_stale_even_if_its_manifest_has_other_fields(tmp_path: Path) -> None:
    publish(tmp_path, writing("x"), replace(MANIFEST, format=2))

    with pytest.raises(StaleIndex, match="format 2, but 1"):
        current(tmp_path)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def swap_for_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [truncate, flip_a_bit, Path.unlink, swap_for_a_folder])
@pytest.mark.parametrize("file", ["a.bin", "below/b.bin", "manifest.json"])
def test_a_file_that_was_harmed_is_found(harm: Callable[[Path], None], file: str, tmp_path: Path) -> None:
    harm(published(tmp_path) / file)

    with pytest.raises(DamagedIndex, match=Path(file).name):
        current(tmp_path)


def test_without_reading_contents_only_names_and_sizes_are_compared(tmp_path: Path) -> None:
    build = published(tmp_path)
    flip_a_bit(build / "a.bin")
    assert current(tmp_path, contents=False)[0] == build

    truncate(build / "a.bin")
    with pytest.raises(DamagedIndex, match=r"a\.bin.*4 bytes instead of 5"):
        current(tmp_path, contents=False)


def test_a_foreign_file_is_found(tmp_path: Path) -> None:
    (published(tmp_path) / "below" / "c.bin").touch()

    with pytest.raises(DamagedIndex, match=r"below/c\.bin.*foreign"):
        current(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "build-1", "build-1 " + "0" * 64 + "\n", "../../etc " + "0" * 64 + "\n", "\xff\x00"]
)
def test_a_pointer_that_names_no_published_build_is_damage_and_the_next_build_mends_it(
    text: str, tmp_path: Path
) -> None:
    published(tmp_path)
    (tmp_path / "CURRENT").write_text(text, encoding="latin-1")

    with pytest.raises(DamagedIndex):
        current(tmp_path)
    build = published(tmp_path, "second")

    assert current(tmp_path)[0] == build


def test_a_manifest_with_other_fields_is_damage(tmp_path: Path) -> None:
    for number, content in enumerate(({"files": {}}, {"files": 3}, {"files": {"a": {"size": 1}}}, {}, [1])):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(DamagedIndex, match="json"):
            Manifest.read(path)


def test_a_build_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    build = published(tmp_path)

    def write(folder: Path) -> None:
        writing("half")(folder)
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        publish(tmp_path, write, MANIFEST)

    assert current(tmp_path)[0] == build
    assert builds(tmp_path) == [build.name]


def test_a_reader_whose_build_was_removed_meanwhile_reads_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path)
    pending = ["second", "third"]
    plain_rglob = Path.rglob

    def rglob(path: Path, pattern: str) -> object:
        found = list(plain_rglob(path, pattern))
        while pending and path.name == "build-1":
            content = pending.pop(0)
            published(tmp_path, content)
        return found

    monkeypatch.setattr(Path, "rglob", rglob)

    build, _ = current(tmp_path)

    assert build.name == "build-3"
    assert (build / "a.bin").read_text(encoding="utf-8") == "third"


PUBLISH_AND_DIE = """
import os, signal, sys
from pathlib import Path
from index.manifest import publish
from tests.index.test_manifest import MANIFEST, writing

step, calls = int(sys.argv[2]), 0

def dying(plain):
    def call(*arguments, **named):
        global calls
        calls += 1
        if calls == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(*arguments, **named)
    return call

for name in ("open", "fsync", "replace", "rename", "mkdir", "rmdir", "unlink"):
    setattr(os, name, dying(getattr(os, name)))

publish(Path(sys.argv[1]), writing("second"), MANIFEST)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_build_and_the_next_publish_cleans_up(tmp_path: Path) -> None:
    seen = set()
    for step in range(1, 60):
        root = tmp_path / str(step)
        for content in ("oldest", "first"):
            published(root, content)
        child = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, str(root), str(step)], timeout=60)

        content = (current(root)[0] / "a.bin").read_text(encoding="utf-8")
        seen.add((child.returncode, content))
        assert content in ("first", "second")
        last = published(root, "third")
        assert current(root)[0] == last
        assert len(builds(root)) == 2
        if child.returncode == 0:
            break

    assert seen == {(-9, "first"), (-9, "second"), (0, "second")}


def test_a_kill_while_the_files_are_written_leaves_the_build_before(tmp_path: Path) -> None:
    build = published(tmp_path)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom index.manifest import publish\n"
        "from tests.index.test_manifest import MANIFEST, writing\n"
        "publish(Path(sys.argv[1]), lambda folder: (writing('half')(folder), os.kill(os.getpid(), 9)), MANIFEST)"
    )

    child = subprocess.run([sys.executable, "-c", code, str(tmp_path)], timeout=60)

    assert child.returncode == -9
    assert current(tmp_path)[0] == build
    assert len(builds(tmp_path)) == 2
    after = published(tmp_path, "third")
    assert builds(tmp_path) == sorted([build.name, after.name])


PUBLISH_MANY = """
import sys
from pathlib import Path
from index.manifest import current, publish
from tests.index.test_manifest import MANIFEST, writing

for number in range(6):
    publish(Path(sys.argv[1]), writing(f"{sys.argv[2]}-{number}"), MANIFEST)
    current(Path(sys.argv[1]))
"""


def test_two_writers_at_once_each_publish_whole_builds(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", PUBLISH_MANY, str(tmp_path), name]) for name in ("one", "two")]
    looks = 0
    while any(writer.poll() is None for writer in writers):
        try:
            build, _ = current(tmp_path)
            looks += 1
        except MissingIndex:
            continue
        assert build.name.startswith("build-")

    assert [writer.wait(60) for writer in writers] == [0, 0]
    build, _ = current(tmp_path)
    assert build.name == "build-12"
    assert builds(tmp_path) == ["build-11", "build-12"]
    assert (build / "a.bin").read_text(encoding="utf-8") in ("one-5", "two-5")
    assert looks > 0


def test_every_refusal_is_an_index_problem() -> None:
    assert all(issubclass(kind, IndexProblem) for kind in (MissingIndex, StaleIndex, DamagedIndex))
