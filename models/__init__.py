"""Whatever has weights: strings or numbers in, arrays out."""
