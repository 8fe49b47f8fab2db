"""Folders of built files that are whole or not there: written aside, synced, renamed, and checked when read.

`manifest.json` holds size and SHA-256 of every file and a checksum of its own. Opening a folder checks the manifest,
all sizes and the content of files up to a megabyte, in a millisecond; `verify` reads the large ones too, a tenth of a
second for each 100 MB, and is for whoever loads them.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import DamagedArtefactError

MANIFEST = "manifest.json"
SMALL = 1 << 20
"""Files up to this many bytes are read whenever their folder is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Artefact:
    """A built folder as its manifest describes it: `facts` of the builder, `files` by path below `folder`."""

    folder: Path
    facts: Mapping[str, Any]
    files: Mapping[str, Stamp]

    def verify(self, names: Iterable[str]) -> None:
        """Read these files whole; DamagedArtefactError if one is not as it was written."""
        for name in names:
            if _checksum(self.folder / name) != self.files[name].sha256:
                raise DamagedArtefactError(self.folder, f"the checksum of {name} differs from {MANIFEST}")

    def checksum(self, names: Iterable[str]) -> str:
        """Return one SHA-256 over the manifest's checksums of these files."""
        return hashlib.sha256("\n".join(self.files[name].sha256 for name in names).encode()).hexdigest()


def publish(folder: Path, build: Callable[[Path], Mapping[str, Any]]) -> Artefact:
    """Let `build` fill a new folder beside `folder` and return its facts, then put it in `folder`'s place.

    Whatever happens before the rename leaves `folder` as it was. Callers see to it that one process builds at a time:
    then left-overs of a killed one can be cleared away here.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    building, replaced = (folder.with_name(f".{folder.name}.{state}") for state in ("building", "replaced"))
    for leftover in (building, replaced):
        shutil.rmtree(leftover, ignore_errors=True)
    building.mkdir()
    try:
        _write_manifest(building, build(building))
        _sync(building)
        if folder.exists():
            folder.rename(replaced)
        building.rename(folder)
        _sync_entry(folder.parent)
    finally:
        for leftover in (building, replaced):
            shutil.rmtree(leftover, ignore_errors=True)
    return open_artefact(folder)


def open_artefact(folder: Path) -> Artefact:
    """Return what the manifest says after the quick check; DamagedArtefactError if anything is missing or short."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        body, checksum = content["body"], content["sha256"]
        if _body_checksum(body) != checksum:
            raise DamagedArtefactError(folder, f"{MANIFEST} has changed since it was written")
        files = {name: Stamp(**stamp) for name, stamp in body["files"].items()}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise DamagedArtefactError(folder, f"{MANIFEST} cannot be read ({problem})") from problem
    for name, stamp in files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != stamp.size:
            raise DamagedArtefactError(folder, f"{name} is missing or not {stamp.size} bytes long")
    artefact = Artefact(folder, body["facts"], files)
    artefact.verify(name for name, stamp in files.items() if stamp.size <= SMALL)
    return artefact


def condemn(folder: Path) -> None:
    """Take a folder out of use: without its manifest it counts as not built, and its builder builds it again."""
    (folder / MANIFEST).unlink(missing_ok=True)


def _write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": _checksum(path)} for path in paths
    }
    body = {"facts": dict(facts), "files": files}
    text = json.dumps({"body": body, "sha256": _body_checksum(body)}, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _body_checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Bring every file and folder below to the disk."""
    for path in sorted(folder.rglob("*")):
        _sync_entry(path)
    _sync_entry(folder)


def _sync_entry(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
