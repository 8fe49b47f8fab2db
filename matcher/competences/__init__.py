"""What a person can do and what a posting demands: the bilingual vocabulary."""

from matcher.competences.concepts import Concept, Rule, read_vocabulary

__all__ = ["Concept", "Rule", "read_vocabulary"]
