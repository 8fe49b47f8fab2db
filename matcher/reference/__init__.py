"""The reference cohort: documents in both languages against which every similarity is standardised."""
