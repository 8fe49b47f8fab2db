"""Makes any string safe to encode: models and tokenizers have been seen to crash or crawl on some."""

import re
import unicodedata

MOST_CHARACTERS = 20_000
"""Longest text that is looked at. 512 tokens of 16 letters, the longest piece of the vocabulary, are 8,192."""

_FILLER = re.compile("\u2588+")
_UNSAFE = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return `text` in NFKC without NUL and lone surrogates, white space and masks (U+2588) as single spaces, capped.

    The cap holds after NFKC too, which makes 18 letters of some (U+FDFA). A text with nothing to read becomes "".

    >>> clean("Tlf.: \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588  \ufb01nans\n")
    'Tlf.: finans'
    """
    text = _FILLER.sub(" ", _UNSAFE.sub("", text[:MOST_CHARACTERS]))
    text = unicodedata.normalize("NFKC", text)[:MOST_CHARACTERS]
    return " ".join(text.split())
