"""One module a document format: bytes in, `Parsed` out, in the child process only."""
