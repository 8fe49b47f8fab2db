"""A pair of posting and candidate in words: to the graduate, the consultant and the company, from the same facts."""
