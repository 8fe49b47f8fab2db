"""Texts for people, in Danish and English: `message("error.unknown_id", "da", kind=..., id=...)`."""

from matcher.messages.catalogue import message

__all__ = ["message"]
