"""Words and phrases by which Danish and English postings and CVs show what a stretch of them means; see `cues.tsv`.

How strongly something is asked for: `nice`, `not`, `must` and `others` (somebody else does it) speak of the whole
clause, `nice-on` and `not-on` of what follows, `nice-list` of a list below, `same` repeats the sentence before;
`those`, `calls`, `filling` help to tell how far they reach. What a sentence is for: `asks`, `plainly`, `demands`,
`does`, `spoken`, `opens`, `company`, `offer`, `application`. Clauses: `subordinate`, `subordinate-after`, `own-start`,
`lead-in`, `trailer`, `empty` words, and `of-others`, `states`, `ability`, `people`, `place`, `vague-start` (when or
where), `institution` (schools and firms) for what is nobody's competence. Facts: `level-...`, `degree-...`,
`experience`, `before-language`, `after-language`. CVs: `internship`, `thesis`, `student_job`, `volunteering`, `hobby`,
`job`, `present`, `entry`, `noise`, `wish`.
"""

import re
from functools import cache
from importlib.resources import files

_CAPITALS = "(?-i:"
_ESCAPE_OR_CAPITAL = re.compile(r"\\.|[A-ZÆØÅ]")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    text = files("matcher.competences").joinpath("cues.tsv").read_text(encoding="utf-8")
    cells = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((group, pattern) for group, pattern in cells)


@cache
def cues(group: str) -> re.Pattern[str]:
    """Return a pattern that finds any cue of `group` as whole words, longest first where several begin alike."""
    patterns = sorted((pattern for of, pattern in _rows() if of == group), key=lambda pattern: (-len(pattern), pattern))
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


@cache
def words(group: str) -> frozenset[str]:
    """Return the cues of a group of plain words."""
    return frozenset(pattern for of, pattern in _rows() if of == group)


def speaks(group: str, text: str) -> bool:
    """Tell whether any cue of `group` stands in `text`; several times faster than searching `cues(group)`."""
    small, proper = _small(group)
    return small.search(text.lower()) is not None or (proper is not None and proper.search(text) is not None)


@cache
def _small(group: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """A pattern for text in small letters, and one for the cues that look at capitals."""
    patterns = [pattern for of, pattern in _rows() if of == group]
    proper = [pattern for pattern in patterns if _CAPITALS in pattern]
    small = [
        _ESCAPE_OR_CAPITAL.sub(lambda found: _lower(found.group()), each) for each in patterns if each not in proper
    ]
    return (
        re.compile(rf"(?<!\w)(?:{'|'.join(small) or '(?!)'})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{'|'.join(proper)})(?!\w)", re.IGNORECASE) if proper else None,
    )


def _lower(found: str) -> str:
    return found if found.startswith("\\") else found.lower()
