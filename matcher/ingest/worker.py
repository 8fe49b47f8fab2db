"""The child process: `python -m matcher.ingest.worker MEMORY_BYTES` reads documents from stdin, answers on stdout.

It gives up what it does not need before the first document: memory beyond the limit, processor time beyond each
document's, files it could write. It knows no settings and no database.
"""

import math
import os
import resource
import sys
from typing import BinaryIO

from matcher.ingest.frames import OUT_OF_MEMORY, Broken, receive, send
from matcher.ingest.limits import FILE_BYTES
from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers import sheet
from matcher.ingest.readers.registry import read_document

_OPEN_FILES = 64


def main() -> None:
    """Answer one request after the other until the parent closes the pipe."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is not taken for an answer
    _confine(memory_bytes=int(sys.argv[1]))
    try:
        while _serve(sys.stdin.buffer, answers):
            pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # an orderly end needs memory too


def _confine(*, memory_bytes: int) -> None:
    for what, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(what, (limit, limit))


def _serve(requests: BinaryIO, answers: BinaryIO) -> bool:
    """Answer one request; return False when there are no more."""
    try:
        request, data = receive(requests, limit=FILE_BYTES + 1)
    except Broken:
        return False
    seconds = request["seconds"]
    _allow(float(seconds) if isinstance(seconds, int | float) else 0.0)
    send(answers, _answer(str(request["name"]), data, str(request["task"])))
    return True


def _allow(seconds: float) -> None:
    """Let this process use so many more seconds of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(name: str, data: bytes, task: str) -> dict[str, object]:
    try:
        if task == "sheet":
            return {"rows": sheet.read(data)}
        return _told(read_document(name, data, recognise=task == "scan"))
    except Refused as refusal:
        return {"refused": refusal.reason, "values": refusal.values, "recognisable": _recognisable(refusal)}
    except MemoryError:
        pass  # what filled the memory is let go only behind this line
    except Exception as error:  # noqa: BLE001 - whatever a parser trips over is the document's fault
        return {"refused": "damaged", "values": {"why": type(error).__name__}}
    return {"refused": "too_much_memory", "values": {}}


def _told(parsed: Parsed) -> dict[str, object]:
    return {"text": parsed.text, "fields": parsed.fields, "notices": parsed.notices, "format": parsed.format}


def _recognisable(refusal: Refused) -> bool:
    """Whether a second request, with time for it, could recognise the letters of a scan."""
    if refusal.reason != "scanned":
        return False
    from matcher.ingest.readers import ocr

    return ocr.is_available()


if __name__ == "__main__":
    main()
