"""Personal names: whoever stands beside a phone number, and everywhere a name comes back."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from matcher.privacy.mask import FILLER, Spans
from matcher.privacy.words import given_names, words

_LETTERS = r"[^\W\d_]"
WORD = rf"{_LETTERS}(?:{_LETTERS}|['’.-](?={_LETTERS})){{0,40}}\.?"
"""Pattern of one word of letters, with the marks that stand inside names."""
_RUN = re.compile(rf"{WORD}(?:[ \u00a0]{{1,2}}{WORD})*")
_WRAPPED = re.compile(r"(?m)(?<=^.{60})(.{0,80})\n(?=[^\W\d_])")
SURNAME = re.compile(
    r"(?:sen|gaard|gård|strup|qvist|kvist|bæk|beck|lund|berg|dahl|mann|sson|ski|ska|vić|enko|chuk|ova|opoulos|escu)$"
)
"""How surnames end that are common here: another sign that a run of words is a person."""


def occurrences(text: str, names: Iterable[str], *, parts: bool, header_end: int = 0) -> Spans:
    """Return where `names` stand, whole; with `parts` also their first and other words where capitalised.

    A part that is also an ordinary word counts only beside another part, or up to `header_end`.
    """
    split = [[token for token in re.split(r"[\s,]+", name) if token] for name in names]
    split = [tokens for tokens in split if any(sign.isalpha() for token in tokens for sign in token)]
    if not split:
        return []
    turned = [[tokens[-1] + ",", *tokens[:-1]] for tokens in split if len(tokens) > 1]
    spans = [match.span() for match in _pattern(split + turned).finditer(text)]
    own = dict.fromkeys(token for tokens in split for token in tokens if _is_part(token))
    if not parts:
        return spans
    small = {token for tokens in split for token in tokens if token.lower() in words("particle")}
    return spans + _with_particles(text, _parts(text, list(own), header_end), small)


def names_near(text: str, anchors: Sequence[tuple[int, int]], *, keep: Iterable[str] = (), strict: bool) -> list[str]:
    """Return the people named beside an anchor (a phone number, an e-mail address) or after a word like "kontakt".

    `keep`: names that are no person's, such as the employer's. `strict`: only names with a known given name count.
    """
    text = _WRAPPED.sub(r"\1 ", text)
    kept = {word.lower() for phrase in keep for word in re.findall(WORD, phrase)}
    runs = list(_capitalised_runs(text))
    beside = _beside_anchors(text, runs, anchors)
    cued = [(match.end(), _sentence_end(text, match.end())) for match in _CUE.finditer(text)]
    found: dict[str, None] = {}
    for start, run in runs:
        if start not in beside and not _within(start, cued):
            continue
        for name in _people(run, confident=start in beside and not strict):
            if not {word.lower() for word in name.split()} <= kept:
                found[name] = None
    return list(found)


def people(text: str) -> list[str]:
    """Return every run of capitalised words that opens with a known given name: for short notes about people."""
    return [name for _, run in _capitalised_runs(text) for name in _people(run, confident=False)]


_CUE = re.compile(
    r"(?i)(?<!\w)(?:kontakt(?:e|er|es|person(?:en)?)?|contact(?:ing)?|spørg|spørgsmål|questions?|ring(?:\s+til)?|call|henvendelse|"
    r"reach(?:\s+out)?|skriv\s+til|write\s+to|mail|att\.?|oplysninger|information|enquiries|inquiries|fang|"
    r"vejleder|supervis(?:or|ed by)|referencer?|references?|leder|manager|refer(?:s|ere)?\s+(?:to|til))(?!\w)"
)
_BREAK = re.compile(r"(?<!\b[A-ZÆØÅ])(?<!\bDr)(?<!\bProf)[.!?]\s+(?=[A-ZÆØÅ])|\n\s*\n")
_REACH = 90
Run = tuple[int, list[str]]
"""Where a run of capitalised words starts, and its words."""


def _beside_anchors(text: str, runs: Sequence[Run], anchors: Sequence[tuple[int, int]]) -> set[int]:
    """Starts of the runs that stand last before an anchor, or next after it, in the same sentence."""
    starts = [start for start, _ in runs]
    beside: set[int] = set()
    for start, end in anchors:
        at = bisect_left(starts, start)
        if at and start - starts[at - 1] <= _REACH and not _BREAK.search(text, starts[at - 1], start):
            beside.add(starts[at - 1])
        if at < len(starts) and starts[at] - end <= _REACH // 3 and not _BREAK.search(text, end, starts[at]):
            beside.add(starts[at])
    return beside


def _within(start: int, stretches: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(stretches, (start + 1, 0))
    return any(first <= start < last for first, last in stretches[max(0, at - 3) : at])


def _sentence_end(text: str, at: int) -> int:
    found = _BREAK.search(text, at, at + _REACH)
    return found.start() if found else min(len(text), at + _REACH)


def _capitalised_runs(text: str) -> Iterator[Run]:
    """Runs of capitalised words, particles inside; a town after its postcode is none."""
    for match in _RUN.finditer(text):
        run: list[str] = []
        start = match.start()
        town = bool(re.search(r"\d{4}[ \u00a0]{1,2}$", text[max(0, start - 6) : start]))
        for token in [*re.finditer(r"\S+", match.group()), None]:
            word = token.group() if token else ""
            if word[:1].isupper() or (run and word.lower() in words("particle")):
                start = start if run else match.start() + (token.start() if token else 0)
                run.append(word)
            elif run:
                if not (town and start == match.start()):
                    yield start, run
                run = []


def _people(run: list[str], *, confident: bool) -> Iterator[str]:
    """The names within a run of capitalised words: split at titles and at words that no name holds."""
    segment: list[str] = []
    for token in [*run, ""]:
        word = token.rstrip(".,") if len(token) > 2 else token
        if word and word.lower() not in words("never") | words("title"):
            segment.append(word)
            continue
        if segment and word.lower() not in _COMPANY and (name := _person(segment, confident=confident)):
            yield name
        segment = []


_COMPANY = {
    "a/s",
    "aps",
    "i/s",
    "k/s",
    "group",
    "holding",
    "fonden",
    "gmbh",
    "ltd",
    "universitet",
    "university",
    "kommune",
}


def _person(segment: list[str], *, confident: bool) -> str:
    """The words as one name, or an empty text where they are no person's."""
    while segment and segment[-1].lower() in words("particle"):
        segment = segment[:-1]
    if not segment or len(segment) > 5:
        return ""
    first = segment[0].lower()
    known = first.split("-")[0] in given_names()
    if len(segment) == 1:
        return segment[0] if known and len(first) > 2 and first not in words("ordinary") else ""
    return " ".join(segment) if known or (confident and _plausible(segment)) else ""


def _plausible(segment: list[str]) -> bool:
    shouted = any(token.isupper() and len(token) > 2 for token in segment)
    return bool(SURNAME.search(segment[-1].lower())) or not (shouted or segment[0].lower() in words("ordinary"))


def _pattern(names: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """Any of the names, longest first, with any white space between its words and a genitive s behind."""
    written = sorted({r"[\s\u00a0]{1,3}".join(map(re.escape, tokens)) for tokens in names}, key=lambda p: (-len(p), p))
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(written)})(?:['’]?s)?(?!\w)")


def _is_part(token: str) -> bool:
    return len(token.strip(".")) > 1 and token.lower() not in words("particle")


def _parts(text: str, parts: Sequence[str], header_end: int) -> Spans:
    if not parts:
        return []
    ordinary = {part.lower() for part in parts if _ordinary(part, text)}
    any_part = "|".join(map(re.escape, parts))
    return [
        match.span()
        for match in re.finditer(rf"(?i)(?<![\w@])({any_part})(?:['’]?s)?(?!\w)", text)
        if match.group()[0].isupper()
        and (match.group(1).lower() not in ordinary or match.start() < header_end or _beside(text, match, any_part))
    ]


def _with_particles(text: str, spans: Spans, particles: Iterable[str]) -> Spans:
    """Stretch each part of a name over the small words of the same name beside it ("Van Duc", "el Sayed")."""
    any_particle = "|".join(map(re.escape, sorted(particles)))
    if not any_particle:
        return spans
    before = re.compile(rf"(?i)(?<!\w)(?:(?:{any_particle})[ \u00a0]{{1,2}})+$")
    after = re.compile(rf"(?i)(?:[ \u00a0]{{1,2}}(?:{any_particle})(?!\w))+(?=[ \u00a0]*{FILLER})")
    stretched: Spans = []
    for start, end in spans:
        first = max(0, start - 40)
        leading, trailing = before.search(text[first:start]), after.match(text, end)
        stretched.append((first + leading.start() if leading else start, trailing.end() if trailing else end))
    return stretched


def _ordinary(part: str, text: str) -> bool:
    """Whether a name is a word of its own: listed as one, or written in lower case in the same text."""
    return part.lower() in words("ordinary") or bool(re.search(rf"(?<![\w@.]){re.escape(part.lower())}(?!\.?\w)", text))


def _beside(text: str, match: re.Match[str], any_part: str) -> bool:
    initial = rf"(?:{any_part}|{FILLER}|[A-ZÆØÅ]\.)"
    before = re.search(rf"{initial}[ \u00a0]{{1,2}}$", text[max(0, match.start() - 40) : match.start()])
    return bool(before or re.match(rf"[ \u00a0]{{1,2}}(?:{any_part}|{FILLER})", text[match.end() : match.end() + 40]))
