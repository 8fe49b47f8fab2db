"""ESCO, imported from its official files and kept beside our own vocabulary."""

from matcher.taxonomy.concepts import EscoConcept, Taxonomy
from matcher.taxonomy.store import read_taxonomy

__all__ = ["EscoConcept", "Taxonomy", "read_taxonomy"]
