"""Where a record comes from, and what every field of it must pass."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest.values import Fields
from matcher.privacy.cpr import cpr_spans
from matcher.privacy.mask import FILLER

_ID = 200
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where fields come from, for messages: a file and, of a file with rows, the line."""

    file: Path
    line: int | None = None

    def refusal(self, reason: str, **found: object) -> UnreadableFile:
        """Return the refusal of this row or document: `line.<reason>` or `unreadable.<reason>`."""
        if self.line is None:
            return UnreadableFile(reason, file=self.file, **found)
        return InvalidLine(reason, file=self.file, line=self.line, **found)


def usable(text: str) -> str:
    """Return the text without what no database holds, code point for code point (NUL, lone surrogates, our filler)."""
    text = _UNUSABLE.sub(lambda found: " " if found.group() < " " else "\ufffd", text)
    return text.replace("\r\n", " \n").replace("\r", "\n").replace(FILLER, "\u25a0")


def checked_id(written: str, source: Source) -> str:
    """Return an id in one Unicode form, or refuse one that is missing, far too long or a CPR number."""
    id = unicodedata.normalize("NFC", written.strip())
    if not id:
        raise source.refusal("no_id")
    if len(id) > _ID or not id.isprintable():
        raise source.refusal("bad_id", found=id[:40], limit=_ID)
    if cpr_spans(id):
        raise source.refusal("id_is_cpr")
    return id


def required(fields: Fields, name: str, source: Source) -> str:
    """Return a field as text, or refuse the row where it is missing or empty."""
    value = fields.text(name)
    if not value.strip():
        raise source.refusal("missing_field", field=name)
    return value
