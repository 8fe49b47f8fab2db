"""What stands around the name of a programme, and whether it lets the name be one."""

import re
from functools import cache, cached_property

from matcher.labour.programmes import read_institutions

_STUDY = re.compile(
    r"\b(?:uddannet|uddannelsen?|nyuddannet|studerende|studerer|studi(?:et?|um)|dimittend|eksamen|"
    r"student(?!\s+(?:assistant|worker|job|helper))|graduated?|degree|education|studied|studying|qualified|"
    r"universit(?:y(?!\s+hospital)|et(?:et)?)|professionshøjskole\w*|university college|erhvervsakademi\w*|"
    r"business (?:academy|school))\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"assistent|assistant|medhjælper|instruktor|underviser|\blektor|\badjunkt|professor|lecturer|teacher|"
    r"koordinator|coordinator|konsulent|consultant|\bpraktik|\bintern(?:ship)?\b|projekt|project|\bkurs(?:us|er)\b|"
    r"\bcourses?\b|tutor|research(?:er)?\b|forsker",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[\n,;|(•·–/:]|\s-|\d|\b(?:uddannet(?:\s+(?:som|i))?|uddannelsen?\s+(?:i|som)|dimittend\s+(?:i|fra)|nyuddannet|"
    r"studerer(?:\s+(?:pt\.?|p\.t\.|nu))?|studerende(?:\s+(?:i|på))?|læser|stud(?:ied|ying)|student\s+of|degree\s+in|"
    r"qualified\s+as(?:\s+an?)?|graduated?\s+(?:in|of|as)))\s*$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\s*(?:$|[\n,;|().•·–/@]|-\s|\d|(?:ved|på|fra|at|from|hos|og|and|i|in)\b|(?-i:[A-Z]{2,5}\b))", re.IGNORECASE
)
"""A name that only a place of study vouches for fills a cell, or a clause with words of study."""
_ABOUT = re.compile(
    r"(?:(?:institut(?:tet)?|cent(?:er|re|ret)|fakultet(?:et)?|afdeling(?:en)?|department|dept\.?|faculty|school)"
    r"\s+(?:for|of)\s[^.;:|\n]{0,60}|"
    r"(?:(?:professor|lektor|adjunkt|lecturer|underviser|teacher|kurs(?:us|er)|courses?|modul(?:er)?|module|valgfag|"
    r"minor|sidefag|tilvalg|speciale|speciali[sz](?:ing|ation|ering)|linje|track|thesis|interesser?(?:t)?|"
    r"interest(?:ed)?|erfaring|experience|viden|knowledge|kendskab)"
    r"(?:\s+(?:for|of|i|in|om|on|med|with|inden for)|:)|\bfag(?:et|ene)?))\s*$",
    re.IGNORECASE,
)
_LESS = re.compile(r"[\s-]*(?:kursus|kurser|courses?|modul|module|fag|projekt|project|thesis)\b", re.IGNORECASE)
"""What makes a part of a study of a name that comes before it."""
_NEAR = 80
"""Characters on either side that can speak about a name."""
_SENTENCE_END = re.compile(r"(?<=[a-zæøå]{4})[.!?]\s+(?=[A-ZÆØÅ])|\n")


class Surroundings:
    """The part of the line or sentence that can speak about `text[start:end]`."""

    def __init__(self, text: str, start: int, end: int) -> None:
        first = max(0, start - _NEAR)
        last = min(len(text), end + _NEAR)
        ends = [found.end() for found in _SENTENCE_END.finditer(text, first, start)]
        following = _SENTENCE_END.search(text, end, last)
        self.first = ends[-1] if ends else first
        self.last = following.start() if following else last
        self.all = text[self.first : self.last]
        self.before = text[self.first : start]
        self.after = text[end : self.last]

    @cached_property
    def institutions(self) -> frozenset[str]:
        """The institutions that are named around the name or in it, by abbreviation."""
        return institutions_in(self.all)

    def by_itself(self) -> bool:
        """Whether the name fills a cell or a clause, or follows a word of study, as no subject in a sentence does."""
        return _OPENS.search(self.before) is not None and _CLOSES.match(self.after) is not None

    def of_study(self) -> bool:
        """Whether the name stands beside a word of study."""
        return _STUDY.search(f"{self.before} {self.after}") is not None

    def of_work(self) -> bool:
        """Whether the name stands beside a job, a course or a project."""
        return _JOB.search(f"{self.before} {self.after}") is not None

    def about_a_subject(self) -> bool:
        """Whether the name is what a department, a post, a course, a thesis or an interest is about."""
        return _ABOUT.search(self.before) is not None

    def part_of_a_study(self) -> bool:
        """Whether the name only says what a course, a module or a thesis belongs to."""
        return _LESS.match(self.after) is not None


def institutions_in(line: str) -> frozenset[str]:
    """The institutions that a line names, by abbreviation or in full."""
    pattern, ids = _institution_names()
    return frozenset(ids[found.group().casefold()] for found in pattern.finditer(line))


@cache
def _institution_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Abbreviations as spelled and names in any case, and whose they are."""
    known = read_institutions()
    ids = {form.casefold(): id for id, names in known.items() for form in (id, *names)}
    names = sorted((name for several in known.values() for name in several), key=len, reverse=True)
    short = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.compile(rf"\b(?:(?i:{'|'.join(map(re.escape, names))})|{short})\b(?!\s+[Hh]ospital)"), ids
