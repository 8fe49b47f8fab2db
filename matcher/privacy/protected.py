"""Lines of a CV that tell age, sex, family, origin or looks: masked, because no ranking may see them.

A mother tongue stays: it is a language that somebody speaks.
"""

import re

from matcher.privacy.mask import Spans, trimmed

_MONTH = (
    r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec|januar|februar|marts|april|juni|juli|august|september|oktober|"
    r"november|december|january|february|march|june|july|october)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:\d{{4}}|\d{{2}})|\d{{1,2}}\.?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?"
    r"\s+\d{4}|\d{4}-\d\d-\d\d)"
)
_CUES = (
    r"født(?:\s+(?:den|d\.|i))?|fødselsdato|fødselsdag|fødsels(?:år|sted)|fødested|date of birth|birth ?date|birthday|"
    r"year of birth|birth year|"
    r"d\.?o\.?b\.?|born|place of birth|birth ?place|civilstand|civilstatus|familiestatus|ægteskabelig status|"
    r"marital status|family status|civil status|køn|gender|sex|nationalitet|nationality|statsborgerskab|citizenship|"
    r"etnicitet|ethnicity|religion|pronomen|pronouns"
)
_HEADER_CUES = r"alder|age|børn|children|kids|familie|family|foto|photo|billede|picture"
_NEXT = rf"(?:{_CUES}|{_HEADER_CUES}|tlf|telefon|e-?mail|phone)\.?\s*:"
_VALUE = rf"(?P<value>[^\n|·•]*?)(?=\s*[|·•\n]|\s{{3,}}|[,;.]?\s+{_NEXT}|$)"
_START = r"(?im)(?:^|(?<=[|·•,;.\t\u2588])|(?<=\s\s)(?=\S))[^\w\n]{0,8}"
_LINE = re.compile(rf"{_START}(?:{_CUES})\s*:{_VALUE}")
_HEADER_LINE = re.compile(rf"{_START}(?:{_CUES}|{_HEADER_CUES})(?:\s*:|\s[-–=]\s){_VALUE}")
_BIRTH = re.compile(
    rf"(?i)(?<!\w)(?:født|born|f\.)(?:\s+(?:den|d\.|on|in|i|the))?\s*(?P<value>{_DATE}|(?:19|20)\d\d)"
    r"(?-i:,?[ ](?:i|in)[ ][A-ZÆØÅ][\w-]+(?:[ ][A-ZÆØÅ][\w-]+){0,3})?(?!\w)"
)
_PHRASES = re.compile(
    r"(?i)(?<!\w)(?:(?:she|he|they)/(?:her|him|them)(?:/\w+)?|(?:hun/hende|han/ham|de/dem)(?:/\w+)?|"
    r"(?:jeg er|i am|i['’]m)\s+(?P<age>\d{2}\s+(?:år|years)(?:\s+(?:gammel|ung|old))?)(?!\s+(?:of|med|i|erfaring))|"
    r"\d{2}\s+(?:år gammel|years old)|(?:jeg er|som|i am|i['’]m)\s+(?:en|a)\s+(?P<old>\d{2}[- ](?:årig|year[- ]old))|"
    r"(?:far|mor|father|mother)\s+(?:til|of|to)\s+(?:\d|en|et|to|tre|fire|fem|one|two|three|four|five)"
    r"(?:\s+(?:børn|piger|drenge|children|kids|daughters?|sons?|døtre|sønner))?)(?!\w)"
)
_STATUS = (
    r"gift|ugift|samlevende|samboende|fraskilt|skilt|enlig|single|enke|enkemand|married|unmarried|divorced|widowed|"
    r"cohabiting|in a relationship|i et forhold|kæreste|forlovet"
)
_CHILDREN = r"(?:\d|en|et|to|tre|fire|fem|ingen|one|two|three|four|no)\s?x?\s*(?:børn|barn|children|child|kids?)"
_AGE = r"\d{2}\s*(?:år(?:\s+gammel)?|years(?:\s+old)?|y/?o)"
_ITEM = re.compile(
    rf"(?i)(?:{_STATUS}|{_CHILDREN}|{_AGE}|{_DATE}|mand|kvinde|male|female|"
    rf"(?:{_STATUS})(?:\s*(?:,|og|med|and|with)\s*|\s+){_CHILDREN})"
)
_CITIZEN = re.compile(
    r"(?i)(?<!\w)[^\W\d_]+[ \u00a0]+(?:citizen(?:ship)?|statsborger(?:skab)?|"
    r"national(?=\s*(?:[.,;!)|·•\n]|and\b|with\b|$)))(?![\w:])"
)
_PHOTO = re.compile(r"(?im)^[^\w\n]{0,4}(?:foto|photo|billede|picture|profilfoto|profilbillede)[^\w\n]{0,4}$")
_SPLIT = re.compile(r"[^|·•,;/\t\n()]+")
_LATEST_BIRTH = 2012


def protected_spans(text: str, *, header_end: int) -> Spans:
    """Return where a CV tells protected attributes; loose items ("gift, 2 børn") count only up to `header_end`."""
    spans = [match.span("value") for match in _LINE.finditer(text)]
    spans += [match.span("value") for match in _HEADER_LINE.finditer(text, 0, header_end)]
    spans += [(match.start("value"), match.end()) for match in _BIRTH.finditer(text)]
    spans += [match.span() for match in _PHRASES.finditer(text)]
    spans += [match.span() for pattern in (_CITIZEN, _PHOTO) for match in pattern.finditer(text, 0, header_end)]
    spans += _items(text, header_end)
    return [span for span in (trimmed(text, *span) for span in spans) if span[0] < span[1]]


def _items(text: str, header_end: int) -> Spans:
    found: Spans = []
    for match in _SPLIT.finditer(text, 0, header_end):
        start, end = trimmed(text, *match.span())
        item = text[start:end]
        if _ITEM.fullmatch(item) and not _recent(item):
            found.append((start, end))
    return found


def _recent(item: str) -> bool:
    """Whether the item is a date too late to be anyone's birth: the day the CV was written."""
    years = re.findall(r"(?:19|20)\d\d", item)
    return bool(years) and int(years[0]) > _LATEST_BIRTH
