"""Keeps the indexes in step with the database: the database is the truth, an index can always be built again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from shutil import rmtree

from filelock import FileLock

from index.errors import IndexProblem
from index.manifest import Manifest, current, only_current, publish
from matcher.competences.version import reading_version
from matcher.embedding import embed, rows_of
from matcher.errors import UnknownId
from matcher.home import writing
from matcher.pool import Pool, Rows
from matcher.ports import Encoder, Store
from matcher.records import Kind, Record
from matcher.reference.cohort import Cohort

Progress = Callable[[str, int, int], None]
"""Told (what, done, total) while something long goes on."""

INDEXED: tuple[Kind, ...] = ("candidate", "posting", "employer")
LOCK = "index.lock"
STALE = -1
"""A generation that no database has."""

ENCODED_AT_ONCE = 16
"""Documents encoded and stored in one go: what a kill can cost at most."""


class Indexes:
    """The pools of one home, read from disk and brought up to date with the store before they are used."""

    def __init__(self, home: Path, *, store: Store, encoder: Encoder, cohort: Cohort, flat_limit: int) -> None:
        self._root = home / "index"
        self._lock = FileLock(home / LOCK)
        self._store = store
        self._encoder = encoder
        self._cohort = cohort
        self._flat_limit = flat_limit
        self._generation = STALE
        self._waiting: tuple[int, Mapping[Kind, frozenset[str]]] = (STALE, {})
        self._pools: dict[Kind, Pool] = {}

    @property
    def generation(self) -> int:
        """The change of the records that the pools were built at."""
        return self._generation

    def waiting(self) -> Mapping[Kind, frozenset[str]]:
        """Ids of records that are new or changed since the pools were built; found once for each change."""
        generation = self._store.generation()
        if generation == self._generation:
            return {}
        if self._waiting[0] != generation:
            self._waiting = (generation, {kind: frozenset(self._unread(kind)) for kind in INDEXED})
        return self._waiting[1]

    def read_ahead(self, most: int = ENCODED_AT_ONCE) -> int:
        """Read up to `most` waiting records, for `refresh` to find ready; returns how many are left then.

        The lock is held for that long only, so that an erasure, or another process, waits no longer.
        """
        with writing(self._root), self._lock:
            left = most
            unread = {kind: self._unread(kind) for kind in INDEXED}
            for kind, digests in unread.items():
                now = dict(islice(digests.items(), left))
                self._encode(kind, now)
                left -= len(now)
        return sum(map(len, unread.values())) - (most - left)

    def pool(self, kind: Kind) -> Pool:
        """Return the pool of a kind as `refresh` left it."""
        return self._pools[kind]

    def refresh(self, progress: Progress | None = None) -> bool:
        """Bring the pools up to date with the store; True if anything had to be built. Damaged files are built anew."""
        if self._generation == self._store.generation():
            return False
        if self._read(self._store.generation()):
            return False
        with writing(self._root), self._lock:
            generation = self._store.generation()
            if self._read(generation):
                return False
            for kind in INDEXED:
                self._encode(kind, self._unread(kind), progress)
            pools = self._previous()
            outdated = [self._update(kind, pools[kind], progress) for kind in INDEXED]
            publish(self._root, lambda folder: _write(folder, pools), self._manifest(generation, pools))
            if any(outdated):
                only_current(self._root)  # the build before still holds what was deleted or replaced
            self._pools, self._generation = pools, generation
        return True

    def _manifest(self, generation: int, pools: dict[Kind, Pool]) -> Manifest:
        return Manifest(
            encoder=self._version,
            dimension=self._encoder.dimension,
            count=sum(len(pool.ids) for pool in pools.values()),
            generation=generation,
        )

    @property
    def _version(self) -> str:
        return f"{self._encoder.fingerprint}+{self._cohort.version}"

    @property
    def _made_with(self) -> str:
        """What passages depend on: with another encoder, or read in another way, they are made anew."""
        return f"{self._encoder.fingerprint}+{reading_version()}"

    def _read(self, generation: int) -> bool:
        found = self._open(generation)
        if found is not None:
            self._pools, self._generation = found, generation
        return found is not None

    def _previous(self) -> dict[Kind, Pool]:
        """The last pools built with this encoder, at whatever generation; empty ones if none can be trusted."""
        return self._open(None) or {kind: self._empty() for kind in INDEXED}

    def _open(self, generation: int | None) -> dict[Kind, Pool] | None:
        """The pools on disk, or None if they are stale, damaged, or removed by another process while they are read."""
        try:
            folder, _ = current(
                self._root, encoder=self._version, dimension=self._encoder.dimension, generation=generation
            )
            return {kind: Pool.open(folder / kind) for kind in INDEXED}
        except (IndexProblem, OSError):
            return None

    def _empty(self) -> Pool:
        return Pool.empty(self._encoder.dimension, columns=self._cohort.vectoriser.columns, flat_limit=self._flat_limit)

    def _unread(self, kind: Kind) -> dict[str, bytes]:
        """Records without passages and vectors of what they say now, by id, with the digest of what they say."""
        digests, indexed = self._store.digests(kind), self._store.indexed(kind, self._made_with)
        return {id: digests[id] for id in sorted(digests) if indexed.get(id) != digests[id]}

    def _encode(self, kind: Kind, waiting: Mapping[str, bytes], progress: Progress | None = None) -> None:
        """Give records passages and vectors; done in small steps, so that a kill loses little."""
        made_with = self._made_with
        for done, ids in _batches(waiting, ENCODED_AT_ONCE):
            if progress:
                progress(f"encode.{kind}", done, len(waiting))
            records = list(self._present(kind, ids))
            corrections = self._store.corrections(kind, ids)
            made = embed(records, self._encoder, known=self._store.vectors, corrections=corrections)
            for record, (passages, vectors) in zip(records, made, strict=True):
                self._store.save_passages(
                    kind,
                    record.id,
                    digest=waiting[record.id],
                    encoder=made_with,
                    passages=passages,
                    vectors=vectors,
                )
        if progress and waiting:
            progress(f"encode.{kind}", len(waiting), len(waiting))

    def _update(self, kind: Kind, pool: Pool, progress: Progress | None) -> bool:
        """Bring one pool up to date; True if it held something that is gone or replaced now."""
        indexed = self._store.indexed(kind, self._made_with)
        gone = [id for id in pool.ids if id not in indexed]
        changed = [id for id in sorted(indexed) if pool.digests.get(id) != indexed[id]]
        outdated = bool(gone) or any(id in pool.position for id in changed)
        pool.remove(gone)
        documents: list[tuple[Rows, bytes]] = []
        for done, record in enumerate(self._present(kind, changed)):
            rows = self._rows(kind, record)
            if rows is not None:
                documents.append((rows, indexed[record.id]))
            if progress and done % ENCODED_AT_ONCE == 0:
                progress(f"index.{kind}", done, len(changed))
        pool.replace(documents)
        if progress and changed:
            progress(f"index.{kind}", len(changed), len(changed))
        return outdated

    def _present(self, kind: Kind, ids: Iterable[str]) -> Iterator[Record]:
        """Records that still exist; one that another process deletes meanwhile is left to the next refresh."""
        for id in ids:
            with suppress(UnknownId):
                yield self._store.get(kind, id)

    def _rows(self, kind: Kind, record: Record) -> Rows | None:
        """The rows of a record, or None if another process changed it meanwhile: the next refresh takes it."""
        passages = self._store.passages(kind, record.id)
        vectors = self._store.vectors([passage.key for passage in passages])
        if not passages or any(passage.key not in vectors for passage in passages):
            return None
        return self._cohort.with_norms(rows_of(record, passages, vectors, self._cohort.vectoriser), of=kind)


def forget(home: Path, kind: Kind, id: str) -> None:
    """Take one record out of the index on disk, whatever encoder built it, and remove the builds that still held it.

    The index is stale afterwards like after any change; the next `refresh` finds all but the changes ready.
    """
    root = home / "index"
    with writing(root), FileLock(home / LOCK):
        try:
            folder, manifest = current(root)
            pools = {kind: Pool.open(folder / kind) for kind in INDEXED}
        except (IndexProblem, OSError):
            rmtree(root, ignore_errors=True)
            return
        if id not in pools[kind].position:
            only_current(root)
            return
        pools[kind].remove([id])
        publish(root, lambda folder: _write(folder, pools), replace(manifest, generation=STALE, files={}))
        only_current(root)


def _write(folder: Path, pools: dict[Kind, Pool]) -> None:
    for kind, pool in pools.items():
        (folder / kind).mkdir()
        pool.save(folder / kind)


def _batches(ids: Iterable[str], size: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield (how many went before, the next `size` ids)."""
    rest, done = iter(ids), 0
    while block := list(islice(rest, size)):
        yield done, block
        done += len(block)
