"""Reads documents and sheets in a child process that a hostile file may kill, starve or take over without harm.

The child gets bytes and gives JSON: it opens no files, and what it answers is checked before it is believed.
"""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import Self

from matcher.errors import UnreadableFile
from matcher.ingest import limits
from matcher.ingest.answers import parsed_of, rows_of
from matcher.ingest.frames import OUT_OF_MEMORY, Broken, Task, receive, send
from matcher.ingest.parsed import NumberedRow, Parsed

_ROOT = Path(__file__).parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
"""Variables of the environment that the child may see: no settings, no passwords."""
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""openpyxl imports numpy, whose threads want more address space on a machine of many cores than the child has."""
_MEMORY_DEATHS = {OUT_OF_MEMORY, *(-died for died in (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGKILL))}
"""How a child ends that gets no memory: it says so, its parser aborts or traps, or the kernel kills it."""

_DYING_SECONDS = 5
"""Time for the kernel to clear away a child that has closed its pipe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one document may cost."""

    memory_bytes: int = limits.MEMORY_BYTES
    cpu_seconds: float = limits.CPU_SECONDS
    wall_seconds: float = limits.WALL_SECONDS


class Sandbox:
    """One child process that parses documents; replaced when a file kills it. Safe to share between threads."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        self._lock = Lock()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, path: Path) -> Parsed:
        """Read one file, or raise `matcher.errors.UnreadableFile` with `file` as the path was given."""
        return self.parse_bytes(str(path), _content(path))

    def parse_bytes(self, name: str, data: bytes) -> Parsed:
        """Read a document already in memory; `name` (with its extension) is what messages call it."""
        if len(data) > limits.FILE_BYTES:
            raise _too_large(name, len(data))
        with self._lock:
            answer = self._ask(name, data, "document")
            if answer.get("recognisable") is True:
                answer = self._ask(name, data, "scan")
        return parsed_of(name, answer)

    def sheet(self, name: str, data: bytes) -> list[NumberedRow]:
        """Return the filled rows of an Excel file's first filled sheet, each with its number."""
        if len(data) > limits.FILE_BYTES:
            raise _too_large(name, len(data))
        with self._lock:
            answer = self._ask(name, data, "sheet")
        return rows_of(name, answer)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._discard()

    def _ask(self, name: str, data: bytes, task: Task) -> Mapping[str, object]:
        """Let the child read a file; a child that ran out of memory or died is not asked again."""
        if self._child is None or self._child.is_spent:
            self._discard()
            self._child = _Child(self._budget.memory_bytes)
        cpu = limits.OCR_SECONDS if task == "scan" else self._budget.cpu_seconds
        wall = limits.OCR_SECONDS if task == "scan" else self._budget.wall_seconds
        request = {"name": name, "seconds": cpu, "task": task}
        try:
            answer = self._child.ask(request, data, wall_seconds=wall)
        except _Died as death:
            self._discard()
            return {"refused": death.reason, "values": {"seconds": round(wall)}}
        except BaseException:  # interrupted between question and answer: the next one would get this one's
            self._discard()
            raise
        if answer.get("refused") == "too_much_memory":
            self._discard()
        return answer

    def _discard(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Died(Exception):
    """The child is gone; `reason` is the refusal that fits how it went."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class _Child:
    """The process, its pipes and what it has done so far."""

    def __init__(self, memory_bytes: int) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._served = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-B", "-m", "matcher.ingest.worker", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**environment, **_ONE_THREAD, "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )

    @property
    def is_spent(self) -> bool:
        """Whether it has died or has read so many documents that a new one is better."""
        return self._served >= limits.FILES_PER_CHILD or self._process.poll() is not None

    def ask(self, request: Mapping[str, object], data: bytes, *, wall_seconds: float) -> Mapping[str, object]:
        """Send a document and return the answer, or raise `_Died`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = Timer(wall_seconds + (0 if self._served else limits.START_SECONDS), self._end)
        late.start()
        try:
            send(self._process.stdin, request, data)
            answer, _ = receive(self._process.stdout, limit=limits.ANSWER_BYTES)
        except (Broken, OSError) as error:
            raise _Died(self._reason(timed_out=not late.is_alive())) from error
        finally:
            late.cancel()
            late.join()
        self._served += 1
        return answer

    def kill(self) -> None:
        """End the process and close its pipes."""
        self._end()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:  # what was left to write is for nobody
                continue

    def _end(self) -> None:
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _reason(self, *, timed_out: bool) -> str:
        if timed_out:
            return "too_slow"
        try:
            code = self._process.wait(timeout=_DYING_SECONDS)
        except subprocess.TimeoutExpired:  # it lives, but what it says is no answer
            return "parser_crashed"
        if code == -signal.SIGXCPU:
            return "too_slow"
        return "too_much_memory" if code in _MEMORY_DEATHS else "parser_crashed"


def _content(path: Path) -> bytes:
    """Return a file's bytes, or refuse what is no file, cannot be opened, or is too large to be read at all."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableFile("is_folder", file=path)
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("no_file", file=path)
        if found.st_size > limits.FILE_BYTES:
            raise _too_large(str(path), found.st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("not_found", file=path) from error
    except PermissionError as error:
        raise UnreadableFile("no_permission", file=path) from error
    except OSError as error:
        raise UnreadableFile("no_reading", file=path, why=error.strerror) from error


def _too_large(name: str, size: int) -> UnreadableFile:
    megabytes = -(-size // limits.MEGABYTE)
    return UnreadableFile("too_large", file=name, size=megabytes, limit=limits.FILE_BYTES // limits.MEGABYTE)
