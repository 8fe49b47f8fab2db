"""What a reader hands on: the text of one document and the fields that its format names, or the rows of a sheet."""

from dataclasses import dataclass, field

Notice = tuple[str, dict[str, object]]
"""A message key and the values that fill it, e.g. `("notice.wrong_extension", {"found": "DOCX", ...})`."""

Cell = str | float | bool | None
"""A cell of a sheet: text, number (whole ones are `int`), yes or no, or empty; dates are ISO text."""
NumberedRow = tuple[int, list[Cell]]
"""Number of a row as the spreadsheet program shows it, and its cells up to the last filled one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a reader got out of one document: its text, and the fields the format itself names."""

    text: str
    """Real newlines; a heading stands on its own line. Code points are kept, so that offsets into it hold."""
    fields: dict[str, object] = field(default_factory=dict)
    """Values that a structured format names, as str or list[str]; dates as ISO 8601, cut where the source is (2024-06).

    Candidates: name, emails, phones, addresses (lists), programme, institution, finished, municipality, postcode.
    Postings: title, employer, municipality, postcode, employment_type, published, deadline, sector. Both: language.
    """
    notices: tuple[Notice, ...] = ()
    format: str
    """pdf, docx, odt, rtf, txt, html, europass, json-resume or job-posting."""


class Refused(Exception):
    """A document that cannot be read; `reason` picks `unreadable.<reason>`, `values` fill it together with `file`.

    Readers raise it in the child process; the sandbox turns it into `matcher.errors.UnreadableFile` in the parent.
    """

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason
        self.values = values
        super().__init__(reason)
