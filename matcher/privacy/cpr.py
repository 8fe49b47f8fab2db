"""Danish personal identification numbers (CPR). They never reach disk, an index or a screen.

The date decides: the check digit was given up in 2007, so every date-valid DDMMYY-SSSS counts (STACK.md). Days 61-91
belong to substitute numbers that hospitals and authorities give to people without one.
"""

import re
from datetime import date

from matcher.privacy.mask import Spans, mask

_DASH = r"[-\u00ad\u2010-\u2015\u2212]"
_GAP = r"[ \u00a0\u2009\u200b\u202f]"
_BEFORE = r"(?<!\d)(?<!\d[-.])"
_AFTER = r"(?!\d|[-.]\d)"
_DELIMITED = re.compile(
    rf"{_BEFORE}(?:(\d{{6}})(?:\s{{0,2}}{_DASH}\s{{0,2}}|{_GAP}{{1,2}})|(\d\d[ .]\d\d[ .]\d\d){_DASH})"
    rf"(?:\d{{4}}|[xX*]{{4}}){_AFTER}"
)
_PLAIN = re.compile(r"(?<!\d)(?<!\d[-.,])\d{10}(?!\d|[-.,]\d)")
_LABELLED = re.compile(
    rf"(?i)\bcpr[-. ]?(?:nr|nummer|no|number)?\.?{_GAP}*:?{_GAP}*(\d{{6}}{_GAP}?{_DASH}?{_GAP}?[\dx*]{{4}}){_AFTER}"
)
_CUE = re.compile(r"(?i)cpr|person(?:lige )?(?:nummer|nr|ident)|p-?nummer|født|fødsels|date of birth|personal id")
_OTHER_NUMBER = re.compile(
    r"(?i)(?:ordre?|order|faktura|invoice|isbn|ean|konto|account|iban|sags?|case|journal|vare|item|serie|serial|ref|"
    r"tlf|tel|telefon|phone|mobil|fax|doi|nr|no|id|grant|bevilling)[\w.:#-]{0,12}[\s:#.]*$|[+#/=&_-]$|\b00$"
)
_NEARBY = 40


def cpr_spans(text: str) -> Spans:
    """Return where CPR numbers stand: delimited ones by their date, ten bare digits unless they are another number."""
    spans = [match.span() for match in _DELIMITED.finditer(text) if _date_valid(match.group(1) or match.group(2))]
    spans += [match.span(1) for match in _LABELLED.finditer(text)]
    for match in _PLAIN.finditer(text):
        before = text[max(0, match.start() - _NEARBY) : match.start()]
        if _date_valid(match.group()) and (_CUE.search(before) or not _OTHER_NUMBER.search(before)):
            spans.append(match.span())
    return sorted(set(spans))


def mask_cpr(text: str) -> str:
    """Return `text` with CPR numbers covered; what messages and file names go through."""
    return mask(text, cpr_spans(text))


def _date_valid(written: str) -> bool:
    digits = [int(sign) for sign in written if sign.isdigit()]
    day, month, year = (10 * digits[at] + digits[at + 1] for at in (0, 2, 4))
    try:
        date(2000 + year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True
