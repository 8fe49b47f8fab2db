"""Finds list items, paragraphs and sentences in Danish and English text, as places in the text itself.

No model and no guess about meaning: line breaks, bullets, full stops and a list of abbreviations.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]
"""`start`, `end` in code points of the whole text."""

BULLETS = "•●◦‣▪▫■□►▶➢➤✓✔\uf0b7\uf0a7"
_MARKER = re.compile(rf"[{BULLETS}·]\s*|[*o–—-]\s+|[–—-](?=[^\W\d_])|\d{{1,2}}[.)]\s+(?=[^\sa-zæøå])|[a-z]\)\s+")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BEFORE_BULLET = re.compile(rf"(?<=\s)(?=[{BULLETS}]\s)")
_FULL_STOP = re.compile(r"(?<![.!?…])([.!?…]++)[\"'»”’)\]]*+(?=\s)|(?<=[a-zæøå]{3})([.!?])(?=[A-ZÆØÅ][a-zæøå])")
"""Before white space; or squeezed between two sentences, as text out of a web page often has it ("opgaver.Du har")."""
_DOTTED_LETTERS = re.compile(r"[^\W\d_](\.[^\W\d_])+")
_DEGREE = re.compile(r"(cand|stud|dipl|civ|exam|mag|lic|adj)\.\w+")

WRAPPED = 40
"""A line this long may go on in the next one; a shorter one that does not ask for more is a line of its own."""
_ASKS_FOR_MORE = re.compile(
    r"(,|\b(og|eller|samt|med|af|for|til|i|på|om|en|et|at|som|and|or|with|of|to|in|on|the|a|an|as|by))$"
)

_GO_ON = """
adr afd alm ang approx b.eng b.sc bl bl.a ca cand dept dr dvs e.g eks ekskl evt excl f f.eks feks fig fr ft gns gr hhv
hr i.e ifm ift iht incl inkl jan jf jr kap kgl kl kr m.eng m.sc maks max mht mill mio mr mrd mrs ms nr obs okt pga ph
ph.d phd pkt pr prof rev sci sek sep sept apr aug dec feb jul jun mar nov oct skt sml spm sr st stk str stud sv tel tidl
tlf univ vedr vh vha vs
"""
_MAY_END = """
a.o a/s aps co d.d e.m etc f.m inc ltd m.a m.fl m.m m.v mfl min mm mv o.l o.lign o.s.v osv p.a u.å
"""
GO_ON = frozenset(_GO_ON.split())
"""Abbreviations after which a sentence goes on."""
MAY_END = frozenset(_MAY_END.split())
"""Abbreviations after which a capital letter begins a new sentence."""
LONGEST_ABBREVIATION = 20
LANGUAGES_OF_ONE_LETTER = frozenset("CR")
"""In these texts names are masked, so "C." and "R." end a sentence on programming more often than they begin a name."""


def blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield list items and paragraphs of `text[start:end]`, marker included, wrapped lines joined, white space off."""
    begun: Span | None = None
    for line in _lines(text, start, end):
        if begun and _goes_on(text, begun, line):
            begun = (begun[0], line[1])
        else:
            if begun:
                yield begun
            begun = line
    if begun:
        yield begun


def sentences(text: str, start: int, end: int) -> list[Span]:
    r"""Return the sentences and list items of `text[start:end]` in order, without bullets and white space around.

    >>> text = "Du har f.eks. arbejdet med R. Du kan:\n- lede møder, og\n- skrive klart."
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['Du har f.eks. arbejdet med R.', 'Du kan:', 'lede møder, og', 'skrive klart.']
    """
    return [
        sentence
        for block in blocks(text, start, end)
        for sentence in split_block(text, (after_marker(text, block), block[1]))
        if sentence[0] < sentence[1]
    ]


def split_block(text: str, block: Span) -> Iterator[Span]:
    """Yield the sentences of one block, covering all of it but white space."""
    begin = block[0]
    for stop in _FULL_STOP.finditer(text, *block):
        if _ends_sentence(text, begin, stop, block[1]):
            yield begin, stop.end()
            begin = _skip_space(text, stop.end(), block[1])
    if begin < block[1]:
        yield begin, block[1]


def after_marker(text: str, block: Span) -> int:
    """Return where a block begins once its bullet or number is taken off; its end if there is nothing else."""
    marker = _MARKER.match(text, *block)
    return _skip_space(text, marker.end(), block[1]) if marker else block[0]


def is_item(text: str, block: Span) -> bool:
    """Whether a block begins with a bullet or number."""
    return _MARKER.match(text, *block) is not None


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield lines without white space around, split once more before each bullet inside a line."""
    for line in _LINE.finditer(text, start, end):
        cuts = [cut.start() for cut in _BEFORE_BULLET.finditer(text, *line.span())]
        edges = [line.start(), *cuts, line.end()]
        for begin, stop in pairwise(edges):
            first = _skip_space(text, begin, stop)
            if first < stop:
                yield first, first + len(text[first:stop].rstrip())


def _goes_on(text: str, before: Span, line: Span) -> bool:
    """Whether a line continues the block before it: a wrapped sentence, or the words of a bullet on its own line."""
    gap = text[before[1] : line[0]].rstrip(" \t")
    if len(gap.splitlines()) != 1 or is_item(text, line):  # a blank line, or no line break at all
        return False
    if after_marker(text, (before[0], before[1] + 1)) >= before[1]:
        return True
    last = text[max(before[0], text.rfind("\n", *before) + 1) : before[1]]
    if last[-1] in ".!?:;" and not _is_abbreviation(last.split()[-1].rstrip(".")):
        return False
    asks = len(last) >= WRAPPED or _ASKS_FOR_MORE.search(last) is not None
    return asks and text[line[0]].islower()


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = _skip_space(text, stop.end(), end)
    if following >= end or text[following].islower():
        return False
    if (stop.group(1) or stop.group(2)) != ".":
        return True
    words = text[max(begin, stop.start() - LONGEST_ABBREVIATION) : stop.start()].split()
    return not words or not _is_abbreviation(words[-1].lstrip("(\"'»“[/"))


def _is_abbreviation(word: str) -> bool:
    """Whether a full stop after `word` belongs to it and a sentence goes on."""
    lower = word.lower()
    if lower in MAY_END or word in LANGUAGES_OF_ONE_LETTER:
        return False
    initial = len(word) == 1 and word.isupper()
    return initial or lower in GO_ON or bool(_DOTTED_LETTERS.fullmatch(lower)) or bool(_DEGREE.fullmatch(lower))


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
