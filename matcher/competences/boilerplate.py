"""What a sentence of a posting is for: asking, telling the work, or only the company, its offer, how to apply.

Headings help where there are any; the words of the sentence decide where they are clear, so that a posting in running
text is read too.
"""

import re
from typing import Literal

from matcher.competences.cues import cues, speaks
from matcher.records import SectionKind

Purpose = Literal["asks", "does", "company", "offer", "application", "unclear"]

ASKING: frozenset[Purpose] = frozenset({"asks", "does"})
"""Purposes of a sentence that may hold demands."""

BOILERPLATE: frozenset[SectionKind] = frozenset({"about", "offer", "application"})
"""Sections whose sentences demand something only where they say so."""

_YOU = re.compile(r"\b(?:du|dig|din|dit|dine|you|your|you['’]\w+)\b", re.IGNORECASE)
_YOU_ACT = re.compile(
    r"\bdu\b|\bdig,? (?:der|som)\b|\byou['’](?:ll|re|ve|d)\b"
    r"|\byou (?!(?:to|with|for|in|at|and|from|an?|the|on|as|about|or)\b)\w",
    re.IGNORECASE,
)
"""The applicant as the one who does something."""
_WE_ACT = re.compile(r"^\W*(?:vi|we|vores|our|we['’]\w+|hos os|with us)\b", re.IGNORECASE)
_CERTIFICATE = re.compile(r"straffeattest|børneattest|criminal record|police certificate|vaccin", re.IGNORECASE)
_SECTION_PURPOSE: dict[SectionKind, Purpose] = {
    "requirements": "asks",
    "tasks": "does",
    "about": "company",
    "offer": "offer",
    "application": "application",
}


def purpose_of(sentence: str, section: SectionKind, *, lead: str = "", bullet: bool = False) -> Purpose:
    """Return what a sentence is for. `section` is where it stands, `lead` the lead-in of its list.

    >>> purpose_of("Vi er 140 medarbejdere i Frederikshavn.", "tasks")
    'company'
    >>> purpose_of("Du har kørekort.", "offer")
    'asks'
    """
    if speaks("application", sentence):
        return "asks" if speaks("plainly", sentence) and section in ("requirements", "tasks") else "application"
    here = _of_section(section, lead)
    if bullet and here in ("asks", "does"):
        return here
    if bullet and here in ("company", "offer", "application"):
        return "asks" if speaks("plainly", sentence) else here
    return _of_sentence(sentence, here)


def _of_section(section: SectionKind, lead: str) -> Purpose:
    """What the heading, or the lead-in of the list, announces."""
    if lead and not lead.isupper():
        if speaks("does", lead):
            return "does"
        if speaks("asks", lead):
            return "asks"
        if speaks("offer", lead):
            return "offer"
    return _SECTION_PURPOSE.get(section, "unclear")


def _of_sentence(sentence: str, here: Purpose) -> Purpose:
    plainly = speaks("plainly", sentence) or speaks("must", sentence)
    demands = plainly or speaks("demands", sentence)
    you = _YOU_ACT.search(sentence) is not None
    headed = here in ("asks", "does")
    if speaks("spoken", sentence) or _CERTIFICATE.search(sentence):
        return "asks"
    if speaks("offer", sentence) and not plainly and not (headed and you and demands):
        return "offer"
    if speaks("company", sentence) and not you and not plainly:
        return "company"
    if (here == "offer" and not demands) or (here == "application" and not plainly):
        return here
    if sentence.endswith("?") and not headed:
        return "unclear"
    does = speaks("does", sentence)
    if you or plainly or does or cues("asks").match(sentence):
        return "does" if does and not plainly else "asks"
    return here if (headed and not _WE_ACT.search(sentence)) or here == "company" else "unclear"
