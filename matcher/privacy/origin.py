"""Sentences of a CV that tell origin, age, sex or family: of those no more is masked than tells it.

Where somebody studied or worked abroad is experience and stays; so does every language that somebody speaks.
"""

import re
from functools import cache
from importlib.resources import files

from matcher.privacy.mask import FILLER, HUSH, Spans

_WHO = rf"(?:jeg|hun|han|i|she|he|we|{FILLER}+|{HUSH}+)"
_IS = rf"{_WHO}(?:\s+(?:er|var|am|is|was)|['’][ms])(?:\s+(?:selv|også|also|myself))?"
_NAME = r"(?-i:[A-ZÆØÅÉÖÜ][\w'’]*(?:-\w+)*)"
_PLACE = rf"(?-i:(?:the|The|Den|det)\s)?{_NAME}(?:[ -]{_NAME}){{0,3}}(?:,\s{_NAME}(?:\s{_NAME})?)?"
_YEAR = r"(?:\s+(?:i|in|siden|since)\s+(?:19|20)\d\d)?"
_SEX = r"(?:mand|kvinde|pige|fyr|man|woman|guy|girl|lady|gentleman|male|female)"
_MATE = r"(?:mand|kone|hustru|ægtefælle|kæreste|samlever|husband|wife|spouse|girlfriend|boyfriend|fianc[ée]e?)"
_STATUS = (
    r"(?:lykkeligt\s+|happily\s+)?(?:gift|ugift|samlevende|samboende|fraskilt|enlig(?:\s+(?:mor|far))?|single|"
    r"forlovet|married|unmarried|divorced|widowed|engaged|cohabiting|in\s+a\s+relationship|i\s+et\s+forhold|a\s+single\s+(?:mother|father)|enke(?:mand)?)"
)
_NUMBER = r"(?:\d{1,2}|en|et|to|tre|fire|fem|seks|ingen|a|one|two|three|four|five|six|no)"
_CHILD = (
    r"(?:børn|barn|piger|pige|drenge|dreng|døtre|datter|sønner|søn|children|child|kids?|daughters?|sons?|boys?|girls?)"
)
_CHILDREN = rf"{_NUMBER}\s+(?:(?:små|voksne|mindre|dejlige|skønne|small|young|little|grown-up|lovely)\s+)?{_CHILD}"
_PARENT = r"(?:(?:enlig|single|stolt|proud|glad|happy)\s+)?(?:far|mor|father|mother|mum|mom|dad)"
_OF_CHILDREN = rf"{_PARENT}\s+(?:til|of|to)\s+(?:{_CHILDREN}|{_NUMBER})"
_ORIGIN = (
    r"(?:baggrund|herkomst|afstamning|oprindelse|rødder|ophav|statsborger(?:skab)?|pas|nationalitet|"
    r"background|origins?|descent|heritage|roots|citizen(?:ship)?|nationality|passport|parents|"
    r"national(?=\s*(?:[.,;!)]|and|with|who|living|based|$)))"
)
_ANY_WORDS = r"[^\W\d_]+(?:[- ][^\W\d_]+){0,3}?"
"""A cheap look ahead, before the long list of nationalities is tried."""
_RAISED = r"(?:opvokset|vokset\s+op|voksede\s+op|raised|grew\s+up|bred)"
_BORN = rf"(?:født(?:\s+og\s+opvokset)?|born(?:\s+and\s+raised)?|{_RAISED})"
_FROM = r"(?:oprindeligt?\s+|originally\s+)?(?:fra|from)"
_MOVED = r"(?:kom|flyttede|rejste|came|moved|immigrated|emigrated)\s+(?:til|to)\s+(?:Danmark|Denmark)"
_REFUGEE = r"(?:an?\s+)?(?:flygtning|indvandrer|refugee|immigrant)"
_AGE = r"\d{2}(?:[- ](?:årig|years?[- ]old)|\s+(?:år|years)(?:\s+(?:gammel|ung|old|of\s+age))?)"


def _self_told(adjective: str) -> tuple[str, ...]:
    """Patterns of what somebody says of himself; the group `told` is masked."""
    return (*_of_person(adjective), *_of_origin(adjective), *_of_family())


def _of_person(adjective: str) -> tuple[str, ...]:
    who = rf"(?:(?:en|et|an?)\s+)?(?:{_AGE}\s+)?(?:{adjective}\s+)?{_SEX}"
    aged = rf"(?:(?:en|et|an?)\s+)?{_AGE}(?:\s+{adjective})?"
    return (
        rf"{_IS}\s+(?P<told>{who}(?:\s+{_FROM}\s+{_PLACE})?)",
        rf"{_IS}\s+(?P<told>{aged}(?:\s+{_FROM}\s+{_PLACE})?)(?!\s+(?:of|med|i|erfaring|inden))",
        rf"{_IS}\s+(?P<told>\d{{2}})(?=\s*(?:[.,;]|og\s|and\s))(?![.,]\d)",
        rf"(?:og|and)\s+(?:er|am|is)\s+(?P<told>{aged})(?!\s+(?:of|med|i|erfaring|inden))",
        rf"(?:som|as)\s+(?P<told>{who})",
        r"(?:i\s+en\s+alder\s+af|at\s+the\s+age\s+of)\s+(?P<told>\d{2}(?:\s+år)?)(?![\d-])",
    )


def _of_origin(adjective: str) -> tuple[str, ...]:
    return (
        rf"(?:{_IS}|kommer|stammer|comes?|hails?|forældre\s+er|parents\s+are)\s+{_FROM}\s+(?P<told>{_PLACE})",
        rf"(?:oprindeligt?|originally)\s+(?:fra|from)\s+(?P<told>{_PLACE})",
        rf"{_BORN}\s+(?:i|in|på)\s+(?P<told>{_PLACE}(?:\s+(?:og|and)\s+{_RAISED}\s+(?:i|in)\s+{_PLACE})?)",
        rf"(?:flygtede|flygtet|fled)\s+(?:fra\s+|from\s+)?(?P<told>{_PLACE}{_YEAR})",
        rf"(?P<told>{_MOVED}(?:\s+(?:fra|from)\s+{_PLACE})?{_YEAR}(?:\s+(?:som|as)\s+{_REFUGEE})?)",
        rf"(?:som|as)\s+(?P<told>{_REFUGEE})(?!\s+(?:coordinator|case|koord))",
        rf"(?={_ANY_WORDS}(?:[- ]født|-born))(?P<told>{adjective})(?:[- ]født|-born)",
        rf"(?:født|born)\s+(?P<told>{adjective})",
        rf"{_IS}\s+(?P<told>{adjective})(?=\s*(?:[.,;!]|$))",
        rf"(?={_ANY_WORDS}\s+{_ORIGIN})(?P<told>{adjective}(?:(?:-|\s+(?:(?:og|and)\s+)?){adjective})?)\s+{_ORIGIN}",
    )


def _of_family() -> tuple[str, ...]:
    joined = r"(?:,|og|med|and|with)\s+(?:(?:vi\s+|we\s+)?(?:har|have)\s+)?"
    return (
        rf"(?P<told>{_STATUS}(?:\s*{joined}(?:{_CHILDREN}|{_OF_CHILDREN}))+)",
        rf"{_IS}\s+(?P<told>{_STATUS})(?!\s+(?:page|sign|point|cell|source))",
        rf"{_WHO}\s+(?:har|have|has)\s+(?P<told>{_CHILDREN})(?!\s+(?:med|with|i|in)\s+(?:diagnos|pleje|care))",
        rf"(?P<told>{_OF_CHILDREN})",
        rf"(?:min|hans|hendes|sin|my|his|her)\s+(?P<told>{_MATE})",
        r"(?:på|on)\s+(?P<told>barsel(?:sorlov)?|maternity\s+leave|paternity\s+leave|fædreorlov)",
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    rows = files("matcher.privacy").joinpath("origins.tsv").read_text(encoding="utf-8").splitlines()
    names = {name for row in rows if row and not row.startswith("#") for name in row.split("\t")}
    longest_first = sorted((name.replace(" ", r"\s") for name in names), key=lambda name: (-len(name), name))
    adjective = f"(?:{'|'.join(longest_first)})"
    return tuple(re.compile(rf"(?i)(?<![\w-]){pattern}(?![\w])") for pattern in _self_told(adjective))


def told_spans(text: str) -> Spans:
    """Return where a CV tells in a sentence where its owner comes from, how old he or she is, and the family."""
    return [match.span("told") for pattern in _patterns() for match in pattern.finditer(text)]
