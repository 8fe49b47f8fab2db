"""Plain text in whatever encoding Danish and English documents come in."""

import codecs
import re

from matcher.ingest.parsed import Parsed

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXPECTED = frozenset("æøåÆØÅäöüÄÖÜéèêáíóúçñÉÀàß–—’‘“”„•…«»´§°½·©®€£\xa0\xad")
_EIGHT_BIT = ("cp1252", "mac_roman", "cp865", "cp850")
_SURE = 0.7
"""Share of letters beyond ASCII that have to be ones found in Danish or English text."""
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes) -> Parsed:
    """Read a text file."""
    return Parsed(text=decode(data), format="txt")


def decode(data: bytes, *, whole: bool = True) -> str:
    """Decode by byte order mark, as UTF-8, as UTF-16 without a mark, or in the likeliest 8-bit encoding.

    Where `data` is not the whole file, the last character may be cut.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")("surrogatepass").decode(data, final=whole)
    except UnicodeDecodeError:
        return data.decode(_eight_bit(data[:_SAMPLE]), "replace")


def is_text(data: bytes) -> bool:
    """Whether the bytes can be text at all: few control characters among the first of them."""
    sample = decode(data[:_SAMPLE], whole=len(data) <= _SAMPLE)
    return len(_CONTROL.findall(sample)) + sample.count("\ufffd") <= len(sample) / 50


def _wide(data: bytes) -> str:
    """Return the UTF-16 that has a NUL in every other byte of Western text, or an empty string."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.4 and even < odd / 20:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.4 and odd < even / 20 else ""


def _eight_bit(sample: bytes) -> str:
    """Return the encoding that gives the most Danish letters; ask charset-normalizer where none gives many."""
    shares = {encoding: _share_expected(sample, encoding) for encoding in _EIGHT_BIT}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] >= _SURE:
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None else "cp1252"


def _share_expected(sample: bytes, encoding: str) -> float:
    letters = [letter for letter in sample.decode(encoding, "replace") if letter > "\x7f"]
    return sum(letter in _EXPECTED for letter in letters) / len(letters) if letters else 0.0
