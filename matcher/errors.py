"""One class per refusal. Each says what was found, wanted and what to do next, in Danish and English.

The words live in `matcher/messages/{da,en}/`; `str(error)` is English, `error.text("da")` Danish.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from matcher.messages import message


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words inside a refusal (a reason, a wish) that have a text of their own in the catalogues."""

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the words in `language`, "da" or "en"."""
        return message(self.key, language, **self.values)


def kind_name(kind: str) -> Phrase:
    """Return the word for a kind of record, in the language of whoever reads the refusal."""
    return Phrase(f"kind.{kind}")


class MatcherError(Exception):
    """Any refusal of the product. Keyword arguments fill the message template of `key`."""

    key: ClassVar[str]

    def __init__(self, **found: object) -> None:
        self.found = found
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Return the refusal in `language`, "da" or "en"."""
        words = {
            name: value.text(language) if isinstance(value, Phrase) else value for name, value in self.found.items()
        }
        return message(self.message_key, language, **words)

    @property
    def message_key(self) -> str:
        """Key in the message catalogues."""
        return self.key


class InvalidRecord(MatcherError):
    """A record lacks a required field or holds a value that is not allowed: `record`, `field`."""

    key = "error.invalid_record"


class UnreadableFile(MatcherError):
    """A file that could not be read; `reason` picks the message `unreadable.<reason>`, other values fill it."""

    key = "unreadable"

    def __init__(self, reason: str, **found: object) -> None:
        self.reason = reason
        super().__init__(**found)

    @property
    def message_key(self) -> str:
        """Key of the reason's own text."""
        return f"{self.key}.{self.reason}"


class InvalidLine(UnreadableFile):
    """One line or row of a file that could not be used; the message is `line.<reason>`."""

    key = "line"


class UnknownId(MatcherError):
    """No such record in the home: `kind`, `id`."""

    key = "error.unknown_id"


class NothingToMatch(MatcherError):
    """The home holds no record of the `kind` that would have to be ranked."""

    key = "error.nothing_to_match"


class HomeNotWritable(MatcherError):
    """The home folder cannot be written: `home`, `why`."""

    key = "error.home_not_writable"


class FileNotWritable(MatcherError):
    """A file that was asked for cannot be written: `file`, `why`."""

    key = "error.file_not_writable"


class NoTemporarySpace(MatcherError):
    """The folder for temporary files cannot be written, and something has to be unpacked there: `why`."""

    key = "error.no_temporary_space"


class HomeTooNew(MatcherError):
    """The database was written by a newer version of the product: `home`, `found`, `known`."""

    key = "error.home_too_new"


class DamagedDatabase(MatcherError):
    """The database file is no database or does not answer: `home`, `why`."""

    key = "error.damaged_database"


class EncoderUnavailable(MatcherError):
    """The encoder's model cannot be had or does not load: `encoder`, `why`."""

    key = "error.encoder_unavailable"


class InvalidSetting(MatcherError):
    """A MATCHER_* setting that cannot be used: `name`, `found`, `wanted`."""

    key = "error.invalid_setting"


class UnknownMeasure(MatcherError):
    """A measure by a name nobody knows: `found`, `known`."""

    key = "eval.unknown_measure"


class InvalidJudgements(UnreadableFile):
    """Judgements that nothing can be evaluated with; the message is `judgements.<reason>`."""

    key = "judgements"


class InvalidPlacements(UnreadableFile):
    """A placement history that nothing can be evaluated with; the message is `placements.<reason>`."""

    key = "placements"


class InvalidTraining(UnreadableFile):
    """Pairs that no ranker can be fitted on; the message is `training.<reason>`."""

    key = "training"


class StaleRanker(MatcherError):
    """The ranker trained in this home does not fit what the product computes now: `folder`, `found`, `wanted`."""

    key = "error.stale_ranker"


class InvalidBenchmark(UnreadableFile):
    """Files of a public set that nothing can be measured with; the message is `benchmark.<reason>`."""

    key = "benchmark"


class InvalidTaxonomy(UnreadableFile):
    """ESCO files that cannot be imported, or what was imported is damaged; the message is `taxonomy.<reason>`."""

    key = "taxonomy"


class InvalidCorrection(MatcherError):
    """A correction of a reading that cannot be made: `found`, `wanted`."""

    key = "error.invalid_correction"


class InvalidRequest(UnreadableFile):
    """Something that cannot be asked like that; the message is `request.refused.<reason>`."""

    key = "request.refused"


class UnknownRequest(MatcherError):
    """No such request, or somebody else's: `id`."""

    key = "request.unknown"


class InvalidMerge(UnreadableFile):
    """Two records that cannot be one person; the message is `merge.<reason>`."""

    key = "merge"


class InvalidRetention(MatcherError):
    """Rules of retention that cannot be kept: `file`, `field`, `found`, `wanted`."""

    key = "error.invalid_retention"


class UnknownMunicipality(MatcherError):
    """A municipality by a name nobody knows: `found`, `near` (the name most like it)."""

    key = "error.unknown_municipality"


class InvalidRules(UnreadableFile):
    """A table of instruments that cannot be used; the message is `rules.<reason>`."""

    key = "rules"


class UnknownRules(MatcherError):
    """No former table of instruments by that name: `name`."""

    key = "error.unknown_rules"


class InvalidVerdict(UnreadableFile):
    """A verdict that cannot be given like that; the message is `verdict.refused.<reason>`."""

    key = "verdict.refused"


class VerdictConflict(MatcherError):
    """Somebody else decided on the pair meanwhile: `posting`, `candidate`, `who`, `at`, `verdict`, `version`."""

    key = "error.verdict_conflict"


class UnknownDecision(MatcherError):
    """The decision log has no such line: `number`, `last`."""

    key = "error.unknown_decision"


class NoListShown(MatcherError):
    """A line of the decision log that holds no list: `number`, `kind`."""

    key = "error.no_list_shown"
