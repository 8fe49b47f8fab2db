"""Where street addresses stand. Postcode and town stay readable: geography needs them, and they name nobody."""

import re
from dataclasses import dataclass

_GAP = r"[ \u00a0]"
_WORD = r"[A-ZÆØÅÄÖÜÉ][\w.'’-]{0,30}"
_PLACE = r"[A-ZÆØÅÄÖÜÉ][\w'’-]{1,30}"
_LEAD = rf"(?:{_WORD}{_GAP}|(?:den|det|de|af|på|ved){_GAP}){{0,3}}"
_ENDINGS = (
    "vej|vejen|gade|gaden|alle|allé|alléen|vænge|vænget|vænger|stræde|strædet|plads|pladsen|torv|torvet|toft|toften|park|parken|"
    "bakke|bakken|bakker|have|haven|kær|kæret|krog|krogen|holm|holmen|høj|højen|gård|gården|gårdsvej|brygge|bryggen|kaj|kajen|"
    "havn|havnen|mark|marken|eng|engen|lund|lunden|skrænt|skrænten|sti|stien|gyde|gyden|boulevard|boulevarden|bro|broen|vang|"
    "vangen|stien|led|leddet|ager|agre|ageren|banke|banken|bjerg|bjerget|dal|dalen|kilde|kilden|hegn|hegnet|port|porten|"
    "passage|passagen|slip|slippen|esplanade|esplanaden|vold|volden|gærdet|mosen|søen|å|åen|strandvej"
)
_STREETS = r"street|road|avenue|lane|drive|square|terrace|straße|strasse|str\.|weg|platz|gatan|vägen|gata|veien|gate"
_NUMBER = rf"\d{{1,3}}(?:[A-Za-z](?![\w'])|{_GAP}[A-Z](?![\w']))?(?:-\d{{1,3}}[A-Z]?)?"
_DOOR = (
    rf"(?:,?{_GAP}?(?:\d{{1,2}}\.?{_GAP}?(?:sal|floor|th|tv|mf)\b\.?|st\.?(?=[,\s.]|$)|kld?\.|stuen)"
    rf"(?:,?{_GAP}?(?:th|tv|mf|til højre|til venstre|dør{_GAP}?\d+|lejl\.?{_GAP}?\d+|\d{{1,3}})\b\.?)?"
    rf"|,{_GAP}?\d{{1,2}}\.?(?={_GAP}?[,\n|·•/—–(])|,{_GAP}?\d{{1,2}}\.{_GAP}?\d{{1,3}}\b"
    rf"|,?{_GAP}?(?:lejl|dør|vær|apt|room|app)\.?{_GAP}?\d+)?"
)
_TOWN = rf"(?:,?\s{{0,3}}(?:(?:DK|D|S|N)-?{_GAP}?)?\d{{4,5}}{_GAP}+{_PLACE}(?:{_GAP}(?:{_PLACE}|[NSØVCKMJ]\b)){{0,2}})"
_NOT_AFTER = rf"(?!\d|[.,]\d|:\d|{_GAP}?(?:%|km|m2|m²|år|timer|kr|stk|personer|ansatte|ECTS|kWh|medarbejdere)(?!\w))"
_NAMED = re.compile(
    rf"(?<![\w.])(?P<street>{_LEAD}(?:[A-ZÆØÅ][\w'’-]{{1,30}}(?:{_ENDINGS})|{_WORD}{_GAP}(?:{_ENDINGS}|{_ENDINGS.title()}))"
    rf"{_GAP}{{1,2}}{_NUMBER}{_NOT_AFTER}{_DOOR}){_TOWN}?"
)
_FOREIGN = re.compile(
    rf"(?<![\w.])(?P<street>{_NUMBER}{_GAP}(?:{_WORD}{_GAP}){{1,3}}(?i:{_STREETS})\b|(?:{_WORD}{_GAP}){{0,2}}"
    rf"(?:[A-ZÆØÅÄÖÜ][\w'’-]{{1,30}}|{_WORD}{_GAP})(?i:{_STREETS}){_GAP}{_NUMBER}{_NOT_AFTER}{_DOOR}){_TOWN}?"
)
_BEFORE_TOWN = re.compile(rf"(?<![\w.])(?P<street>(?:{_WORD}{_GAP}){{1,4}}{_NUMBER}{_DOOR}){_TOWN}")
_LABELLED = re.compile(
    rf"(?im)(?:adresse|address|bopæl|home address|postadresse|bor){_GAP}?:{_GAP}*"
    rf"(?P<street>[^\n|·•\u2588\d]{{0,60}}\d[^\n|·•\u2588]{{0,60}}?)"
    rf"(?=,?{_GAP}+(?:DK-?)?\d{{4}}{_GAP}|{_GAP}*[|·•]|{_GAP}{{3}}|\n|$)"
)
_CARE_OF = re.compile(rf"(?<!\w)(?P<street>[cC]/[oO]{_GAP}{{1,2}}{_WORD}(?:{_GAP}{_WORD}){{0,3}})")
_NO_STREET = re.compile(
    r"(?i)(?:arbejds|praktik|lære|elev|studie|bygge|første|anden|tredje|uddannelses|karriere|motor|hoved|lager|børne|ungdoms|"
    r"forside|sprog|data|vidensk)(?:plads|pladsen|vej|vejen|have|haven|park|led|leddet|bro|banken|banke|mark)\b"
    r"|\b(?:version|module|modul|niveau|level|side|page|kapitel|chapter|table|tabel|figur|figure|sektion|projekt|project|"
    r"danmark|denmark|uge|week|grade|karakter|eurocode|part|del|phase|fase|nr|no)\b"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an address stands: `street` is masked, `text` is the whole with postcode and town."""

    street: tuple[int, int]
    text: str


def addresses(text: str) -> list[Address]:
    """Return the street addresses of a text in reading order; overlapping finds once."""
    found: list[Address] = []
    for pattern in (_NAMED, _FOREIGN, _BEFORE_TOWN, _LABELLED, _CARE_OF):
        matches = (match for match in pattern.finditer(text) if not _NO_STREET.search(match.group("street")))
        found += [Address(match.span("street"), " ".join(match.group().split()).strip(" ,")) for match in matches]
    found.sort(key=lambda address: (address.street[0], -address.street[1]))
    kept: list[Address] = []
    for address in found:
        if not kept or address.street[0] >= kept[-1].street[1]:
            kept.append(address)
    return kept
