"""How strongly a stretch of a posting asks for what it names: must, nice, or not at all.

Cues reach as far as the words around them do: to the end of the clause ("gerne SQL"), over the whole of it ("SQL is a
plus"), back over the clause before ("..., men det er ikke et krav"), or on over a list ("Nice to have:").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from matcher.competences.cues import cues, speaks

Asked = Literal["must", "nice", "not"]


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch `text[start:end]` within which everything is asked for alike."""

    start: int
    end: int
    asked: Asked


_BORDER = re.compile(
    r"(?<=[;:])\s|\s[–—-]\s|[.!?…]\s"
    r"|,?\s(?=(?:men|but|yet|mens|while|whereas|although|though|selvom|hvorimod)\s)"
    r"|,\s(?=(?:if you|hvis du)\s)"
    r"|,\s(?=(?:gerne|helst|ideally|preferably|ikke|not|nor|dog|omvendt|derimod|ellers|otherwise|especially if)\s)"
    r"|\s(?=(?:og|and)\s(?:gerne|helst|ideally|preferably|maybe|måske)\s)"
    r"|,?\s(?=(?:og|and|samt|så|so)\s(?:du|you|vi|we|det|it|har\sdu|kan\sdu|kendskab|knowledge|erfaring|experience|evt\.?)\s)"
    r"|,\s(?=(?:du|you|vi|we|den|det)\s(?:skal|har|er|kan|får|must|have|are|need|lærer|teach|will|bliver|behøver)\s)",
    re.IGNORECASE,
)
"""Where one clause ends and the next may ask differently."""

_AND_IS = re.compile(
    r",\s(?=(?:og|and)\s[^,;.]{1,60}\s(?:er|is|are|vægtes|tæller|counts?|would be|vil være)\s)", re.IGNORECASE
)
"""The same, where what stands before is a sentence of its own ("You write SQL, and Python is a plus")."""
_SUBJECT = re.compile(r"\b(?:du|you|vi|we)\b", re.IGNORECASE)
_NICE_WHOLE = cues("nice")
_NICE_FORWARD = cues("nice-on")
_NOT_WHOLE = cues("not")
_NOT_FORWARD = cues("not-on")
_MUST_WHOLE = cues("must")
_OTHERS = cues("others")
_YOU = re.compile(r"\b(?:du|you)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\W*(?:(?:og|and|men|but|da|since|as|because|so|så|for|hvor|where|while|mens)\s)?(?:vi|we|vores|our)\b",
    re.IGNORECASE,
)
_THOSE = re.compile(rf"\W*(?:(?:men|but|mens|while|dog|though)\s)?{cues('those').pattern}", re.IGNORECASE)
_SPEAKS = re.compile(r"\b(?:taler|tale|speak|language|sprog\w*|erp|stak|stack)\b", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\([^()\n]*\)")
_IF = re.compile(r"\W*(?:if|hvis|at|that|om|når)\b", re.IGNORECASE)
_IF_YOU = re.compile(
    r"\W*(?:hvis du|if you|should you|(?:har|kan|er|kender|taler|behersker|mestrer|ved) du)\b(?=[^?]+$)", re.IGNORECASE
)
_CALLS = cues("calls")
"""What follows the condition calls for an application: then the condition is the demand itself."""
_WHETHER = re.compile(r"\W*(?:om|whether)\b", re.IGNORECASE)
_FILLING = re.compile(rf"\W+|{cues('filling').pattern}", re.IGNORECASE)


def asked_by_heading(heading: str) -> Asked | None:
    """Return how strongly what stands below a heading or a list's lead-in is asked for; None where it does not say.

    >>> asked_by_heading("Det er en fordel, hvis du"), asked_by_heading("Vi forventer ikke, at du")
    ('nice', 'not')
    """
    if speaks("nice", heading) or speaks("nice-on", heading) or speaks("nice-list", heading):
        return "nice"
    if speaks("not-on", heading) or speaks("not", heading):
        return "not"
    return "must" if speaks("must", heading) else None


def scopes(text: str, start: int, end: int, *, inherited: Asked | None = None) -> list[Scope]:
    """Return stretches that cover the sentence `text[start:end]`, each with how strongly it asks.

    `inherited` is what the heading above or the lead-in of the list says.
    """
    sentence = text[start:end]
    plain = _PARENTHESIS.sub(lambda aside: " " * len(aside.group()), sentence)
    found: list[Scope] = []
    carried: Asked | None = inherited
    for begin, stop in _segments(plain):
        segment = plain[begin:stop]
        goes_on = found and found[-1].asked != "must" and _IF.match(segment)
        own = list(_within(plain, begin, stop, found[-1].asked if goes_on else carried))
        if found and _THOSE.match(segment) and speaks("others", segment):
            found[-1] = Scope(found[-1].start, found[-1].end, "not")
        elif found and own[-1].asked != "must" and _only_cue(segment):
            softened: Asked = "nice" if found[-1].asked == "must" else found[-1].asked
            found[-1] = Scope(found[-1].start, found[-1].end, softened)
            own = [Scope(begin, stop, softened)]
        found += own
        if segment.rstrip().endswith(":") and (listed := asked_by_heading(segment)):
            carried = listed
    return [Scope(scope.start + start, scope.end + start, scope.asked) for scope in [*_asides(sentence), *found]]


def _asides(sentence: str) -> Iterator[Scope]:
    """Parentheses that say themselves how strongly they ask; they come before the clause around them."""
    for aside in _PARENTHESIS.finditer(sentence):
        if asked := asked_by_heading(aside.group()):
            yield Scope(aside.start(), aside.end(), asked)


def asked_at(found: Sequence[Scope], place: int) -> Asked:
    """Return how strongly the word at `place` is asked for."""
    return next((scope.asked for scope in found if scope.start <= place < scope.end), "must")


def cue_places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where words stand that only say how strongly something is asked for ("er en kæmpe fordel")."""
    groups = (_NICE_WHOLE, _NICE_FORWARD, _NOT_WHOLE, _NOT_FORWARD, _MUST_WHOLE)
    return [cue.span() for group in groups for cue in group.finditer(text, start, end)]


def _segments(sentence: str) -> Iterator[tuple[int, int]]:
    cuts = {cut.end() for cut in _BORDER.finditer(sentence)}
    cuts |= {cut.end() for cut in _AND_IS.finditer(sentence) if _SUBJECT.search(sentence, 0, cut.start())}
    cuts -= {0, len(sentence)}
    yield from pairwise([0, *sorted(cuts), len(sentence)])


def _within(sentence: str, begin: int, stop: int, carried: Asked | None) -> Iterator[Scope]:
    """The scopes of one clause: one for all of it, or a change where a cue looks forward."""
    segment = sentence[begin:stop]
    negated = speaks("not", segment)
    if speaks("nice", segment) or (negated and _WHETHER.match(segment)):
        yield Scope(begin, stop, "nice")
    elif negated or _others_act(segment) or (not _YOU.search(segment) and _tells_of_us(segment)):
        yield Scope(begin, stop, "not")
    elif speaks("must", segment):
        yield Scope(begin, stop, "must")
    elif _IF_YOU.match(sentence, begin) and not _CALLS.search(sentence, begin):
        yield Scope(begin, stop, "nice")
    else:
        turns: list[tuple[int, Asked]] = [(cue.start(), "nice") for cue in _NICE_FORWARD.finditer(segment)]
        turns += [(cue.start(), "not") for cue in _NOT_FORWARD.finditer(segment)]
        at, asked = 0, carried or "must"
        for place, turn in sorted(turns):
            if place > at:
                yield Scope(begin + at, begin + place, asked)
            at, asked = place, turn
        yield Scope(begin + at, stop, asked)


def _others_act(segment: str) -> bool:
    """Whether a clause says that somebody else does it, and not of somebody "you" work with or report to."""
    if not speaks("others", segment):
        return False
    cue = _OTHERS.search(segment)
    return cue is None or not _YOU.search(segment, 0, cue.start())


def _tells_of_us(segment: str) -> bool:
    """Whether a clause says what "we" do or have ("we use Jira") and asks for nothing."""
    return bool(_OWN.match(segment)) and not speaks("asks", segment) and not _SPEAKS.search(segment)


def _only_cue(segment: str) -> bool:
    """Whether a clause says nothing of its own ("men det er ikke et krav"): it speaks of the one before."""
    rest = segment
    for group in (_NICE_WHOLE, _NOT_WHOLE, _NOT_FORWARD):
        rest = group.sub(" ", rest)
    return rest != segment and not _FILLING.sub("", rest)
