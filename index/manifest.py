"""Publishing a built index so that a reader finds a whole one or none, and knows what it was built from.

A root folder holds `build-<n>` folders and the file CURRENT, which names one of them with the checksum of its manifest.
A build is written and synced first, then CURRENT is replaced by a rename; the build before stays for those who read it.
"""

import hashlib
import os
import platform
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from index.errors import DamagedIndex, MissingIndex, StaleIndex
from index.files import read_json, write_json

FORMAT = 1
MANIFEST = "manifest.json"
CURRENT = "CURRENT"
_POINTER = re.compile(r"build-(\d+) ([0-9a-f]{64})\n")
_BUILD = re.compile(r"build-(\d+)")


def versions() -> dict[str, str]:
    """Return the versions of what writes an index, for whoever has to find out why two of them differ."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for package in ("numpy", "faiss-cpu"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "unknown"
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """Read the file and stamp it."""
        with path.open("rb") as file:
            return cls(size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an index was built from, and its files. `publish` fills in `files`, by path below the build."""

    encoder: str
    dimension: int
    count: int
    generation: int
    format: int = FORMAT
    made_with: Mapping[str, str] = field(default_factory=versions)
    files: Mapping[str, Stamp] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Read a manifest; one without the fields of this version is damaged."""
        content = read_json(path)
        try:
            files = {name: Stamp(**stamp) for name, stamp in content.pop("files").items()}
            return cls(**content, files=files)
        except (AttributeError, KeyError, TypeError) as error:
            raise DamagedIndex(file=path.name, why=repr(error)) from error


def publish(root: Path, write: Callable[[Path], None], manifest: Manifest) -> Path:
    """Let `write` fill a new folder, then make it the current build; return the folder.

    One writer at a time, others wait. If `write` raises or the process is killed, the current build stays what it was.
    """
    from filelock import FileLock

    root.mkdir(parents=True, exist_ok=True)
    with FileLock(root / "publish.lock"):
        before = _named(root)
        numbers = _builds(root)
        _remove(root, [n for n in numbers if before is not None and n > before])
        number = max([0, *numbers]) + 1
        build = root / f"build-{number}"
        try:
            build.mkdir()
            write(build)
            files = {name: Stamp.of(build / name) for name in _files(build)}
            write_json(build / MANIFEST, asdict(replace(manifest, files=files)))
            _sync(build)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        _point(root, build)
        _remove(root, [n for n in numbers if n != before])
        return build


def only_current(root: Path) -> None:
    """Remove every build but the current one, for whoever has to know that older content is gone from the disk."""
    from filelock import FileLock

    with FileLock(root / "publish.lock"):
        _remove(root, [number for number in _builds(root) if number != _named(root)])


def current(
    root: Path,
    *,
    encoder: str | None = None,
    dimension: int | None = None,
    generation: int | None = None,
    contents: bool = True,
) -> tuple[Path, Manifest]:
    """Return the current build and its manifest once both are proven whole and built for what is wanted.

    `contents=False` compares only names and sizes; with it every byte is read (about 1 GB/s). Raises `MissingIndex`,
    `DamagedIndex` or `StaleIndex`.
    """
    wanted = {"format": FORMAT, "encoder": encoder, "dimension": dimension, "generation": generation}
    while True:
        pointer = _pointer(root)
        try:
            return _verified(root, pointer, wanted, contents=contents)
        except FileNotFoundError as error:
            problem = DamagedIndex(file=Path(error.filename).name, why="it is missing")
        except DamagedIndex as error:
            problem = error
        if pointer == _pointer(root):
            raise problem
        # otherwise the build was removed because newer ones came: read the newest


def _verified(root: Path, pointer: str, wanted: Mapping[str, object], *, contents: bool) -> tuple[Path, Manifest]:
    match = _POINTER.fullmatch(pointer)
    if match is None:
        raise DamagedIndex(file=CURRENT, why="it does not name a build")
    build = root / f"build-{match[1]}"
    path = build / MANIFEST
    if not path.is_file() or Stamp.of(path).sha256 != match[2]:
        raise DamagedIndex(file=MANIFEST, why="it is missing or not the one that was published")
    _check_wanted(read_json(path), wanted)
    manifest = Manifest.read(path)
    _check_files(build, manifest, contents=contents)
    return build, manifest


def _check_wanted(found: Mapping[str, Any], wanted: Mapping[str, object]) -> None:
    for name, value in wanted.items():
        if value is not None and found.get(name) != value:
            raise StaleIndex(field=name, found=found.get(name), wanted=value)


def _check_files(build: Path, manifest: Manifest, *, contents: bool) -> None:
    there = set(_files(build)) - {MANIFEST}
    if odd := sorted(there ^ set(manifest.files)):
        raise DamagedIndex(file=odd[0], why="it is foreign" if odd[0] in there else "it is missing")
    for name, stamp in manifest.files.items():
        size = (build / name).stat().st_size
        if size != stamp.size:
            raise DamagedIndex(file=name, why=f"it has {size} bytes instead of {stamp.size}")
        if contents and Stamp.of(build / name) != stamp:
            raise DamagedIndex(file=name, why="its content has changed")


def _pointer(root: Path) -> str:
    try:
        return (root / CURRENT).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError as error:
        raise MissingIndex(str(root)) from error


def _named(root: Path) -> int | None:
    """Number of the build that CURRENT names; None before the first build or if CURRENT is damaged."""
    path = root / CURRENT
    match = _POINTER.fullmatch(_pointer(root)) if path.is_file() else None
    return int(match[1]) if match else None


def _builds(root: Path) -> list[int]:
    return [int(match[1]) for path in root.iterdir() if (match := _BUILD.fullmatch(path.name))]


def _remove(root: Path, numbers: list[int]) -> None:
    for number in numbers:
        shutil.rmtree(root / f"build-{number}", ignore_errors=True)


def _files(build: Path) -> list[str]:
    return sorted(path.relative_to(build).as_posix() for path in build.rglob("*") if not path.is_dir())


def _point(root: Path, build: Path) -> None:
    new = root / f"{CURRENT}.new"
    new.write_text(f"{build.name} {Stamp.of(build / MANIFEST).sha256}\n", encoding="utf-8")
    _sync_one(new)
    new.replace(root / CURRENT)
    _sync_one(root)


def _sync(build: Path) -> None:
    for path in [*build.rglob("*"), build]:
        _sync_one(path)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
