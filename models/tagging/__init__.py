"""How the tagger finds forms: words, inflection, compounds, what stands around. Strings only, and no spaCy here."""
