"""`python -m eval.bench` (or `make bench`): what this product measures about itself, written to docs/results.md."""
