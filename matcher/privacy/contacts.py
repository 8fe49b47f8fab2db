"""Where phone numbers, e-mail addresses and personal pages stand in a text."""

import re
from functools import lru_cache

from matcher.privacy.mask import Spans

_SPACE = r"[ \u00a0\u2009\u202f]"
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[^\W\d_]{2,24}(?![\w@])"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?[(\[](?:at|snabel-?a|@)[)\]]\s?[\w-]{1,63}"
    r"(?:(?:\.|\s?[(\[](?:dot|punktum|\.)[)\]]\s?)[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)
_HOSTS = (
    r"linkedin\.com/(?:in|pub)/|github\.com/|gitlab\.com/|bitbucket\.org/|facebook\.com/|instagram\.com/|twitter\.com/|"
    r"\bx\.com/|orcid\.org/|researchgate\.net/profile/|behance\.net/|dribbble\.com/|medium\.com/@|kaggle\.com/|"
    r"stackoverflow\.com/users/|xing\.com/profile/|youtube\.com/@|scholar\.google\.[a-z.]{2,6}/citations|vimeo\.com/"
)
_LEAD = r"(?:https?://)?(?:[a-z]{2,3}\.|www\.)?"
_PROFILE = re.compile(rf"(?i)(?<![\w.@/]){_LEAD}(?:{_HOSTS})[\w@%?=&./~+-]{{0,200}}[\w/]")
_WORK_PROFILE = re.compile(rf"(?i)(?<![\w.@/]){_LEAD}(?:linkedin\.com/(?:in|pub)/|xing\.com/profile/)[\w%.-]{{1,200}}")
_GITHUB_PAGE = re.compile(
    r"(?i)(?<![\w.@/-])(?:https?://)?[\w-]{1,40}\.(?:github|gitlab)\.io\b(?:/[\w%./~-]{0,200}\w)?"
)
_PAGE = re.compile(r"(?i)(?:https?://)?[\w-]+\.(?:github|gitlab)\.io\b(?:/[\w%./~-]*\w)?")
_PAGE = re.compile(
    r"(?i)(?<![\w@.-])(?:https?://|www\.)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?:/[\w%?=&./~+-]{0,200})?(?<![.,])"
)
_HOMEPAGE = re.compile(
    r"(?i)(?<!\w)(?:website|web|hjemmeside|homepage|portfolio|blog|www|url)\s?:\s{0,3}"
    r"((?:https?://)?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?:/[\w%./~-]{0,200}\w)?)"
)

_GROUPED = (
    rf"\d\d(?P<sep>{_SPACE}|[-./])\d\d(?P=sep)\d\d(?P=sep)\d\d|\d{{4}}{_SPACE}\d{{4}}|"
    rf"\d{{3}}{_SPACE}\d\d{_SPACE}\d{{3}}"
)
_PHONE = re.compile(rf"(?<![\w,./+-])(?<!\d{_SPACE})(?:{_GROUPED}|\d{{8}})(?![\w/]|[-.,]\d|{_SPACE}\d)")
_ABROAD = re.compile(rf"(?<![\w+])(?:\(?\+|00)\d{{1,3}}\)?(?:{_SPACE}?[-./]?{_SPACE}?\(?\d+\)?){{2,8}}(?!\d)")
_LABELLED = re.compile(
    rf"(?i)(?<![^\W_])(?:tlf|telefon(?:nr|nummer)?|tel|mobil(?:nr|nummer)?|mobiltelefon|mob|cell|cellphone|phone|telephone|"
    rf"direkte|direct|fax|sms|whatsapp|ring(?:{_SPACE}til)?|call|[tmp](?=\.?:))"
    rf"(?:{_SPACE}?(?:nr|no|nummer|number))?[.:]{{0,2}}{_SPACE}{{0,4}}"
    rf"(\(?\+?\d[\d)]*(?:{_SPACE}?[-./]?{_SPACE}?\(?\d+\)?){{1,9}})"
)
_NOT_A_PHONE_BEFORE = re.compile(
    r"(?i)(?:cvr|se|ean|p|konto|reg|ordre|order|faktura|invoice|sags?|journal|isbn|issn|doi|vare|item|serie|serial|id|patent|case|"
    rf"postnr|postnummer|bevilling|grant|artikel)[-.]?(?:{_SPACE}?(?:nr|no|nummer|number|id))?[.:]?{_SPACE}{{0,3}}$"
    rf"|(?:kr\.?|dkk|eur|usd|€|\$|£|#){_SPACE}*$"
)
_NOT_A_PHONE_AFTER = re.compile(
    rf"(?i){_SPACE}?(?:kr\b|dkk\b|eur\b|€|\$|£|%|,-|mio|mia|stk|m2\b|m²|m3\b|kwh|mwh|gb\b|tons?\b|rækker|rows|records|poster|linjer|"
    r"datapunkter|observation|users|brugere|kunder|borgere|people)"
)
_YEARS = range(1900, 2101)


def email_spans(text: str) -> Spans:
    """Return where e-mail addresses stand, `name(at)place.dk` included."""
    return [match.span() for match in _EMAIL.finditer(text)]


def link_spans(text: str, *, own: bool, header_end: int = 0) -> Spans:
    """Return where personal pages stand.

    `own`: the text is one person's, so every profile counts, and up to `header_end` every address of a page.
    """
    if not own:
        return [match.span() for match in _WORK_PROFILE.finditer(text)] if "/" in text else []
    spans = [match.span() for pattern in (_PROFILE, _GITHUB_PAGE) for match in pattern.finditer(text)]
    spans += [match.span(1) for match in _HOMEPAGE.finditer(text)]
    return spans + [match.span() for match in _PAGE.finditer(text, 0, header_end)]


def phone_spans(text: str) -> Spans:
    """Return where phone numbers stand: labelled, with a country code, or eight digits grouped as Danes group them."""
    spans = [match.span(1) for match in _LABELLED.finditer(text) if 6 <= _digits(match.group(1)) <= 15]
    spans += [match.span() for match in _ABROAD.finditer(text) if _callable(match.group())]
    spans += [match.span() for match in _PHONE.finditer(text) if _danish(text, match)]
    return sorted(set(spans))


def _digits(written: str) -> int:
    return sum(sign.isdigit() for sign in written)


@lru_cache(maxsize=1024)
def _callable(written: str) -> bool:
    import phonenumbers

    number = "+" + written.lstrip("(")[2:] if written.lstrip("(").startswith("00") else written
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "DK")) and _digits(written) >= 9
    except phonenumbers.NumberParseException:
        return False


def _danish(text: str, match: re.Match[str]) -> bool:
    written = match.group()
    digits = "".join(sign for sign in written if sign.isdigit())
    if digits[0] in "01" or _dated(written, digits):
        return False
    before = text[max(0, match.start() - 40) : match.start()]
    return not (_NOT_A_PHONE_BEFORE.search(before) or _NOT_A_PHONE_AFTER.match(text, match.end()))


def _dated(written: str, digits: str) -> bool:
    """Whether the digits are two years (2019 2023) or a bare date (20260131, 31122026) and not a number to call."""
    first, second = int(digits[:4]), int(digits[4:])
    if len(written) == 9 and first in _YEARS and second in _YEARS:
        return True
    day, month = int(digits[:2]), int(digits[2:4])
    dates = ((first, second // 100, second % 100), (second, month, day))
    return len(written) == 8 and any(y in _YEARS and 1 <= m <= 12 and 1 <= d <= 31 for y, m, d in dates)
