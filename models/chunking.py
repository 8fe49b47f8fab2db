"""Cuts a text into stretches a model can read whole, at the borders of sentences and list items."""

import re
from collections.abc import Callable, Iterator

from models.sentences import Span, blocks, is_item, sentences, split_block

__all__ = ["Span", "chunk", "sentences"]

MOST_TOKENS = 500
"""What fits into 512 tokens with prefix and special tokens."""
_WORD = re.compile(r"\S+")


def chunk(
    text: str, start: int, end: int, *, count_tokens: Callable[[str], int], max_tokens: int = MOST_TOKENS
) -> list[Span]:
    """Return spans of at most `max_tokens` that cover all of `text[start:end]` but white space, in order.

    Borders lie between sentences. A list item stays whole and so does a sentence, unless it is too long by itself: then
    it is cut at spaces, and a word too long by itself anywhere. Chunks are about equally long, none a mere rest.
    `count_tokens` counts words apart from each other, as sentencepiece does: then the sum is right.
    """
    units = list(_units(text, (start, end), count_tokens, max_tokens))
    total = sum(tokens for _, tokens in units)
    share = total / max(1, -(-total // max_tokens))
    chunks: list[Span] = []
    filled = 0
    for span, tokens in units:
        if chunks and filled < share and filled + tokens <= max_tokens:
            chunks[-1] = (chunks[-1][0], span[1])
            filled += tokens
        else:
            chunks.append(span)
            filled = tokens
    return chunks


def _units(text: str, whole: Span, count_tokens: Callable[[str], int], max_tokens: int) -> Iterator[tuple[Span, int]]:
    """Yield what is kept together, with its tokens."""
    for block in blocks(text, *whole):
        if is_item(text, block) and (tokens := count_tokens(text[slice(*block)])) <= max_tokens:
            yield block, tokens
            continue
        for sentence in split_block(text, block):
            tokens = count_tokens(text[slice(*sentence)])
            if tokens <= max_tokens:
                yield sentence, tokens
            else:
                yield from _pieces(text, sentence, count_tokens, max_tokens)


def _pieces(text: str, span: Span, count_tokens: Callable[[str], int], max_tokens: int) -> Iterator[tuple[Span, int]]:
    """Yield the words of a sentence, halving those that are too long by themselves."""
    waiting = [word.span() for word in _WORD.finditer(text, *span)][::-1]
    while waiting:
        start, end = waiting.pop()
        tokens = count_tokens(text[start:end])
        if tokens <= max_tokens or end - start == 1:
            yield (start, end), tokens
        else:
            middle = (start + end) // 2
            waiting += [(middle, end), (start, middle)]
