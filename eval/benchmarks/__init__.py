"""Public benchmarks, read from their own files and run on the product's own code."""
